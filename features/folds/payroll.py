"""Payroll as cells: that a wage is due is one piece of news, that it was paid another."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.known import books, cents, entries, flag, standing
from features.limits import LATE_REPORT_DAYS, LONG_LATE_DAYS, PAY_DUE_DAYS, ROUND_LUMP, VERY_LONG_LATE_DAYS
from features.minimum_wages import CENTS, GRADES, monthly
from features.registers import REGISTERS

KEY = REGISTERS["payroll"].key


def fold_payroll(rows: ir.Table) -> ir.Table:
    """Cells by employer, month worked and day learned; worker-months, cents and days.

    `unpaid` and `unpaid_workers` are what is due less what is paid. `under_<grade>` counts wages below that
    grade's minimum wage of the month: which grade is an employer's is asked of the snapshot, not of the fold.
    """
    rows = _with_history(standing(rows, KEY))
    return books(_due(rows), _paid(rows))


def _with_history(rows: ir.Table) -> ir.Table:
    """With the day the worker-month was first told of, and the wage due as it was told just before."""
    told = ibis.window(group_by=list(KEY), order_by="known_on")
    return rows.mutate(
        first_known_on=rows.known_on.min().over(ibis.window(group_by=list(KEY))),
        due_before=rows.wage_due.lag().over(told),
    )


def _due(rows: ir.Table) -> ir.Table:
    due = cents(rows.wage_due)
    last_day = (rows.month + ibis.interval(months=1)).cast("date") - ibis.interval(days=1)
    reported = ibis.greatest(rows.first_known_on.delta(last_day.cast("date"), unit="day"), 0).cast("int64")
    return entries(
        rows,
        event="month",
        learned=rows.known_on,
        measures={
            "workers": ibis.literal(1, "int64"),
            "owed_workers": flag(due > 0),
            "unpaid_workers": flag(due > 0),
            "due": due,
            "unpaid": due,
            "reported_days": reported,
            "reported_late": flag(reported > LATE_REPORT_DAYS),
            "lowered": flag(rows.wage_due < rows.due_before),
            **{f"under_{grade}": flag((due > 0) & (due < monthly(grade, rows.month))) for grade in GRADES},
        },
    )


def _paid(rows: ir.Table) -> ir.Table:
    """A payment is known on the later of its day and the row's; one without a day is known with the row."""
    due, paid = cents(rows.wage_due), cents(rows.wage_paid)
    late_days, whole = days_late(rows), flag((paid >= due) & (due > 0))
    return entries(
        rows.filter(rows.wage_paid > 0),
        event="month",
        learned=ibis.greatest(rows.known_on, rows.paid_on.fill_null(rows.known_on)),
        measures={
            "paid": ibis.least(due, paid),
            "unpaid": -ibis.least(due, paid),
            "paid_late": ibis.least(due, paid) * flag(late_days > 0),
            "paid_workers": ibis.literal(1, "int64"),
            "paid_whole": whole,
            "unpaid_workers": -whole,
            "paid_part": flag(paid < due),
            "late_workers": flag(late_days > 0),
            "long_late": flag(late_days > LONG_LATE_DAYS),
            "very_long_late": flag(late_days > VERY_LONG_LATE_DAYS),
            "late_days": late_days,
            "round_lumps": flag((paid != due) & (paid % (ROUND_LUMP * CENTS) == 0)),
        },
    )


def days_late(rows: ir.Table) -> ir.Value:
    """Days from the legal day of payment to `paid_on`; 0 where paid in time or the day is not known."""
    legal_day = (rows.month + ibis.interval(months=1)).cast("date") + ibis.interval(days=PAY_DUE_DAYS - 1)
    late = rows.paid_on.delta(legal_day.cast("date"), unit="day")
    return ibis.greatest(late, 0).fill_null(0).cast("int64")
