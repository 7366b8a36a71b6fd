"""One claim: as it was filed, what was paid on it, and what reviews found, as known on a day.

What a row names outside the scope (an employer, another claim) is left out, and `elsewhere` says of which column.
"""

from __future__ import annotations

import datetime as dt

from serving.dossier.registers import Registers, Row
from serving.jurisdiction import Scope
from serving.texts import text


def claim(registers: Registers, scope: Scope, claim_id: str, day: dt.date) -> Row:
    """Its row of the register as known on `day`. NotFound: unknown on the day, or outside the scope."""
    found = registers.seen("claims", "claim_id", claim_id, scope, day, "no such claim")
    return _without(registers, scope, day, found, "employer_id", "employers", "employer_id")


def payouts(registers: Registers, claim_id: str, day: dt.date) -> list[Row]:
    """What was paid on it, newest known first."""
    return registers.known("payouts", {"claim_id": claim_id}, day)


def reviews(registers: Registers, scope: Scope, claim_id: str, day: dt.date) -> list[Row]:
    """What reviews found, newest first."""
    found = registers.known("claim_decisions", {"claim_id": claim_id}, day)
    return [_without(registers, scope, day, row, "duplicate_of", "claims", "claim_id") for row in found]


def _without(registers: Registers, scope: Scope, day: dt.date, row: Row, column: str, register: str, key: str) -> Row:
    """`row` without what its `column` names, where that row of `register` is not in the scope."""
    named = row[column]
    if named is None or scope.everywhere or _seen(registers, scope, day, register, key, named):
        return row | {"elsewhere": {}}
    return row | {column: None, "elsewhere": {column: text(f"{register[:-1]}_elsewhere").record()}}


def _seen(registers: Registers, scope: Scope, day: dt.date, register: str, key: str, named: str) -> bool:
    return any(scope.holds(row["region"]) for row in registers.known(register, {key: named}, day))
