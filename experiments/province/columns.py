"""From numpy to the columns that registers have: exact amounts, dates, identifiers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Array, Days, Ints

MONEY = pa.decimal128(18, 2)


def money(cents: Ints) -> pa.Array:
    """Amounts of cents (0 or more) as decimals with two places."""
    halves = np.zeros((len(cents), 2), dtype=np.int64)  # low and high half of 128 bits
    halves[:, 0] = cents
    return pa.Array.from_buffers(MONEY, len(cents), [None, pa.py_buffer(halves)])


def dates(days: Days) -> pa.Array:
    """Dates; NaT is empty."""
    return pa.array(days.astype("datetime64[D]"), pa.date32())


def texts(values: Array, rows: Ints | pa.Array | None = None) -> pa.Array:
    """Texts, or those of `values` at `rows`; empty where the text or the row is."""
    column = pa.array(list(values), pa.string())
    return column if rows is None else column.take(rows if isinstance(rows, pa.Array) else pa.array(rows))
