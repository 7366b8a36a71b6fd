"""Payroll as cells: that a wage is due is one piece of news, that it was paid another."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.known import books, cents, entries, flag, standing
from features.limits import PAY_DUE_DAYS
from features.registers import REGISTERS

KEY = REGISTERS["payroll"].key


def fold_payroll(rows: ir.Table) -> ir.Table:
    """Cells by employer, month worked and day learned; worker-months, cents and days late."""
    rows = standing(rows, KEY)
    return books(_due(rows), _paid(rows))


def _due(rows: ir.Table) -> ir.Table:
    return entries(
        rows,
        event="month",
        learned=rows.known_on,
        measures={
            "workers": ibis.literal(1, "int64"),
            "owed_workers": flag(rows.wage_due > 0),
            "due": cents(rows.wage_due),
        },
    )


def _paid(rows: ir.Table) -> ir.Table:
    """A payment is known on the later of its day and the row's; one without a day is known with the row."""
    due, paid = cents(rows.wage_due), cents(rows.wage_paid)
    late_days = days_late(rows)
    return entries(
        rows.filter(rows.wage_paid > 0),
        event="month",
        learned=ibis.greatest(rows.known_on, rows.paid_on.fill_null(rows.known_on)),
        measures={
            "paid": ibis.least(due, paid),
            "paid_workers": ibis.literal(1, "int64"),
            "paid_whole": flag((paid >= due) & (due > 0)),
            "late_workers": flag(late_days > 0),
            "late_days": late_days,
        },
    )


def days_late(rows: ir.Table) -> ir.Value:
    """Days from the legal day of payment to `paid_on`; 0 where paid in time or the day is not known."""
    legal_day = (rows.month + ibis.interval(months=1)).cast("date") + ibis.interval(days=PAY_DUE_DAYS - 1)
    late = rows.paid_on.delta(legal_day.cast("date"), unit="day")
    return ibis.greatest(late, 0).fill_null(0).cast("int64")
