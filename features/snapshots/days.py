"""The days of a snapshot and where each look-back window begins: calendar rules, reckoned once, in Python.

Engines count months differently (see the traps in the design), so they are given plain dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from dateutil.relativedelta import relativedelta

from features.limits import PAY_DUE_DAYS

LOOK_BACK_MONTHS = (1, 3, 6, 12, 24, 36)


def day_from(as_of: dt.date, months: int) -> dt.date:
    """First day of the `months` that end on `as_of`: 2024-06-30 and 3 give 2024-03-31."""
    return as_of - relativedelta(months=months) + relativedelta(days=1)


def month_from(as_of: dt.date, months: int) -> dt.date:
    """First of the last `months` whole months by `as_of`: 2024-06-30 and 3 give 2024-04-01, 2024-06-29 2024-03-01."""
    return (as_of + relativedelta(days=1)).replace(day=1) - relativedelta(months=months)


def due_month(as_of: dt.date) -> dt.date:
    """First day of the newest month whose wages have fallen due by `as_of`.

    Wages of May, legally due by 30 June, have fallen due on 30 June: what is not paid by the end of that day
    can only be paid late.
    """
    month = month_from(as_of, 1)
    while month + relativedelta(months=1) + relativedelta(days=PAY_DUE_DAYS - 1) > as_of:
        month -= relativedelta(months=1)
    return month


def month_number(month: dt.date) -> int:
    """Months since the year 0, so that months can be told apart by subtraction."""
    return 12 * month.year + month.month - 1


def days_table(days: Sequence[dt.date]) -> ir.Table:
    """One row a day: as_of, the first day (`d3`) and month (`m3`) of each look-back window, and the numbers of the
    newest month that has ended (`ended_month`) and of the newest whose wages have fallen due (`due_month`)."""
    columns: dict[str, list[dt.date]] = {"as_of": list(days)}
    for months in LOOK_BACK_MONTHS:
        columns[f"d{months}"] = [day_from(day, months) for day in days]
        columns[f"m{months}"] = [month_from(day, months) for day in days]
    dates = {name: pa.array(values, pa.date32()) for name, values in columns.items()}
    ended = pa.array([month_number(month_from(day, 1)) for day in days], pa.int64())
    due = pa.array([month_number(due_month(day)) for day in days], pa.int64())
    return ibis.memtable(pa.table({**dates, "ended_month": ended, "due_month": due}))
