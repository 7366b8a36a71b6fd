"""The days of festivals before which wages are settled, from a dated table."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from features.errors import BadInput
from features.limits import limits_table


def _day(row: dict[str, str]) -> dt.date:
    try:
        return dt.date.fromisoformat(row["day"])
    except ValueError as error:
        raise BadInput(
            "festivals.csv cannot be used",
            found=row["day"],
            expected="a date such as 2024-02-10",
            do="correct that line",
        ) from error


SPRING_FESTIVALS = sorted(
    _day(row)
    for row in limits_table("festivals.csv", ("festival", "day", "source"))
    if row["festival"] == "spring_festival"
)


def days_to_spring_festival(day: ir.Value) -> ir.Value:
    """Days from `day` to the next Spring Festival, 0 on the day itself; null after the last in the table."""
    cases = [(day <= ibis.literal(festival), ibis.literal(festival)) for festival in SPRING_FESTIVALS]
    following = ibis.cases(*cases) if cases else ibis.null("date")
    return following.delta(day, unit="day")


def days_since_spring_festival(day: ir.Value) -> ir.Value:
    """Days from the last Spring Festival to `day`, 0 on the day itself; null before the first in the table."""
    newest_first = reversed(SPRING_FESTIVALS)
    cases = [(day >= ibis.literal(festival), ibis.literal(festival)) for festival in newest_first]
    last = ibis.cases(*cases) if cases else ibis.null("date")
    return day.delta(last, unit="day")
