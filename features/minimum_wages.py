"""Minimum wages and least contribution bases: amounts by grade and day, and the grade of each region."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import ibis
import ibis.expr.types as ir

from features.errors import BadInput
from features.limits import limits_table

CENTS = 100


@dataclass(frozen=True)
class Amount:
    """What holds for a grade from `valid_from` on: cents of a full month's wage, and of a month's contribution base."""

    grade: str
    valid_from: dt.date
    monthly: int
    least_base: int


def _amount(row: dict[str, str]) -> Amount:
    try:
        cents = [int(Decimal(row[name]) * CENTS) for name in ("monthly", "least_base")]
        return Amount(row["grade"], dt.date.fromisoformat(row["valid_from"]), *cents)
    except (ValueError, OverflowError, InvalidOperation) as error:
        raise BadInput(
            "minimum_wages.csv cannot be used",
            found=", ".join(row.values()),
            expected="grade, a date such as 2024-07-01, two amounts in the main unit, a source",
            do="correct that line",
        ) from error


AMOUNTS = [
    _amount(r) for r in limits_table("minimum_wages.csv", ("grade", "valid_from", "monthly", "least_base", "source"))
]
GRADES = tuple(sorted({amount.grade for amount in AMOUNTS}))
_OF_REGIONS = [(row["region"], row["grade"]) for row in limits_table("minimum_wage_regions.csv", ("region", "grade"))]
REGIONS = dict(_OF_REGIONS)

if unknown := sorted(set(REGIONS.values()) - set(GRADES)):
    raise BadInput(
        "minimum_wage_regions.csv names grades that have no amount",
        found=", ".join(unknown),
        expected=f"one of {', '.join(GRADES)}",
        do="add the grade to minimum_wages.csv or correct the region",
    )

_TIMES = Counter([name for name, _ in _OF_REGIONS] + [(amount.grade, amount.valid_from) for amount in AMOUNTS])
if twice := [
    str(what) if isinstance(what, str) else f"{what[0]} from {what[1]}" for what, n in _TIMES.items() if n > 1
]:
    raise BadInput(
        "minimum_wages.csv or minimum_wage_regions.csv says something twice",
        found=", ".join(twice),
        expected="one grade for each region, and one amount for each grade and day",
        do="leave one of the lines out",
    )


def monthly(grade: str, month: ir.Value) -> ir.Value:
    """Cents of the grade's minimum wage of a full month; null before the first that is known."""
    return _then(month, {a.valid_from: a.monthly for a in AMOUNTS if a.grade == grade})


def least_base(grade: str, month: ir.Value) -> ir.Value:
    """Cents of the grade's least contribution base; null before the first that is known."""
    return _then(month, {a.valid_from: a.least_base for a in AMOUNTS if a.grade == grade})


def _then(month: ir.Value, cents: dict[dt.date, int]) -> ir.Value:
    newest_first = sorted(cents.items(), reverse=True)
    return ibis.cases(*[(month >= ibis.literal(day), ibis.literal(value, "int64")) for day, value in newest_first])


def of_region(region: ir.Value, by_grade: dict[str, ir.Value]) -> ir.Value:
    """The value of the region's grade; null where the region has none."""
    theirs = {grade: [name for name, of in REGIONS.items() if of == grade] for grade in by_grade}
    cases = [(region.isin(names), by_grade[grade]) for grade, names in theirs.items() if names]
    return ibis.cases(*cases) if cases else ibis.null("int64")
