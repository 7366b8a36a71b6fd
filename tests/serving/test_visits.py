"""Watchlists in the store, the visits made from them, and what they found."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pyarrow as pa
import pytest
from sqlalchemy import select

from features.errors import BadInput, Conflict, NotFound
from serving.export import to_record
from serving.jurisdiction import EVERYWHERE, Scope
from serving.kept_watchlists import keep_watchlist, watchlist_id
from serving.store.opened import Store
from serving.store.watchlists import Visit, VisitEntry, Watchlist, WatchlistItem
from serving.visits import Outcome, enter_outcome, open_listed_visit, open_visit, visit_of
from serving.watchlist import Watchlist as Drawn
from tests.serving.conftest import draw
from training.artefact import RiskModel

MONDAY, FRIDAY = dt.date(2024, 7, 1), dt.date(2024, 7, 5)
OWES = Outcome(FRIDAY, "arrears", 12, 123_456, 0)


@pytest.fixture(scope="module")
def drawn(model: RiskModel, snapshot: pa.Table) -> Drawn:
    return draw(model, snapshot)


@pytest.fixture
def listed(store: Store, drawn: Drawn) -> Store:
    with store.session() as session:
        assert keep_watchlist(session, drawn, "tests")
    return store


def visit(store: Store, drawn: Drawn, place: int = 0, scope: Scope = EVERYWHERE) -> Visit:
    with store.session() as session:
        employer = drawn.items[place].employer_id
        return open_listed_visit(session, scope, watchlist_id(drawn), employer, MONDAY, "inspector", MONDAY)


def enter(store: Store, opened: Visit, outcome: Outcome, today: dt.date = FRIDAY, version: int | None = None) -> Visit:
    seen = version or opened.version
    with store.session() as session:
        return enter_outcome(session, EVERYWHERE, opened.visit_id, seen, outcome, "inspector", today=today)


def test_what_is_kept_is_what_was_drawn(listed: Store, drawn: Drawn) -> None:
    with listed.session() as session:
        assert not keep_watchlist(session, drawn, "tests")
    with listed.reading() as session:
        kept = session.scalars(select(Watchlist)).one()
        items = session.scalars(select(WatchlistItem).order_by(WatchlistItem.rank)).all()
    assert {**kept.record, "items": [item.record for item in items]} == to_record(drawn)
    assert [(i.employer_id, i.arm, i.drawing_probability) for i in items] == [
        (i.employer_id, i.arm, i.drawing_probability) for i in drawn.items
    ]


def test_every_entry_of_a_visit_is_kept_with_its_day(listed: Store, drawn: Drawn) -> None:
    opened = visit(listed, drawn)
    closed = enter(listed, opened, OWES)
    enter(listed, closed, Outcome(FRIDAY, "arrears", 12, 123_456, 50_000), dt.date(2024, 8, 1))
    with listed.reading() as session:
        stands = visit_of(session, EVERYWHERE, opened.visit_id)
        entries = session.scalars(select(VisitEntry).order_by(VisitEntry.version)).all()
    assert (stands.version, stands.finding, stands.amount_recovered) == (3, "arrears", 50_000)
    assert [(e.version, e.known_on, e.finding, e.amount_owed, e.amount_recovered) for e in entries] == [
        (1, MONDAY, None, None, None),
        (2, FRIDAY, "arrears", 123_456, 0),
        (3, dt.date(2024, 8, 1), "arrears", 123_456, 50_000),
    ]


def test_a_visit_counts_as_drawn_by_lot_where_its_item_was(listed: Store, drawn: Drawn) -> None:
    triggers = {item.arm: visit(listed, drawn, place).trigger for place, item in enumerate(drawn.items)}
    assert triggers == {"risk": "watchlist", "random": "random"}


def test_an_item_is_visited_once(listed: Store, drawn: Drawn) -> None:
    opened = visit(listed, drawn)
    with pytest.raises(Conflict, match="opened already") as second:
        visit(listed, drawn)
    assert second.value.present["visit_id"] == opened.visit_id


def test_what_lies_elsewhere_does_not_exist(listed: Store, drawn: Drawn) -> None:
    elsewhere = Scope.of({"North", "South"} - {drawn.items[0].region})
    with pytest.raises(NotFound, match="no such employer on this list"):
        visit(listed, drawn, scope=elsewhere)
    opened = visit(listed, drawn)
    with pytest.raises(NotFound, match="no such visit"), listed.reading() as session:
        visit_of(session, elsewhere, opened.visit_id)
    with pytest.raises(NotFound, match="no such employer"), listed.session() as session:
        open_visit(session, Scope.of(["North"]), "x", "South", "routine", MONDAY, "inspector", MONDAY)


def test_a_visit_that_no_list_asked_for_says_why_it_was_made(store: Store) -> None:
    with store.session() as session:
        opened = open_visit(session, EVERYWHERE, "x", "South", "complaint", MONDAY, "inspector", MONDAY)
    assert (opened.trigger, opened.watchlist_id) == ("complaint", None)
    for trigger in ("random", "watchlist", "curiosity"):  # a lot that nobody drew would spoil every estimate
        with pytest.raises(BadInput, match="complaint, campaign, routine"), store.session() as session:
            open_visit(session, EVERYWHERE, "y", "South", trigger, MONDAY, "inspector", MONDAY)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(FRIDAY, "guilty"), "none of arrears"),
        (Outcome(FRIDAY), "come together"),
        (Outcome(None, "clean"), "come together"),
        (Outcome(dt.date(2024, 6, 30), "clean"), "not from 2024-07-01 to 2024-07-05"),
        (Outcome(dt.date(2024, 7, 6), "clean"), "not from 2024-07-01 to 2024-07-05"),
        (Outcome(FRIDAY, "arrears", -1), "workers_owed is below 0"),
        (Outcome(amount_owed=5), "amount_owed without a finding"),
    ],
)
def test_what_cannot_be_is_refused(listed: Store, drawn: Drawn, outcome: Outcome, said: str) -> None:
    opened = visit(listed, drawn)
    with pytest.raises(BadInput, match=said):
        enter(listed, opened, outcome)


def test_a_day_to_come_opens_no_visit(store: Store) -> None:
    with pytest.raises(BadInput, match="has not come yet"), store.session() as session:
        open_visit(session, EVERYWHERE, "x", "South", "routine", FRIDAY, "inspector", MONDAY)


def test_of_two_who_enter_at_once_one_wins(listed: Store, drawn: Drawn) -> None:
    opened, start = visit(listed, drawn), Barrier(2)

    def write(finding: str) -> str | dict[str, object]:
        start.wait()
        try:
            return str(enter(listed, opened, Outcome(FRIDAY, finding)).finding)
        except Conflict as late:
            return late.present

    with ThreadPoolExecutor(2) as two:
        told = list(two.map(write, ("clean", "arrears")))
    won = next(one for one in told if isinstance(one, str))
    lost = next(one for one in told if isinstance(one, dict))
    assert (lost["version"], lost["finding"], lost["closed_on"]) == (2, won, "2024-07-05")
