"""The chance that an employer is inspected in the horizon, from what the chooser knew on the day.

Inspectors choose for reasons, so those inspected are not like the rest. Each inspected employer then stands for
1 / chance employers like it. Learned on earlier snapshot days only; cross-fitted, so that no chance is learned
from the row it is for. To it is added the mean chance of a visit by lot: where lots are drawn unevenly (lists of other
regions or lengths) it is not each employer's own: no register holds the chance of those who were not drawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from training.artefact import Floats, calibrated
from training.dataset import float_matrix
from training.limits import FEWEST_TO_SAY, LARGEST_WEIGHT, PROPENSITY_DAYS, PROPENSITY_TREES

Arm = Literal["", "planned_"]
OPENED: dict[Arm, str] = {"": "chosen", "planned_": "planned"}
TREES: dict[str, object] = {
    "objective": "binary", "learning_rate": 0.1, "num_leaves": 15, "max_depth": 5, "min_data_in_leaf": 100,
    "lambda_l2": 5.0, "deterministic": True, "force_row_wise": True, "verbosity": -1, "num_threads": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Propensity:
    """Two models, each of one half of the employers; one sigmoid for their mean margin; `by_lot`: the share of all
    employers that the lot drew, for each taken as its chance."""

    names: list[str]
    halves: tuple[lgb.Booster, lgb.Booster]
    slope: float
    intercept: float
    by_lot: float
    days: list[dt.date]

    def chance(self, rows: pd.DataFrame) -> Floats:
        """Chance, shape (rows,), of being inspected at all: chosen, or drawn by lot, or both."""
        chosen = calibrated(self._margin(rows), self.slope, self.intercept)
        return 1 - (1 - chosen) * (1 - self.by_lot)

    def _margin(self, rows: pd.DataFrame) -> Floats:
        """Of an employer that was learned from, the half that did not learn from it; else it would know itself."""
        matrix, half = float_matrix(rows, self.names), halves(rows["employer_id"])
        one, other = (_margin(booster, matrix) for booster in self.halves)
        return np.where(half == 0, other, one)


def learn_propensity(rows: pd.DataFrame, names: Sequence[str], arm: Arm = "", seed: int = 1) -> Propensity | None:
    """Who was inspected, learned from `rows` (all open employers of earlier days, with what happened afterwards).

    `arm`: any visit not by lot, or only those that answered no complaint. None where too few were inspected to learn
    from. Only the latest days are used: choosers change their plans.
    """
    days = sorted(rows["as_of"].unique())[-PROPENSITY_DAYS:]
    rows = rows[rows["as_of"].isin(days)]
    chosen = (rows[OPENED[arm]] > 0).to_numpy()
    half = halves(rows["employer_id"])
    if min(chosen[half == side].sum() for side in (0, 1)) < FEWEST_TO_SAY or chosen.all():
        return None
    matrix = float_matrix(rows, names)
    one, other = (_trees(matrix[half == side], chosen[half == side], seed) for side in (0, 1))
    unseen = np.where(half == 0, _margin(other, matrix), _margin(one, matrix))
    fitted = LogisticRegression(C=1e6).fit(unseen.reshape(-1, 1), chosen)
    by_lot = float((rows["by_lot"] > 0).mean())
    return Propensity(list(names), (one, other), float(fitted.coef_[0, 0]), float(fitted.intercept_[0]), by_lot, days)


def cross_fitted(rows: pd.DataFrame, names: Sequence[str], arm: Arm = "", seed: int = 1) -> Floats | None:
    """The chance of each of `rows` (all open employers of several days), learned from the days before its own.

    Days without enough days before them share what the earliest days that suffice teach, by the half of the employers
    they are not in. None where even all days are too few.
    """
    days = sorted(rows["as_of"].unique())
    chance = np.full(len(rows), np.nan)
    early: list[dt.date] = []
    for start in range(0, len(days), PROPENSITY_DAYS):
        block = days[start : start + PROPENSITY_DAYS]
        learned = learn_propensity(rows[rows["as_of"].isin(days[:start])], names, arm, seed) if start else None
        if learned is None:
            early += block
            learned = learn_propensity(rows[rows["as_of"].isin(early)], names, arm, seed)
            block = early
        if learned is not None:
            inside = rows["as_of"].isin(block).to_numpy() & np.isnan(chance)
            chance[inside] = learned.chance(rows[inside])
    return None if np.isnan(chance).any() else chance


def weights(chance: Floats, looked_at: float) -> Floats:
    """Stabilised inverse weights: `looked_at` (the share inspected of all) over the chance, cut at LARGEST_WEIGHT."""
    return np.minimum(looked_at / np.maximum(chance, 1e-12), LARGEST_WEIGHT)


def effective_size(weight: Floats) -> float:
    """How many equally weighted employers say as much as these (Kish)."""
    return float(weight.sum() ** 2 / (weight**2).sum()) if len(weight) else 0.0


def halves(employers: pd.Series) -> np.ndarray:
    """0 or 1 for each employer, always the same one; so both halves hold whole employers."""
    return np.array([crc32(str(name).encode()) % 2 for name in employers])


def _trees(matrix: Floats, chosen: np.ndarray, seed: int) -> lgb.Booster:
    data = lgb.Dataset(matrix, chosen.astype(np.float64))
    return lgb.train({**TREES, "seed": seed}, data, num_boost_round=PROPENSITY_TREES)


def _margin(booster: lgb.Booster, matrix: Floats) -> Floats:
    return np.asarray(booster.predict(matrix, raw_score=True, num_threads=1), dtype=np.float64)
