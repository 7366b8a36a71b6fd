"""Many days in portions that fit the memory: a query of fewer days where one of more does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

import ibis.expr.types as ir
import pyarrow as pa

from features.engine import Engine
from features.errors import TooLittleMemory

DAYS_A_QUERY = 4  # more at once take memory out of proportion (see the measurements in the design)


def fetched(
    engine: Engine, days: Sequence[dt.date], query: Callable[[Sequence[dt.date]], ir.Table], a_query: int = DAYS_A_QUERY
) -> Iterator[tuple[pa.Table, int]]:
    """The rows of `query` for all `days`, `a_query` days at a time, and how many days are done.

    Half as many days at a time from where memory does not suffice; TooLittleMemory where it does not suffice for one day.
    """
    start = 0
    while start < len(days):
        try:
            part = engine.fetch(query(days[start : start + a_query]))
        except TooLittleMemory:
            if a_query == 1:
                raise
            a_query //= 2
        else:
            start = min(start + a_query, len(days))
            yield part, start
