"""The folds there are, and what they yield: FOLDS by employer, CLAIM_FOLDS by what claims have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir

from features.folds.amounts import fold_amounts
from features.folds.claim_decisions import fold_claim_decisions
from features.folds.claims import fold_claims
from features.folds.complaints import fold_complaints
from features.folds.contributions import fold_contributions
from features.folds.inspections import fold_inspections
from features.folds.insured import fold_insured
from features.folds.moves import fold_moves
from features.folds.payouts import fold_payouts
from features.folds.payroll import fold_payroll
from features.folds.people import fold_people
from features.folds.presence import MOVE_MONTHS, PEOPLE_MONTHS


@dataclass(frozen=True)
class Fold:
    """How the rows of `registers` become the cells called `name`, which is also what features ask for.

    `monthly`: the event is a month, else a day. `looks_back`: the cells of a month are also told by the
    rows of the months that lie so many before it; `expression` then takes `month` and yields its cells
    alone (all months for None).
    """

    name: str
    registers: tuple[str, ...]
    expression: Callable[..., ir.Table]
    monthly: bool
    looks_back: tuple[int, ...] = ()


FOLDS: dict[str, Fold] = {
    fold.name: fold
    for fold in (
        Fold("complaints", ("complaints",), fold_complaints, monthly=False),
        Fold("inspections", ("inspections",), fold_inspections, monthly=False),
        Fold("payroll", ("payroll",), fold_payroll, monthly=True),
        Fold("contributions", ("contributions",), fold_contributions, monthly=True),
        Fold("people", ("payroll",), fold_people, monthly=True, looks_back=PEOPLE_MONTHS),
        Fold("insured", ("payroll", "contributions"), fold_insured, monthly=True),
        Fold("moves", ("payroll",), fold_moves, monthly=True, looks_back=MOVE_MONTHS),
    )
}

CLAIM_FOLDS: dict[str, Fold] = {
    fold.name: fold
    for fold in (
        Fold("claims", ("claims",), fold_claims, monthly=False),
        Fold("payouts", ("payouts", "claims"), fold_payouts, monthly=False),
        Fold("amounts", ("claims",), fold_amounts, monthly=False),
        Fold("claim_decisions", ("claim_decisions", "claims"), fold_claim_decisions, monthly=False),
    )
}
