"""What is asked of each claim's work: whose, from when to when, and at which employer."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.presence import as_date
from features.folds.things import thing_column

KEY = ("as_of", "claim_id")


def month_of(day: ir.Value) -> ir.Value:
    """Months since the year 0: engines count months between dates differently."""
    return day.year().cast("int64") * 12 + day.month().cast("int64") - 1


def asked_of(claims: ir.Table) -> ir.Table:
    """One row a claim and day: KEY, scheme, region, employer_id, amount (cents), begins, and months as numbers.

    `begins` is the first day of the benefit, where none is written the day of filing, `begins_month` its month;
    `ends_month` is the first month that is not claimed for from its first day to its last, `as_of_month` that of the day.
    """
    begins = claims["claim.starts_on"].fill_null(claims["claim.filed_on"])
    ends = ibis.least(claims["claim.ends_on"].fill_null(claims.as_of), claims.as_of)
    return claims.select(
        *KEY,
        **{name: claims[f"claim.{name}"] for name in ("scheme", "region", "employer_id", "amount")},
        begins=begins,
        begins_month=month_of(begins),
        ends_month=month_of(as_date(ends + ibis.interval(days=1))),
        as_of_month=month_of(claims.as_of),
    )


def workers_of(claims: ir.Table) -> ir.Table:
    """(as_of, claim_id, worker_id): the identity number as written on the claim and as it is told apart, where they differ."""
    named = [claims.select(*KEY, worker_id=claims[name]) for name in ("claim.person_id", thing_column("person"))]
    both = ibis.union(*named, distinct=True)
    return both.filter(both.worker_id.notnull())
