"""Payroll against contributions, worker by worker: on the one and not on the other."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.known import books, held


def fold_insured(payroll: ir.Table, contributions: ir.Table) -> ir.Table:
    """Cells by employer, month and day learned; workers of months for which the employer filed both.

    `paid`: on the payroll, of which `paid_only` are insured in no scheme; `insured` in any scheme, of which
    `insured_only` are not on the payroll.
    """
    both = _paid_or_insured(payroll, contributions)
    employer = ibis.window(group_by=["employer_id", "event"])
    both = both.mutate(payroll_filed=both.paid_known.min().over(employer))
    both = both.mutate(contributions_filed=both.insured_known.min().over(employer))
    return books(
        held(both, "paid", on=["paid_known", "contributions_filed"]),
        held(both, "paid_only", on=["paid_known", "contributions_filed"], until=["insured_known"]),
        held(both, "insured", on=["insured_known", "payroll_filed"]),
        held(both, "insured_only", on=["insured_known", "payroll_filed"], until=["paid_known"]),
    )


def _paid_or_insured(payroll: ir.Table, contributions: ir.Table) -> ir.Table:
    who, nothing = ["employer_id", "worker_id"], ibis.null("date")
    paid = payroll.select(*who, event=payroll.month, paid_known=payroll.known_on, insured_known=nothing)
    insured = contributions.select(
        *who, event=contributions.month, paid_known=nothing, insured_known=contributions.known_on
    )
    together = ibis.union(paid, insured)
    return together.group_by([*who, "event"]).agg(
        paid_known=together.paid_known.min(), insured_known=together.insured_known.min()
    )
