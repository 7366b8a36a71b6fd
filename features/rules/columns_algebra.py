"""The operations of rules on the columns of a snapshot: Arrow's, null where it is not known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.rules.kinds import Kind

Values = Any  # pa.ChunkedArray, pa.Array or pa.Scalar: Arrow's functions take each
equal, not_equal, less, less_equal = pc.equal, pc.not_equal, pc.less, pc.less_equal
greater, greater_equal = pc.greater, pc.greater_equal
add, subtract, multiply, negate, absolute = pc.add, pc.subtract, pc.multiply, pc.negate, pc.abs
both, either, opposite, known, unknown = pc.and_kleene, pc.or_kleene, pc.invert, pc.is_valid, pc.is_null


def column(table: pa.Table, name: str, kind: Kind) -> Values:
    """A column as values of its kind."""
    column = table[name]
    if kind.what == "date":
        return column.cast(pa.date32())
    if kind.what != "number":
        return column.cast(pa.string())
    column = column.cast(pa.float64())
    return pc.if_else(pc.is_finite(column), column, pa.scalar(None, pa.float64()))


def among(value: Values, members: list[Any]) -> Values:
    """Whether the value is one of `members`; not known where the value is not."""
    return pc.if_else(
        pc.is_valid(value), pc.is_in(value, value_set=pa.array(members, value.type)), pa.scalar(None, pa.bool_())
    )


def least(*values: Values) -> Values:
    """The least; not known where one is not."""
    return pc.min_element_wise(*values, skip_nulls=False)


def greatest(*values: Values) -> Values:
    """The greatest; not known where one is not."""
    return pc.max_element_wise(*values, skip_nulls=False)


def quotient(one: Values, other: Values) -> Values:
    """One over the other; not known where the other is 0."""
    return pc.divide(one, pc.if_else(pc.equal(other, 0.0), pa.scalar(None, pa.float64()), other))


def days_later(day: Values, days: Values) -> Values:
    """The day that many whole days later."""
    return pc.add(day.cast(pa.int32()), pc.floor(days).cast(pa.int32())).cast(pa.date32())


def days_earlier(day: Values, days: Values) -> Values:
    """The day that many whole days earlier."""
    return pc.subtract(day.cast(pa.int32()), pc.floor(days).cast(pa.int32())).cast(pa.date32())


def days_between(later: Values, earlier: Values) -> Values:
    """Days from the one to the other, as a number."""
    return pc.subtract(later.cast(pa.int32()), earlier.cast(pa.int32())).cast(pa.float64())


def months_later(day: Values, months: Values) -> Values:
    """The same day so many months later; the last of the month where it has no such day."""
    return _month_shifted(day, months.as_py())


def months_earlier(day: Values, months: Values) -> Values:
    """The same day so many months earlier; the last of the month where it has no such day."""
    return _month_shifted(day, -months.as_py())


def _month_shifted(day: Values, months: int) -> Values:
    given = day if isinstance(day, pa.Scalar) else pa.chunked_array([day]).combine_chunks()
    known = np.asarray([given.as_py()] if isinstance(day, pa.Scalar) else given.to_numpy(zero_copy_only=False))
    days = known.astype("datetime64[D]")
    first = days.astype("datetime64[M]")
    then = first + months
    last = (then + 1).astype("datetime64[D]") - 1
    moved = np.minimum(then.astype("datetime64[D]") + (days - first.astype("datetime64[D]")), last)
    array = pa.array(moved, pa.date32())
    return array[0] if isinstance(day, pa.Scalar) else array
