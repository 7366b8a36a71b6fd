"""What somebody sees of many regions; what they do not see is as if it were not there."""

import pytest
from sqlalchemy import Column, Text, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Session

from features.errors import NotFound
from serving.jurisdiction import EVERYWHERE, NOWHERE, Scope, not_there

NORTH = Scope.of(["north"])


class Base(DeclarativeBase):
    pass


class Thing(Base):
    __tablename__ = "things"
    name = Column(Text, primary_key=True)
    region = Column(Text)


@pytest.fixture(scope="module")
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Thing(name="a", region="north"), Thing(name="b", region="south"), Thing(name="c")])
        yield session
    engine.dispose()


@pytest.mark.parametrize(
    ("scope", "seen"),
    [(EVERYWHERE, ["a", "b", "c"]), (NORTH, ["a"]), (Scope.of(["north", "south"]), ["a", "b"]), (NOWHERE, [])],
)
def test_a_query_a_count_and_a_row_agree(session, scope, seen):
    assert sorted(session.scalars(select(Thing.name).where(scope.where(Thing.region)))) == seen
    assert session.scalar(select(func.count()).select_from(Thing).where(scope.where(Thing.region))) == len(seen)
    things = session.scalars(select(Thing)).all()
    assert sorted(one.name for one in scope.kept(things, lambda one: one.region)) == seen


def test_what_is_outside_is_told_as_what_is_not_there():
    with pytest.raises(NotFound) as outside:
        NORTH.must_hold("south", "no such employer", "E7")
    assert str(outside.value) == str(not_there("no such employer", "E7"))
    NORTH.must_hold("north", "no such employer", "E7")


def test_a_filter_never_widens():
    assert NORTH.within(Scope.of(["north", "south"])) == NORTH
    assert NORTH.within(Scope.of(["south"])) == NOWHERE
    assert EVERYWHERE.within(NORTH) == NORTH.within(EVERYWHERE) == NORTH
