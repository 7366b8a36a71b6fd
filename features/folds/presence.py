"""Who was on whose payroll, and since when that is known: what people's comings and goings are told by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import reduce

import ibis
import ibis.expr.datatypes as dt_types
import ibis.expr.operations as ops
import ibis.expr.types as ir

PEOPLE_MONTHS = (1, 12)  # against the month before, and against the year before
MOVE_MONTHS = (1, 2, 3)  # a worker who comes from elsewhere may have had a gap


def presence(rows: ir.Table, looks_back: Sequence[int], month: dt.date | None = None) -> ir.Table:
    """One row for each employer, worker and month `event` in which, or so many months before which, there is a row.

    Columns employer_id, worker_id, event, and `known_0`, `known_1`, ...: the first day on which it was
    known that the worker was there in that month, the month before, ...; null where there is no row. A
    correction does not undo that somebody was there. `month`: only that month.
    """
    offsets = (0, *looks_back)
    shifted = [_seen_from(rows, offset, offsets) for offset in offsets]
    if month is not None:
        shifted = [seen.filter(seen.event == ibis.literal(month, "date")) for seen in shifted]
    together = reduce(ibis.union, shifted)
    days = {name: together[name].min() for name in map(known, offsets)}
    return together.group_by(["employer_id", "worker_id", "event"]).agg(**days)


def known(offset: int) -> str:
    """The column with the day on which presence `offset` months before the event was first known."""
    return f"known_{offset}"


def _seen_from(rows: ir.Table, offset: int, offsets: Sequence[int]) -> ir.Table:
    event = as_date(rows.month + ibis.interval(months=offset)) if offset else rows.month
    nothing = ibis.null("date")
    days = {known(other): rows.known_on if other == offset else nothing for other in offsets}
    return rows.select("employer_id", "worker_id", event=event, **days)


def as_date(day: ir.Value) -> ir.Value:
    """A date in truth: DuckDB makes a timestamp of a date and an interval, and Ibis drops a plain cast as needless."""
    return ops.Cast(day, to=dt_types.date).to_expr()


def filed(seen: ir.Table, offset: int) -> ir.Value:
    """The first day on which it was known that the employer had filed for anybody in that month."""
    return seen[known(offset)].min().over(ibis.window(group_by=["employer_id", "event"]))
