"""Who is in a claim's ring and by what."""

import datetime as dt

import ibis

from features.rings.members import ring_members
from features.rings.table import gather
from tests.features.worlds import rows

CLAIMS = rows(
    "claims",
    """
    claim_id | scheme  | filed_at            | person_id | account | phone
    a        | medical | 2024-06-01T09:00:00 | A         | 1       |
    b        | medical | 2024-06-02T09:00:00 | B         | 1       | 7
    b2       | medical | 2024-06-03T09:00:00 | B         |         |
    c        | medical | 2024-06-04T09:00:00 | C         |         | 7
    alone    | medical | 2024-06-04T09:00:00 | D         | 2       |
    """,
)


def told(duckdb, day, *claims):
    found = gather(duckdb, ibis.memtable(CLAIMS), None, None)
    rows = ring_members(found, dt.date.fromisoformat(day), claims).to_pylist()
    return [tuple(row.values()) for row in rows]


def test_each_member_with_what_ties_it(duckdb):
    of_c = [
        ("a", "A", "account", "1"),
        ("b", "B", "account", "1"),
        ("b", "B", "phone", "7"),
        ("b2", "B", "account", "1"),
        ("b2", "B", "phone", "7"),
        ("c", "C", "phone", "7"),
    ]
    assert told(duckdb, "2024-06-30", "c", "alone") == [("c", *row) for row in of_c]


def test_a_ring_is_as_it_was_known_on_the_day(duckdb):
    assert told(duckdb, "2024-06-02", "a") == [("a", "a", "A", "account", "1"), ("a", "b", "B", "account", "1")]
    assert told(duckdb, "2024-06-01", "a") == []
