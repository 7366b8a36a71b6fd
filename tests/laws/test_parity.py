"""One definition, two engines, the same numbers."""

from collections.abc import Iterator

import pytest

from features.engine import Spark
from tests.conftest import TINY
from tests.features.claims.worlds import random_claims
from tests.features.worlds import differences, random_world
from tests.laws.of_claims import CLAIMS
from tests.laws.of_employers import EMPLOYERS
from tests.laws.subjects import Subject

DAYS = ["2022-12-31", "2024-02-29", "2024-09-15"]
WORLDS = [
    (EMPLOYERS, lambda: random_world(seed=20241124, employers=40)),
    (CLAIMS, lambda: random_claims(2, 200)),
]


@pytest.fixture
def spark_as_deployed(spark: Spark) -> Iterator[Spark]:
    """Spark as offices run it: it compiles code, changes its plans as it goes, and works in several parts."""
    settings = spark.session.conf
    mine = {name: value for name, value in TINY.items() if settings.isModifiable(name)}
    for name in mine:
        settings.unset(name)
    settings.set("spark.sql.shuffle.partitions", "4")
    yield spark
    for name, value in mine.items():
        settings.set(name, value)


@pytest.mark.parametrize(("subject", "draw"), WORLDS, ids=["employers", "claims"])
def test_spark_and_duckdb_agree_on_every_feature_of_everybody(
    duckdb, spark_as_deployed, record_property, subject: Subject, draw
):
    world = draw()
    one, other = subject.features_of(duckdb, DAYS, world), subject.features_of(spark_as_deployed, DAYS, world)
    values = [value for day in DAYS for known in one[day].values() for value in known.values()]
    record_property("cells compared", len(values))
    print(f"{len(values)} cells (feature × subject × day), {sum(value is None for value in values)} of them null")
    assert [f.name for f in subject.catalogue if all(v is None for v in one[DAYS[2]][f.name].values())] == []
    assert {day: differences(one[day], other[day]) for day in DAYS} == {day: [] for day in DAYS}
