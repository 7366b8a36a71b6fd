"""LightGBM on rows with a label: small monotone trees, fixed seeds, no class weights, and the sigmoid that calibrates them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from features.employers import EMPLOYER_FEATURES
from features.feature import Catalogue
from training.artefact import Floats
from training.dataset import float_matrix

PARAMETERS: dict[str, object] = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "max_depth": 5,
    "min_data_in_leaf": 100,
    "lambda_l2": 5.0,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "monotone_constraints_method": "advanced",
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}
TREES = 100


def fit_trees(
    rows: pd.DataFrame,
    names: Sequence[str],
    seed: int,
    trees: int = TREES,
    start: lgb.Booster | None = None,
    catalogue: Catalogue = EMPLOYER_FEATURES,
    parameters: Mapping[str, object] = PARAMETERS,
) -> lgb.Booster:
    """`trees` of LightGBM on `rows`, each feature's direction as its monotone constraint; `start` has some to go on from."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    chosen = {
        **parameters,
        "seed": seed,
        "num_threads": 1,
        "monotone_constraints": [catalogue[name].direction for name in names],
    }
    weight, label = weight_of(rows), rows["label"].to_numpy()
    data = lgb.Dataset(float_matrix(rows, names), label, weight=weight, feature_name=list(names))
    return lgb.train(chosen, data, num_boost_round=trees, init_model=start)


def weight_of(rows: pd.DataFrame) -> Floats | None:
    """The weights of `rows`, shape (rows,); None where all weigh the same."""
    return rows["weight"].to_numpy(dtype=np.float64) if "weight" in rows.columns else None


def sigmoid(margin: Floats, label: Floats, weight: Floats | None = None) -> tuple[float, float]:
    """Slope and intercept of the sigmoid that fits the labels best; the order stays (the slope is above 0)."""
    fitted = LogisticRegression(C=1e6).fit(margin.reshape(-1, 1), label, sample_weight=weight)
    return max(float(fitted.coef_[0, 0]), 1e-6), float(fitted.intercept_[0])
