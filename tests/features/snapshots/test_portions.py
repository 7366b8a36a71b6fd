"""Days are asked in portions that fit the memory."""

from __future__ import annotations

import datetime as dt

import ibis
import pyarrow as pa
import pytest

from features.engine import DuckDB
from features.errors import TooLittleMemory
from features.snapshots.portions import fetched

DAYS = [dt.date(2024, 1, day) for day in range(1, 10)]


class Small:
    """An engine that holds the rows of `most` days."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.asked: list[int] = []

    def fetch(self, days: int) -> pa.Table:
        self.asked.append(days)
        if days > self.most:
            raise TooLittleMemory("too many days")
        return pa.table({"days": [days]})


@pytest.mark.parametrize(
    ("most", "asked", "done"),
    [(4, [4, 4, 1], [4, 8, 9]), (2, [4, 2, 2, 2, 2, 1], [2, 4, 6, 8, 9]), (1, [4, 2, *[1] * 9], list(range(1, 10)))],
)
def test_fewer_days_a_query_where_more_do_not_fit(most, asked, done):
    engine = Small(most)
    assert [told for _, told in fetched(engine, DAYS, len, 4)] == done
    assert engine.asked == asked


def test_one_day_that_does_not_fit_is_an_error():
    with pytest.raises(TooLittleMemory):
        list(fetched(Small(0), DAYS, len, 4))


def test_duckdb_says_that_memory_is_short_and_goes_on():
    engine = DuckDB(memory_limit="20MB", threads=1)
    numbers = ibis.range(2_000_000).unnest().name("n").as_table()
    with pytest.raises(TooLittleMemory, match="PLUMBLINE_MEMORY_LIMIT"):
        engine.fetch(numbers.agg(all=numbers.n.cast("string").collect()))
    assert engine.fetch(numbers.count().name("rows").as_table())["rows"].to_pylist() == [2_000_000]
