"""Rankings of one test week against one another: figures with intervals over customers, and paired differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from experiments.payout_fraud.card_precision import Day, card_precision, days_of
from training.artefact import Floats
from training.metrics import Judged, figures, interval

FIGURES = ("auc", "average_precision", "card_precision")
Interval = dict[str, float | None]


class Ranking:
    """The scores of a test week's payments; `test` has day, customer, fraud and amount."""

    def __init__(self, test: pd.DataFrame, score: Floats) -> None:
        label, money = (test[name].to_numpy(np.float64) for name in ("fraud", "amount"))
        self.judged = Judged(score, label, {"money": money}, probability=False)
        self.days: list[Day]
        self.days, self.customers = days_of(test, score)
        self.customer = pd.factorize(test["customer"], sort=True)[0]

    def figures(self, weight: Floats | None = None) -> dict[str, float]:
        """FIGURES; `weight` (customers,) is how often a bootstrap drew each customer, with all payments."""
        weight = np.ones(self.customers) if weight is None else weight
        found = figures(self.judged, 1, weight[self.customer])
        return {
            "auc": found["auc"],
            "average_precision": found["average_precision"],
            "card_precision": card_precision(self.days, weight),
        }


def compared(
    test: pd.DataFrame, scores: Mapping[str, Floats], pairs: Sequence[tuple[str, str]], seed: int, draws: int
) -> dict[str, dict[str, dict[str, Interval]]]:
    """`figures` of every ranking with intervals, and `differences`: of each of `pairs` the first less the second."""
    rankings = {name: Ranking(test, score) for name, score in scores.items()}
    found = {name: ranking.figures() for name, ranking in rankings.items()}
    drawn: dict[str, list[dict[str, float]]] = {name: [] for name in rankings}
    random = np.random.default_rng(seed)
    customers = next(iter(rankings.values())).customers
    for _ in range(draws):
        weight = np.bincount(random.integers(0, customers, customers), minlength=customers).astype(np.float64)
        for name, ranking in rankings.items():
            drawn[name].append(ranking.figures(weight))
    return {
        "figures": {name: _with_intervals(found[name], drawn[name]) for name in rankings},
        "differences": {
            f"{one} less {other}": _with_intervals(
                _less(found[one], found[other]), [_less(*two) for two in zip(drawn[one], drawn[other], strict=True)]
            )
            for one, other in pairs
        },
    }


def _with_intervals(found: dict[str, float], drawn: Sequence[dict[str, float]]) -> dict[str, Interval]:
    return {name: interval(found[name], [draw[name] for draw in drawn]) for name in FIGURES}


def _less(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {name: one[name] - other[name] for name in FIGURES}
