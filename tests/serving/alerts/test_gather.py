"""Which other claims are likely the same person's, from the file of pairs, as known on the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from features.engine import Engine
from serving.alerts.gather import likely_same, regions_of_employers
from tests.serving.api.office import lake

PAIRS = [
    ("a", "b", 0.9, "2024-05-01"),
    ("a", "c", 0.95, "2024-07-01"),
    ("b", "d", 0.2, "2024-01-01"),
    ("a", "d", 0.97, "2024-06-30"),
]


def test_pairs_are_read_both_ways_likeliest_first_as_known_on_the_day(tmp_path: Path) -> None:
    names = ("claim_id", "other_claim_id", "probability", "known_on")
    table = pa.table({name: [row[place] for row in PAIRS] for place, name in enumerate(names)})
    pq.write_table(table.set_column(3, "known_on", table["known_on"].cast(pa.date32())), tmp_path / "pairs.parquet")
    found = likely_same(tmp_path / "pairs.parquet", dt.date(2024, 6, 30), ["a", "b"])
    assert {claim: [(one.claim_id, one.probability) for one in own] for claim, own in found.items()} == {
        "a": [("d", 0.97), ("b", 0.9)], "b": [("a", 0.9), ("d", 0.2)],
    }  # fmt: skip
    assert likely_same(None, dt.date(2024, 6, 30), ["a"]) == {}


def test_an_employers_region_is_that_of_the_register_as_known_on_the_day(tmp_path: Path, duckdb: Engine) -> None:
    employers = """
        employer_id,name,region,registered_on,known_on
        e1,Works,north,2020-01-01,2020-01-01
        e1,Works,south,2020-01-01,2024-07-01
        e2,Yard,,2020-01-01,2020-01-01
        """
    made = lake(tmp_path, {"employers": employers})
    for day, region in ((dt.date(2024, 6, 30), "north"), (dt.date(2024, 7, 1), "south")):
        found = regions_of_employers(made, duckdb, made.version(), day, {"e1", "e2", "e9"})
        assert found == {"e1": region, "e2": None}
    assert regions_of_employers(made, duckdb, made.version(), day, set()) == {}
