"""What the law says of benefits by scheme: which are paid monthly, and at which ages they can be had."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from features.errors import BadInput
from features.limits import limits_table
from features.registers.pay import SCHEMES

IN_ORDER = (*SCHEMES.split(), "other")  # the declared order of schemes, and their numbers from 1
DAYS_A_YEAR = 365.2425


@dataclass(frozen=True)
class Ages:
    """Ages in years between which a benefit of `scheme` that begins on `valid_from` or later can be had; None: no bound."""

    scheme: str
    sex: str
    valid_from: dt.date
    least: int | None
    most: int | None


def _ages(row: dict[str, str]) -> Ages:
    try:
        bounds = [int(row[name]) if row[name] else None for name in ("least_age", "most_age")]
        return Ages(row["scheme"], row["sex"], dt.date.fromisoformat(row["valid_from"]), *bounds)
    except (ValueError, KeyError) as error:
        raise BadInput(
            "benefit_ages.csv cannot be used",
            found=", ".join(map(str, row.values())),
            expected="scheme, sex, a date such as 2011-07-01, ages in whole years or nothing, a source",
            do="correct that line",
        ) from error


AGES = [_ages(row) for row in limits_table("benefit_ages.csv", ("scheme", "sex", "valid_from", "source"))]
MONTHLY = tuple(
    row["scheme"]
    for row in limits_table("benefit_terms.csv", ("scheme", "paid", "valid_from", "source"))
    if row["paid"] == "monthly"
)

if unknown := sorted(({ages.scheme for ages in AGES} | set(MONTHLY)) - set(IN_ORDER)):
    raise BadInput(
        "benefit_ages.csv or benefit_terms.csv names schemes that there are not",
        found=", ".join(unknown),
        expected=f"of {', '.join(IN_ORDER)}",
        do="correct the scheme",
    )


def is_monthly(scheme: ir.Value) -> ir.Value:
    """Whether benefits of the scheme are paid month by month, and open where no last day is written."""
    return scheme.isin(MONTHLY)


def least_age(scheme: ir.Value, sex: ir.Value, begins: ir.Value) -> ir.Value:
    """Least age in years at which it may begin; null where the law sets none. Of an unknown sex, the lower one."""
    return _bound(scheme, sex, begins, "least")


def most_age(scheme: ir.Value, sex: ir.Value, begins: ir.Value) -> ir.Value:
    """Greatest age in years at which it may begin; null where the law sets none. Of an unknown sex, the higher one."""
    return _bound(scheme, sex, begins, "most")


def _bound(scheme: ir.Value, sex: ir.Value, begins: ir.Value, which: str) -> ir.Value:
    newest_first = sorted(AGES, key=lambda ages: ages.valid_from, reverse=True)
    own = [(_holds(ages, scheme, begins) & (sex == ages.sex), getattr(ages, which)) for ages in newest_first]
    either = [(_holds(ages, scheme, begins), _of_either_sex(ages, which)) for ages in newest_first]
    unknown = ibis.cases(*[(condition, _number(value)) for condition, value in either])
    return ibis.cases(*[(condition, _number(value)) for condition, value in own], else_=unknown)


def _holds(ages: Ages, scheme: ir.Value, begins: ir.Value) -> ir.Value:
    return (scheme == ages.scheme) & (begins >= ibis.literal(ages.valid_from))


def _of_either_sex(ages: Ages, which: str) -> int | None:
    """The bound that holds for anybody of those valid from the same day; none where one of them has none."""
    together = [getattr(a, which) for a in AGES if (a.scheme, a.valid_from) == (ages.scheme, ages.valid_from)]
    return None if None in together else (min(together) if which == "least" else max(together))


def _number(value: int | None) -> ir.Value:
    return ibis.null("int64") if value is None else ibis.literal(value, "int64")
