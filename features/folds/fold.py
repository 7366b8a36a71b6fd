"""The folds there are, and what they yield."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir

from features.folds.complaints import fold_complaints
from features.folds.contributions import fold_contributions
from features.folds.inspections import fold_inspections
from features.folds.payroll import fold_payroll


@dataclass(frozen=True)
class Fold:
    """How the rows of `register` become cells. `monthly`: the event is a month, else a day."""

    register: str
    expression: Callable[[ir.Table], ir.Table]
    monthly: bool


FOLDS: dict[str, Fold] = {
    fold.register: fold
    for fold in (
        Fold("complaints", fold_complaints, monthly=False),
        Fold("inspections", fold_inspections, monthly=False),
        Fold("payroll", fold_payroll, monthly=True),
        Fold("contributions", fold_contributions, monthly=True),
    )
}
