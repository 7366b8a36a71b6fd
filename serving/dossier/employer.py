"""One employer: who it is, its months, and what was complained of, inspected and shared, as known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

import ibis.expr.types as ir

from features.registers import REGISTERS
from serving.dossier.plain import plain
from serving.dossier.registers import Registers, Row, learned_by, standing_on
from serving.jurisdiction import Scope
from serving.people.masking import masked_tie

MONTH_FACTS = {
    "workers": "workers paid or due pay for the month",
    "due": "wages due, in minor units",
    "paid": "wages paid by the day, in minor units",
    "unpaid": "wages due and not paid by the day, in minor units",
    "unpaid_workers": "workers whose wages are not paid in full by the day",
    "late_workers": "workers paid later than the law allows",
}


@dataclass(frozen=True)
class Tie:
    """Something shared with another employer. `value` is masked, unless the caller may see it."""

    tie: str
    value: str | None
    employer_id: str
    name: str
    since: dt.date | None
    until: dt.date | None


def employer(registers: Registers, scope: Scope, employer_id: str, day: dt.date) -> Row:
    """Its row of the register as known on `day`. NotFound: unknown on the day, or outside the scope."""
    return registers.seen("employers", "employer_id", employer_id, scope, day, "no such employer")


def months(registers: Registers, employer_id: str, day: dt.date) -> list[Row]:
    """Its months of payroll, newest first: month and MONTH_FACTS."""
    return [
        {"month": cell["event"], **{name: cell[name] for name in MONTH_FACTS}}
        for cell in registers.folded("payroll", employer_id, day)
        if cell["workers"] > 0
    ]


def employers(
    registers: Registers, scope: Scope, day: dt.date, words: str | None, after: str | None, most: int
) -> list[Row]:
    """Employers of the scope as known on `day`, by identifier, after `after`; whose name or identifier has `words`."""
    if not registers.has("employers"):
        return []
    declared = REGISTERS["employers"]

    def asked(table: Callable[[str], ir.Table]) -> ir.Table:
        rows = standing_on(table("employers"), declared, day)
        if scope.regions is not None:
            rows = rows.filter(rows.region.isin(sorted(scope.regions)))
        if words:
            rows = rows.filter(rows.name.contains(words) | rows.employer_id.contains(words))
        if after is not None:
            rows = rows.filter(rows.employer_id > after)
        return rows.order_by("employer_id").limit(most)

    return [learned_by(plain(row, declared), declared, day) for row in registers.ask(asked)]


def ties(
    registers: Registers, scope: Scope, employer_id: str, day: dt.date, most: int, unmasked: Collection[str] = ()
) -> list[Tie]:
    """What it shares with employers of the scope, at most `most`; what it shares with others is not there.

    `unmasked`: the kinds of tie whose values are shown whole.
    """
    if not registers.has("employer_ties"):
        return []

    def asked(table: Callable[[str], ir.Table]) -> ir.Table:
        held = standing_on(table("employer_ties"), REGISTERS["employer_ties"], day)
        held = held.filter(held.since.isnull() | (held.since <= day))
        own = held.filter(held.employer_id == employer_id).select("tie", "value").distinct()
        others = held.filter(held.employer_id != employer_id).join(own, ["tie", "value"])
        whose = standing_on(table("employers"), REGISTERS["employers"], day).select("employer_id", "name", "region")
        found = others.join(whose, "employer_id")
        if scope.regions is not None:
            found = found.filter(found.region.isin(sorted(scope.regions)))
        return found.order_by("tie", "value", "employer_id").limit(most)

    return [_tie(row, day, unmasked) for row in registers.ask(asked)]


def _tie(row: Row, day: dt.date, unmasked: Collection[str]) -> Tie:
    until = row["until"] if row["until"] is not None and row["until"] <= day else None
    value = row["value"] if row["tie"] in unmasked else masked_tie(row["tie"], row["value"])
    return Tie(row["tie"], value, row["employer_id"], row["name"], row["since"], until)
