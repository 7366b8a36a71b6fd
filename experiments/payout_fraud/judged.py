"""Rankings of one test week against one another: figures with intervals over customers, and paired differences."""

from __future__ import annotations

from collections.abc import Mapping

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
    test: pd.DataFrame, scores: Mapping[str, Floats], against: str, seed: int, draws: int
) -> dict[str, dict[str, dict[str, Interval]]]:
    """`figures` of every ranking with intervals, and `less <against>`: its figures less those of the ranking `against`."""
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
        "figures": {
            name: {k: interval(one[k], [draw[k] for draw in drawn[name]]) for k in FIGURES}
            for name, one in found.items()
        },
        f"less {against}": {
            name: {
                k: interval(
                    one[k] - found[against][k],
                    [a[k] - b[k] for a, b in zip(drawn[name], drawn[against], strict=True)],
                )
                for k in FIGURES
            }
            for name, one in found.items()
            if name != against
        },
    }
