"""What the payroll itself shows afterwards: whose wages were not paid whole in the horizon.

Not an outcome that anybody is judged by: an employer can report pay it never made, or report nothing. But it is
known of every employer that reports, whoever was complained of or inspected, so the trees begin with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from dateutil.relativedelta import relativedelta

from features.engine import Engine
from features.known import flag, total
from features.lake.lake import Lake
from training.labels import standing_rows
from training.limits import MISSED_AFTER_DAYS, MISSED_SHARE


def missed_pay(
    lake: Lake, engine: Engine, days: Sequence[dt.date], months: int, known_by: dt.date, version: int | None = None
) -> pd.DataFrame:
    """Columns as_of, employer_id, missed: 1.0 where in any month of the horizon the wages of more than a few were missed.

    A wage is missed that is not paid whole `MISSED_AFTER_DAYS` after the month worked, as known by `known_by`; it
    falls into the horizon in which that day lies. Employers without payroll for it are in no row: of them nothing
    is known. No rows where the lake has no payroll.
    """
    if not lake.has("payroll", version):
        return pd.DataFrame({"as_of": [], "employer_id": [], "missed": []})
    windows = [month_window(day, months) for day in days]
    rows = standing_rows(lake, engine, "payroll", known_by, version, since=min(first for first, _ in windows))
    table = pa.table(
        {
            "as_of": pa.array(list(days), pa.date32()),
            "first": pa.array([first for first, _ in windows], pa.date32()),
            "last": pa.array([last for _, last in windows], pa.date32()),
        }
    )
    found: pd.DataFrame = engine.fetch(_missed(_by_month(rows, known_by), ibis.memtable(table))).to_pandas()
    return found.assign(as_of=pd.to_datetime(found["as_of"]).dt.date, missed=found["missed"].astype("float64"))


def month_window(day: dt.date, months: int) -> tuple[dt.date, dt.date]:
    """First days of the first and the last month whose wages would be missed within the horizon after `day`."""
    first = _worked_by(day) + relativedelta(months=1)
    return first, _worked_by(day + relativedelta(months=months))


def _worked_by(day: dt.date) -> dt.date:
    """The last month (its first day) that ended `MISSED_AFTER_DAYS` before `day` or earlier."""
    return (day - dt.timedelta(days=MISSED_AFTER_DAYS - 1)).replace(day=1) - relativedelta(months=1)


def _by_month(rows: ir.Table, known_by: dt.date) -> ir.Table:
    """One row an employer and month: the share of its worker-months whose wage was missed."""
    limit = (rows.month + ibis.interval(months=1)).cast("date") + ibis.interval(days=MISSED_AFTER_DAYS - 1)
    in_time = (rows.wage_paid >= rows.wage_due) & (rows.paid_on.fill_null(rows.month) <= limit.cast("date"))
    rows = rows.mutate(missed=1 - flag(in_time))
    counted = rows.filter(rows.wage_due > 0).group_by(["employer_id", "month"])
    return counted.agg(missed=lambda t: total(t.missed), workers=lambda t: t.count().cast("int64"))


def _missed(by_month: ir.Table, windows: ir.Table) -> ir.Table:
    inside = by_month.join(windows, [by_month.month >= windows["first"], by_month.month <= windows["last"]])
    is_missed = flag(inside.missed > inside.workers * MISSED_SHARE)
    return inside.mutate(is_missed=is_missed).group_by(["as_of", "employer_id"]).agg(missed=lambda t: t.is_missed.max())
