"""Many days, or claims as of days, in portions that fit the memory: a query of fewer where one of more does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import ibis.expr.types as ir
import pyarrow as pa

from features.engine import Engine
from features.errors import TooLittleMemory

DAYS_A_QUERY = 4  # more at once take memory out of proportion (see the measurements in the design)


Asked = TypeVar("Asked", bound=Sequence[Any])


def fetched(
    engine: Engine, asked: Asked, query: Callable[[Asked], ir.Table], a_query: int = DAYS_A_QUERY
) -> Iterator[tuple[pa.Table, int]]:
    """The rows of `query` for all days (or rows) `asked`, `a_query` at a time, and how many of them are done.

    Half as many at a time from where memory does not suffice; TooLittleMemory where it does not suffice for one.
    """
    start = 0
    while start < len(asked):
        try:
            part = engine.fetch(query(asked[start : start + a_query]))  # type: ignore[arg-type]
        except TooLittleMemory:
            if a_query == 1:
                raise
            a_query //= 2
        else:
            start = min(start + a_query, len(asked))
            yield part, start
