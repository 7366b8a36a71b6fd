"""Contributions as cells: that one is due is one piece of news, that it was paid another."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.payroll import days_late
from features.known import books, cents, entries, flag, standing
from features.registers import REGISTERS

KEY = REGISTERS["contributions"].key


def fold_contributions(rows: ir.Table) -> ir.Table:
    """Cells by employer, month insured and day learned; worker-months, cents and days late.

    `pension` rows stand for the worker, so that one insured in five schemes counts once.
    """
    rows = standing(rows, KEY)
    return books(_due(rows), _paid(rows))


def _due(rows: ir.Table) -> ir.Table:
    pension = flag(rows.scheme == "pension")
    return entries(
        rows,
        event="month",
        learned=rows.known_on,
        measures={
            "lines": ibis.literal(1, "int64"),
            "insured": pension,
            "base": cents(rows.base) * pension,
            "due": cents(rows.due),
        },
    )


def _paid(rows: ir.Table) -> ir.Table:
    due, paid = cents(rows.due), cents(rows.paid)
    return entries(
        rows.filter(rows.paid > 0),
        event="month",
        learned=ibis.greatest(rows.known_on, rows.paid_on.fill_null(rows.known_on)),
        measures={
            "paid": ibis.least(due, paid),
            "paid_lines": ibis.literal(1, "int64"),
            "late_lines": flag(days_late(rows) > 0),
        },
    )
