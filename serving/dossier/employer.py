"""One employer: who it is, its months, and what was complained of, inspected and shared, as known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from serving.dossier.registers import Registers, Row
from serving.jurisdiction import Scope, not_there
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
    """Something shared with another employer. `value` is masked."""

    tie: str
    value: str | None
    employer_id: str
    name: str
    since: dt.date | None
    until: dt.date | None


def employer(registers: Registers, scope: Scope, employer_id: str, day: dt.date) -> Row:
    """Its row of the register as known on `day`. NotFound: unknown on the day, or outside the scope."""
    found = registers.known("employers", {"employer_id": employer_id}, day)
    if not found or not scope.holds(found[0]["region"]):
        raise not_there("no such employer", employer_id)
    return found[0]


def months(registers: Registers, employer_id: str, day: dt.date) -> list[Row]:
    """Its months of payroll, newest first: month and MONTH_FACTS."""
    return [
        {"month": cell["event"], **{name: cell[name] for name in MONTH_FACTS}}
        for cell in registers.folded("payroll", employer_id, day)
        if cell["workers"] > 0
    ]


def ties(registers: Registers, scope: Scope, employer_id: str, day: dt.date, most: int) -> list[Tie]:
    """What it shares with employers of the scope, at most `most`; what it shares with others is not there."""
    found: list[Tie] = []
    for own in registers.known("employer_ties", {"employer_id": employer_id}, day):
        same = registers.known("employer_ties", {"tie": own["tie"], "value": own["value"]}, day)
        for other in same:
            if len(found) == most:
                return found
            row = None if other["employer_id"] == employer_id else _seen(registers, scope, other["employer_id"], day)
            if row is not None:
                found.append(_tie(other, row))
    return found


def _seen(registers: Registers, scope: Scope, employer_id: str, day: dt.date) -> Row | None:
    rows = registers.known("employers", {"employer_id": employer_id}, day)
    return next(iter(scope.kept(rows, lambda row: row["region"])), None)


def _tie(other: Mapping[str, Any], row: Mapping[str, Any]) -> Tie:
    shown = masked_tie(other["tie"], other["value"])
    return Tie(other["tie"], shown, other["employer_id"], row["name"], other["since"], other["until"])
