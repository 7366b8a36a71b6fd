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

LOOK_BACK_MONTHS = (1, 3, 6, 12, 24, 36)


def day_from(as_of: dt.date, months: int) -> dt.date:
    """First day of the `months` that end on `as_of`: 2024-06-30 and 3 give 2024-03-31."""
    return as_of - relativedelta(months=months) + relativedelta(days=1)


def month_from(as_of: dt.date, months: int) -> dt.date:
    """First of the last `months` whole months by `as_of`: 2024-06-30 and 3 give 2024-04-01, 2024-06-29 2024-03-01."""
    return (as_of + relativedelta(days=1)).replace(day=1) - relativedelta(months=months)


def days_table(days: Sequence[dt.date]) -> ir.Table:
    """One row a day: as_of, and the first day (`d3`) and month (`m3`) of each look-back window."""
    columns: dict[str, list[dt.date]] = {"as_of": list(days)}
    for months in LOOK_BACK_MONTHS:
        columns[f"d{months}"] = [day_from(day, months) for day in days]
        columns[f"m{months}"] = [month_from(day, months) for day in days]
    return ibis.memtable(pa.table({name: pa.array(values, pa.date32()) for name, values in columns.items()}))
