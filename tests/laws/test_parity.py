"""One definition, two engines, the same numbers."""

from features.employers import EMPLOYER_FEATURES
from tests.features.worlds import differences, features_of, random_world

DAYS = ["2022-12-31", "2024-02-29", "2024-09-15"]


def test_spark_and_duckdb_agree_on_every_feature_of_every_employer(duckdb, spark, record_property):
    world = random_world(seed=20241124, employers=40)
    one, other = features_of(duckdb, DAYS, world), features_of(spark, DAYS, world)
    values = [value for day in DAYS for known in one[day].values() for value in known.values()]
    record_property("cells compared", len(values))
    print(f"{len(values)} cells (feature × employer × day), {sum(value is None for value in values)} of them null")
    assert all(any(value is not None for value in one[DAYS[2]][f.name].values()) for f in EMPLOYER_FEATURES)
    assert {day: differences(one[day], other[day]) for day in DAYS} == {day: [] for day in DAYS}
