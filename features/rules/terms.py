"""The parts of an expression that has been checked: each has a kind, and a value for every row of a snapshot.

Values are Arrow arrays or scalars, and null is not known: what rests on it is not known either, unless the other side of an
`and` or `or` settles it (Kleene's three values).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.rules.kinds import Kind

Values = Any  # pa.ChunkedArray, pa.Array or pa.Scalar: Arrow's functions take each


@dataclass(frozen=True)
class Term:
    """A part of an expression. `values` gives its values over the rows of a table."""

    kind: Kind
    values: Callable[[pa.Table], Values]


UNREAD = Term(Kind("number"), lambda _: None)  # stands where a fault was found
COMPARISONS: dict[str, Callable[[Values, Values], Values]] = {
    "==": pc.equal, "!=": pc.not_equal, "<": pc.less, "<=": pc.less_equal, ">": pc.greater, ">=": pc.greater_equal,
}  # fmt: skip


def constant(value: float | str | dt.date, kind: Kind) -> Term:
    """A value that is written in the expression."""
    types = {"number": pa.float64(), "date": pa.date32(), "calendar": pa.int64()}
    scalar = pa.scalar(value, types.get(kind.what, pa.string()))
    return Term(kind, lambda _: scalar)


def named(name: str, kind: Kind) -> Term:
    """A column of the table."""
    return Term(kind, lambda table: _column(table, name, kind))


def _column(table: pa.Table, name: str, kind: Kind) -> Values:
    column = table[name]
    if kind.what == "date":
        return column.cast(pa.date32())
    if kind.what != "number":
        return column.cast(pa.string())
    column = column.cast(pa.float64())
    return pc.if_else(pc.is_finite(column), column, pa.scalar(None, pa.float64()))


def holding(term: Term) -> Callable[[pa.Table], Values]:
    """Whether a condition or a flag holds, row by row."""
    if term.kind.what == "truth":
        return term.values
    return lambda table: pc.not_equal(term.values(table), 0.0)


def is_in(term: Term, members: Sequence[Term]) -> Callable[[pa.Table], Values]:
    """Whether the value is one of `members`; not known where the value is not."""

    def values(table: pa.Table) -> Values:
        value = term.values(table)
        among = pa.array([member.values(table).as_py() for member in members], value.type)
        return pc.if_else(pc.is_valid(value), pc.is_in(value, value_set=among), pa.scalar(None, pa.bool_()))

    return values


def quotient(one: Values, other: Values) -> Values:
    """One over the other; not known where the other is 0."""
    return pc.divide(one, pc.if_else(pc.equal(other, 0.0), pa.scalar(None, pa.float64()), other))


def day_shifted(day: Values, days: Values, sign: int) -> Values:
    """The day that many whole days later (`sign` 1) or earlier (-1)."""
    whole = pc.floor(days).cast(pa.int32())
    number = day.cast(pa.int32())
    return (pc.add if sign > 0 else pc.subtract)(number, whole).cast(pa.date32())


def days_between(later: Values, earlier: Values) -> Values:
    """Days from the one to the other, as a number."""
    return pc.subtract(later.cast(pa.int32()), earlier.cast(pa.int32())).cast(pa.float64())


def month_shifted(day: Values, months: Values, sign: int) -> Values:
    """The same day so many months later or earlier; the last of the month where it has no such day."""
    given = day if isinstance(day, pa.Scalar) else pa.chunked_array([day]).combine_chunks()
    known = np.asarray([given.as_py()] if isinstance(day, pa.Scalar) else given.to_numpy(zero_copy_only=False))
    days = known.astype("datetime64[D]")
    first = days.astype("datetime64[M]")
    then = first + sign * months.as_py()
    last = (then + 1).astype("datetime64[D]") - 1
    moved = np.minimum(then.astype("datetime64[D]") + (days - first.astype("datetime64[D]")), last)
    array = pa.array(moved, pa.date32())
    return array[0] if isinstance(day, pa.Scalar) else array
