"""Work and contributions before a benefit began: how long, on which base, when paid."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.known import flag, total
from features.limits import BASE_NEWEST_MONTHS, WORK_BEFORE_MONTHS
from features.minimum_wages import GRADES, least_base, of_region
from features.work.asked import KEY
from features.work.while_claiming import YEAR

TOLD_FROM = 2  # months: of one alone it says nothing that it was paid on one day


def before(asked: ir.Table, monthly: ir.Table) -> ir.Table:
    """KEY and the measures of the months before the first of the benefit, for claims whose person has any.

    `asked` from `asked_of`, `monthly` from `by_month`.
    """
    rows = asked.join(monthly, list(KEY))
    rows = rows.mutate(ago=rows.begins_month - rows.number)
    rows = rows.filter(rows.ago.between(1, WORK_BEFORE_MONTHS))
    insured = rows.insured > 0
    newest = insured & (rows.ago <= BASE_NEWEST_MONTHS) & (rows.base > 0)
    earlier = insured & (rows.ago > BASE_NEWEST_MONTHS) & (rows.base > 0)
    of_year = insured & (rows.ago <= YEAR) & (rows.base > 0)
    least = of_region(rows.region, {grade: least_base(grade, rows.begins) for grade in GRADES})
    found = rows.group_by([*KEY, "amount"]).agg(
        on_payroll_before=flag((rows.ago == 1) & (rows.on_payroll > 0)).max(),
        months_contributed=total(flag(insured)),
        newest_base=rows.base.mean(where=newest),
        earlier_base=rows.base.mean(where=earlier),
        base=rows.base.mean(where=of_year),
        least=flag(newest & (rows.base <= least)).sum(),
        compared=flag(newest & least.notnull()).sum(),
        paid_back=total(flag(insured & (rows.paid_back > 0))),
    )
    return found.select(
        *KEY,
        "on_payroll_before",
        "months_contributed",
        least_base_share=found.least / found.compared.nullif(0),
        base_growth=found.newest_base / found.earlier_base.nullif(0) - 1,
        paid_back_share=found.paid_back / found.months_contributed.nullif(0),
        amount_over_base=found.amount.cast("float64") / found.base.nullif(0),
    )


def paid_together(asked: ir.Table, monthly: ir.Table) -> ir.Table:
    """KEY and `paid_on_one_day_share`: the most months before the benefit that were paid on one day, over all insured."""
    rows = asked.join(monthly.filter(monthly.insured > 0), list(KEY))
    rows = rows.filter((rows.begins_month - rows.number).between(1, WORK_BEFORE_MONTHS))
    daily = rows.group_by([*KEY, "paid_on"]).agg(months=rows.count())
    paid = ibis.ifelse(daily.paid_on.isnull(), 0, daily.months)
    found = daily.group_by(list(KEY)).agg(together=paid.max(), months=total(daily.months))
    share = ibis.ifelse(found.months >= TOLD_FROM, found.together / found.months, ibis.null("float64"))
    return found.select(*KEY, paid_on_one_day_share=share)


def first_contribution(asked: ir.Table, monthly: ir.Table, contributions: ir.Table) -> ir.Table:
    """KEY and `months_since_first`: from the first month insured to the first of the benefit; 0 where it is later.

    Null where it is the first month of which any contribution is known: the person may have been insured long before.
    """
    insured = monthly.filter(monthly.insured > 0)
    first = insured.group_by(list(KEY)).agg(first=insured.number.min())
    rows = asked.join(first, list(KEY)).join(_beginning(asked, contributions), "as_of")
    months = ibis.greatest(rows.begins_month - rows["first"], 0)
    return rows.select(*KEY, months_since_first=ibis.ifelse(rows["first"] > rows.beginning, months, ibis.null("int64")))


def _beginning(asked: ir.Table, contributions: ir.Table) -> ir.Table:
    """(as_of, beginning): the first month of which any contribution was known by the day."""
    months = contributions.group_by("month").agg(known_on=contributions.known_on.min())
    days = asked.select("as_of").distinct()
    by_then = days.join(months, months.known_on <= days.as_of)
    first = by_then.group_by("as_of").agg(month=by_then.month.min())
    number = first.month.year().cast("int64") * 12 + first.month.month().cast("int64") - 1
    return first.select("as_of", beginning=number)
