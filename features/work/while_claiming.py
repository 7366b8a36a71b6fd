"""Work while a benefit is claimed and paid."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.known import KNOWN_UNTIL, cents, flag, standing, total
from features.registers import REGISTERS
from features.work.asked import KEY, month_of

CENTS = 100
OUT_OF_WORK, RETIRED = "unemployment", "pension"
YEAR = 12


def by_month(months: ir.Table) -> ir.Table:
    """`months` of all employers of a claim's person together: one row a claim, day and month `number`.

    months: from `months_of`, with the columns of `asked_of`. `employers` are those that insured the person,
    `insured_elsewhere` whether any but the one named on the claim did.
    """
    elsewhere = flag(months.employer_id != months.named).cast("int64")
    elsewhere = ibis.ifelse(months.named.isnull(), 1, elsewhere) * months.insured
    return months.group_by([*KEY, "number"]).agg(
        on_payroll=months.on_payroll.max(),
        insured=months.insured.max(),
        insured_elsewhere=elsewhere.max(),
        employers=total(months.insured),
        wage=total(months.wage),
        base=months.base.max(),
        paid_on=months.paid_on.max(),
        paid_back=months.paid_back.max(),
    )


def while_claiming(asked: ir.Table, monthly: ir.Table) -> ir.Table:
    """KEY and the measures of work in months claimed for; those of a scheme are null for claims of others.

    `asked` from `asked_of`, `monthly` from `by_month`.
    """
    rows = asked.join(monthly, list(KEY))
    claimed = (rows.number >= _first_whole(rows)) & (rows.number < rows.ends_month)
    this_year = rows.number > rows.as_of_month - YEAR
    worked = claimed & (rows.on_payroll > 0)
    found = rows.group_by(list(KEY)).agg(
        worked=total(flag(worked)),
        wages=total(rows.wage, where=worked),
        elsewhere=total(flag(claimed & (rows.insured_elsewhere > 0))),
        retired=total(flag(worked & this_year)),
        months_insured_twice=total(flag((rows.employers > 1) & this_year)),
    )
    all_ = asked.left_join(found, list(KEY)).drop("as_of_right", "claim_id_right")
    return all_.select(
        *KEY,
        months_on_payroll=_of_scheme(all_, OUT_OF_WORK, all_.worked),
        wage_while_claiming=_of_scheme(all_, OUT_OF_WORK, all_.wages, None) / all_.worked.nullif(0) / CENTS,
        months_insured_elsewhere=_of_scheme(all_, OUT_OF_WORK, all_.elsewhere),
        pension_months_on_payroll=_of_scheme(all_, RETIRED, all_.retired),
        months_insured_twice=all_.months_insured_twice.fill_null(0),
    )


def _first_whole(rows: ir.Table) -> ir.Value:
    """The first month that is claimed for from its first day on."""
    return rows.begins_month + ibis.ifelse(rows.begins.day() > 1, 1, 0)


def _of_scheme(table: ir.Table, scheme: str, value: ir.Value, empty: int | None = 0) -> ir.Value:
    there = value if empty is None else value.fill_null(empty)
    return ibis.ifelse(table.scheme == scheme, there, ibis.null("int64"))


def paid_at_work(asked: ir.Table, monthly: ir.Table, payouts: ir.Table) -> ir.Table:
    """KEY and `benefit_months_on_payroll`: what was paid for months on a payroll, in months of the benefit.

    So a last month that was paid by its days counts as the part of a month it is.
    """
    jobless = asked.filter(asked.scheme == OUT_OF_WORK)
    paid = standing(payouts.semi_join(jobless.select("claim_id").distinct(), "claim_id"), REGISTERS["payouts"].key)
    until = paid[KNOWN_UNTIL]
    by_then = jobless.join(
        paid.select("claim_id", "known_on", KNOWN_UNTIL, "period", paid=cents(paid.amount)),
        ["claim_id", paid.known_on <= jobless.as_of, until.isnull() | (until > jobless.as_of)],
    )
    by_then = by_then.filter(by_then.period.notnull()).mutate(number=month_of(by_then.period))
    worked = by_then.semi_join(monthly.filter(monthly.on_payroll > 0), [*KEY, "number"])
    paid_for = worked.group_by(list(KEY)).agg(paid=total(worked.paid))
    all_ = jobless.left_join(paid_for, list(KEY)).drop("as_of_right", "claim_id_right")
    months = all_.paid.fill_null(0).cast("float64") / all_.amount.cast("float64").nullif(0)
    return all_.select(*KEY, benefit_months_on_payroll=months)
