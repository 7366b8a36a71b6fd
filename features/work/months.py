"""The months in which the person of a claim was on a payroll or insured, employer by employer, as known on the day."""

from __future__ import annotations

from functools import reduce

import ibis
import ibis.expr.types as ir

from features.folds.payroll import days_late
from features.known import KNOWN_UNTIL, cents, flag, standing, total
from features.limits import BACK_PAYMENT_DAYS
from features.registers import REGISTERS
from features.work.asked import KEY, month_of, workers_of

OF_EMPLOYER = (*KEY, "employer_id", "month")


def months_of(claims: ir.Table, payroll: ir.Table | None, contributions: ir.Table | None) -> ir.Table:
    """OF_EMPLOYER and of that month: `on_payroll`, `insured` (1 or 0), wage, base (cents), paid_on, paid_back; `number` of it.

    On a payroll is who is due a wage, insured for whom a contribution to any scheme is due; `base` is the highest of the
    schemes, `paid_on` the day by which all that is paid was paid (null: nothing is), `paid_back` whether that was long
    after the legal day. At least one of the registers must be there.
    """
    workers = workers_of(claims)
    kinds = [] if payroll is None else [_on_payroll(workers, payroll)]
    kinds += [] if contributions is None else [_insured(workers, contributions)]
    return joined_months(reduce(ibis.union, kinds))


def joined_months(together: ir.Table) -> ir.Table:
    """The rows of a person's months put together by employer and month: what any of them says."""
    measures = [name for name in together.columns if name not in OF_EMPLOYER]
    months = together.group_by(list(OF_EMPLOYER)).agg(**{name: together[name].max() for name in measures})
    return months.mutate(number=month_of(months.month))


def _known(workers: ir.Table, rows: ir.Table, register: str) -> ir.Table:
    """The rows of the workers as they stood on each day; what is not theirs is left out at once."""
    theirs = rows.semi_join(workers.select("worker_id").distinct(), "worker_id")
    theirs = standing(theirs.select(*REGISTERS[register].names), REGISTERS[register].key)
    until = theirs[KNOWN_UNTIL]
    days = [theirs.known_on <= workers.as_of, until.isnull() | (until > workers.as_of)]
    return workers.join(theirs, ["worker_id", *days])


def _on_payroll(workers: ir.Table, payroll: ir.Table) -> ir.Table:
    known = _known(workers, payroll, "payroll")
    known = known.filter(known.wage_due > 0)  # a row corrected to nothing says that there was no work
    return known.group_by(list(OF_EMPLOYER)).agg(
        on_payroll=ibis.literal(1, "int64"),
        insured=ibis.literal(0, "int64"),
        wage=total(cents(known.wage_due)),
        base=ibis.null("int64"),
        paid_on=ibis.null("date"),
        paid_back=ibis.literal(0, "int64"),
    )


def _insured(workers: ir.Table, contributions: ir.Table) -> ir.Table:
    known = _known(workers, contributions, "contributions")
    known = known.filter(known.due > 0)
    paid_on = known.paid_on.fill_null(known.known_on)
    paid = (known.paid > 0) & (paid_on <= known.as_of)
    return known.group_by(list(OF_EMPLOYER)).agg(
        on_payroll=ibis.literal(0, "int64"),
        insured=ibis.literal(1, "int64"),
        wage=ibis.null("int64"),
        base=cents(known.base).max(),
        paid_on=paid_on.max(where=paid),
        paid_back=flag(paid & (days_late(known) >= BACK_PAYMENT_DAYS)).max(),
    )
