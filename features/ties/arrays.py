"""Columns of tables as arrays: identifiers as places in their order, dates as days, what is old weighing less."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def fade(days: NDArray[np.float64], half_life: int) -> Floats:
    """Weight of what is so many days old: 1 today, half as much for every half-life."""
    return np.exp2(-days / half_life)


def in_order(*columns: pa.ChunkedArray) -> pa.Array:
    """All identifiers of the columns, each once, sorted: so that no order of rows changes a sum."""
    unique = pc.unique(pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string()))
    return unique.take(pc.sort_indices(unique))


def numbers(column: pa.ChunkedArray, ids: pa.Array) -> Ints:
    """Place of each identifier in `ids`; -1 where it is not there."""
    return np.asarray(pc.index_in(column, value_set=ids).fill_null(-1)).astype(np.int64)


def days_old(column: pa.ChunkedArray, today: np.datetime64) -> Floats:
    """Days from each date to `today`; NaN where there is none."""
    age = today - np.asarray(column.cast(pa.date32())).astype("datetime64[D]")
    return np.where(np.isnat(age), np.nan, age.astype(np.float64))
