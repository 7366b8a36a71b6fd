"""Which other claims are likely the same person's, from the file of pairs, as known on the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from serving.alerts.gather import likely_same

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
