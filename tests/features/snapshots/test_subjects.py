"""Whom a snapshot speaks of, as their register stood on the day."""

import datetime as dt

import pyarrow.parquet as pq

from features.snapshots.days import days_table
from features.snapshots.subjects import employers_known_by
from tests.features.worlds import rows


def known_by(engine, tmp_path, day, text):
    table = rows("employers", text)
    pq.write_table(table, tmp_path / "employers.parquet")
    stored = engine.read([tmp_path / "employers.parquet"], table.schema)
    taken = engine.fetch(employers_known_by(stored, days_table([dt.date.fromisoformat(day)]))).to_pylist()
    return {row["employer_id"]: row for row in taken}


def test_an_employer_is_open_until_the_day_it_closed(duckdb, tmp_path):
    text = """
        employer_id | name | known_on   | closed_on
        today       | A    | 2020-01-01 | 2024-06-30
        tomorrow    | B    | 2020-01-01 | 2024-07-01
        open        | C    | 2020-01-01 |
        """
    known = known_by(duckdb, tmp_path, "2024-06-30", text)
    closed = {employer: row["employer.closed_on"] for employer, row in known.items()}
    assert closed == {"today": dt.date(2024, 6, 30), "tomorrow": None, "open": None}


def test_an_employer_is_spoken_of_from_the_day_it_is_known_and_once(duckdb, tmp_path):
    text = """
        employer_id | name    | known_on
        renamed     | Old     | 2020-01-01
        renamed     | New     | 2024-06-30
        renamed     | Newest  | 2024-07-01
        today       | Today   | 2024-06-30
        tomorrow    | Not yet | 2024-07-01
        """
    known = known_by(duckdb, tmp_path, "2024-06-30", text)
    assert {employer: row["employer.name"] for employer, row in known.items()} == {"renamed": "New", "today": "Today"}
