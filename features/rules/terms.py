"""The parts of an expression that has been checked: each has a kind, and a value for every row of a snapshot, or for one.

Values of a snapshot are Arrow arrays or scalars (columns_algebra.py), of one row Python's own (row_algebra.py); null and None
are not known: what rests on them is not known either, unless the other side of an `and` or `or` settles it (Kleene's three values).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import pyarrow as pa

from features.rules import columns_algebra, row_algebra
from features.rules.kinds import Kind

Values = Any  # pa.ChunkedArray, pa.Array or pa.Scalar; of one row float, str, bool, date or None
Facts: TypeAlias = "pa.Table | Mapping[str, Any]"  # a snapshot, or one row of it
COMPARISONS = {"==": "equal", "!=": "not_equal", "<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal"}


@dataclass(frozen=True)
class Term:
    """A part of an expression. `values` gives its values over the rows of a table, or its value of one row."""

    kind: Kind
    values: Callable[[Facts], Values]


def algebra(facts: Facts) -> Any:
    """The operations on what `facts` hold, by their names."""
    return columns_algebra if isinstance(facts, pa.Table) else row_algebra


def applied(operation: str, *parts: Callable[[Facts], Values]) -> Callable[[Facts], Values]:
    """The operation of that name on the values of `parts`."""
    return lambda facts: getattr(algebra(facts), operation)(*[part(facts) for part in parts])


UNREAD = Term(Kind("number"), lambda _: None)  # stands where a fault was found


def constant(value: float | str | dt.date, kind: Kind) -> Term:
    """A value that is written in the expression."""
    types = {"number": pa.float64(), "date": pa.date32(), "calendar": pa.int64()}
    scalar = pa.scalar(value, types.get(kind.what, pa.string()))
    return Term(kind, lambda facts: scalar if isinstance(facts, pa.Table) else value)


def named(name: str, kind: Kind) -> Term:
    """A column of the table."""
    return Term(kind, lambda facts: algebra(facts).column(facts, name, kind))


def holding(term: Term) -> Callable[[Facts], Values]:
    """Whether a condition or a flag holds, row by row."""
    return term.values if term.kind.what == "truth" else applied("not_equal", term.values, lambda _: 0.0)


def is_in(term: Term, members: Sequence[Term]) -> Callable[[Facts], Values]:
    """Whether the value is one of `members`; not known where the value is not."""
    written = [member.values({}) for member in members]
    return lambda facts: algebra(facts).among(term.values(facts), written)
