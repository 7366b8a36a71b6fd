"""The order by expected money beside the order by probability, and what was expected against what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from training.artefact import Floats
from training.drawing import Names
from training.harm import Harm
from training.metrics import BOOTSTRAPS, Judged, interval
from training.rankings import Ranked, average, difference, ranked

FIGURES = ("hits", "workers", "money")
BY_PROBABILITY, BY_MONEY = "model", "expected_money"


def ranked_by_harm(model: Judged, harm: Harm, capacity: int, seed: int, names: Names) -> Ranked | None:
    """Both orders of the same employers, who have `names`: by the model's probability and by expected money."""
    by_money = Judged(harm.money, model.label, model.amounts, False)
    return ranked({BY_PROBABILITY: model, BY_MONEY: by_money}, capacity, seed, names=names)


def orders(days: Sequence[Ranked | None]) -> dict[str, Any] | None:
    """Hits, workers and money found at each cut by either order, and money's less probability's; None where not known."""
    known = [day for day in days if day is not None]
    if not known:
        return None
    found = {
        "by_probability": average(known, BY_PROBABILITY),
        "by_expected_money": average(known, BY_MONEY),
        "money_less_probability": difference(known, BY_MONEY, BY_PROBABILITY),
    }
    return {
        name: {figure: one for figure, one in figures.items() if figure.split("@")[0] in FIGURES}
        for name, figures in found.items()
    }


def expected_against_found(rows: pd.DataFrame, risk: Floats, harm: Harm, seed: int) -> dict[str, Any]:
    """Sums over `rows`: employers, money and workers expected, found, and expected over found with its interval.

    Employers tell how much of a distance is the risk's own and how much is the amounts'.
    """
    expected = {"employers": (risk, "label"), "money": (harm.money, "money"), "workers": (harm.workers, "workers")}
    return {
        name: _against(sums, rows[column].to_numpy(dtype=np.float64), seed) for name, (sums, column) in expected.items()
    }


def _against(expected: Floats, found: Floats, seed: int) -> dict[str, Any]:
    random, n = np.random.default_rng(seed), len(found)
    draws = []
    for _ in range(BOOTSTRAPS):
        drawn = np.bincount(random.integers(0, n, n), minlength=n)
        draws.append(float(drawn @ expected / (drawn @ found)) if drawn @ found else float("nan"))
    ratio = float(expected.sum() / found.sum()) if found.sum() else float("nan")
    return {"expected": float(expected.sum()), "found": float(found.sum()), "ratio": interval(ratio, draws)}
