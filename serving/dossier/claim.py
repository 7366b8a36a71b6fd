"""One claim: as it was filed, what was paid on it, and what reviews found, as known on a day."""

from __future__ import annotations

import datetime as dt

from serving.dossier.registers import Registers, Row
from serving.jurisdiction import Scope


def claim(registers: Registers, scope: Scope, claim_id: str, day: dt.date) -> Row:
    """Its row of the register as known on `day`. NotFound: unknown on the day, or outside the scope."""
    return registers.seen("claims", "claim_id", claim_id, scope, day, "no such claim")


def payouts(registers: Registers, claim_id: str, day: dt.date) -> list[Row]:
    """What was paid on it, newest known first."""
    return registers.known("payouts", {"claim_id": claim_id}, day)


def reviews(registers: Registers, scope: Scope, claim_id: str, day: dt.date) -> list[Row]:
    """What reviews found, newest first. The claim it duplicates is named only where it is in the scope."""
    found = registers.known("claim_decisions", {"claim_id": claim_id}, day)
    for row in found:
        if row["duplicate_of"] and not _seen(registers, scope, row["duplicate_of"], day):
            row["duplicate_of"] = None
    return found


def _seen(registers: Registers, scope: Scope, claim_id: str, day: dt.date) -> bool:
    return scope.everywhere or any(
        scope.holds(row["region"]) for row in registers.known("claims", {"claim_id": claim_id}, day)
    )
