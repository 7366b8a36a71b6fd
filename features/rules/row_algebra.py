"""The operations of rules on one row: Python's own values, None where it is not known. A test sets them against Arrow's."""

from __future__ import annotations

import datetime as dt
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from dateutil.relativedelta import relativedelta

from features.rowwise.sql import and3 as both
from features.rowwise.sql import not3 as opposite
from features.rowwise.sql import or3 as either
from features.rules.kinds import Kind

__all__ = ["both", "either", "opposite"]
Value = Any


def column(row: Mapping[str, Value], name: str, kind: Kind) -> Value:
    """A value of the row; a number that is not finite is not known."""
    value = row[name]
    if value is None or kind.what != "number":
        return value
    return float(value) if math.isfinite(value) else None


def _strict(function: Callable[..., Value]) -> Callable[..., Value]:
    """Not known where any part is not."""

    def of(*values: Value) -> Value:
        return None if None in values else function(*values)

    return of


equal, not_equal = _strict(operator.eq), _strict(operator.ne)
less, less_equal = _strict(operator.lt), _strict(operator.le)
greater, greater_equal = _strict(operator.gt), _strict(operator.ge)
add, subtract, multiply = _strict(operator.add), _strict(operator.sub), _strict(operator.mul)
negate, absolute, least, greatest = _strict(operator.neg), _strict(abs), _strict(min), _strict(max)


def among(value: Value, members: list[Value]) -> bool | None:
    """Whether the value is one of `members`; not known where the value is not."""
    return None if value is None else value in members


def known(value: Value) -> bool:
    """Whether there is a value."""
    return value is not None


def unknown(value: Value) -> bool:
    """Whether there is none."""
    return value is None


def quotient(one: Value, other: Value) -> Value:
    """One over the other; not known where the other is 0."""
    return None if one is None or not other else one / other


def days_later(day: Value, days: Value) -> Value:
    """The day that many whole days later."""
    return None if day is None or days is None else day + dt.timedelta(days=math.floor(days))


def days_earlier(day: Value, days: Value) -> Value:
    """The day that many whole days earlier."""
    return None if day is None or days is None else day - dt.timedelta(days=math.floor(days))


def days_between(later: Value, earlier: Value) -> Value:
    """Days from the one to the other, as a number."""
    return None if later is None or earlier is None else float((later - earlier).days)


def months_later(day: Value, months: int) -> Value:
    """The same day so many months later; the last of the month where it has no such day."""
    return None if day is None else day + relativedelta(months=months)


def months_earlier(day: Value, months: int) -> Value:
    """The same day so many months earlier; the last of the month where it has no such day."""
    return months_later(day, -months)
