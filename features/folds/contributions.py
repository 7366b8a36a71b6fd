"""Contributions as cells: that one is due is one piece of news, that it was paid another."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.payroll import days_late
from features.known import books, cents, entries, flag, standing
from features.limits import BACK_PAYMENT_DAYS
from features.minimum_wages import GRADES, least_base
from features.registers import REGISTERS

KEY = REGISTERS["contributions"].key
SCHEMES = {"pension": ("pension",), "medical": ("medical",), "other": ("unemployment", "work_injury", "maternity")}


def fold_contributions(rows: ir.Table) -> ir.Table:
    """Cells by employer, month insured and day learned; worker-months, cents and days late.

    `pension` rows stand for the worker, so that one insured in five schemes counts once. `at_least_<grade>`
    counts those whose base is no more than the least base of that grade.
    """
    rows = standing(rows, KEY)
    return books(_due(rows), _paid(rows))


def _due(rows: ir.Table) -> ir.Table:
    pension, due, base = flag(rows.scheme == "pension"), cents(rows.due), cents(rows.base)
    return entries(
        rows,
        event="month",
        learned=rows.known_on,
        measures={
            "lines": ibis.literal(1, "int64"),
            "insured": pension,
            "base": base * pension,
            "due": due,
            "unpaid": due,
            **_by_scheme("due", rows, due),
            **_by_scheme("unpaid", rows, due),
            **{f"at_least_{g}": pension * flag((base > 0) & (base <= least_base(g, rows.month))) for g in GRADES},
        },
    )


def _paid(rows: ir.Table) -> ir.Table:
    paid, late_days = ibis.least(cents(rows.due), cents(rows.paid)), days_late(rows)
    return entries(
        rows.filter(rows.paid > 0),
        event="month",
        learned=ibis.greatest(rows.known_on, rows.paid_on.fill_null(rows.known_on)),
        measures={
            "paid": paid,
            "unpaid": -paid,
            **_by_scheme("unpaid", rows, -paid),
            "paid_lines": ibis.literal(1, "int64"),
            "late_lines": flag(late_days > 0),
            "late_days": late_days,
            "paid_back": flag(late_days >= BACK_PAYMENT_DAYS),
        },
    )


def _by_scheme(measure: str, rows: ir.Table, amount: ir.Value) -> dict[str, ir.Value]:
    return {f"{measure}_{name}": amount * flag(rows.scheme.isin(schemes)) for name, schemes in SCHEMES.items()}
