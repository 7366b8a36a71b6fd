"""Vehicle claims of 1994 to judge those of 1995: small trees on declared orders against a one-hot logistic regression."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder

from experiments.payout_fraud.vehicle_columns import (
    FIRST_HALF,
    LABEL,
    NAMES,
    as_written,
    directions,
    encoded,
    unknown_words,
)
from training.artefact import Floats
from training.metrics import Judged, bootstrap, figures, interval
from training.trees import PARAMETERS

TREES = (10, 25, 50, 75, 100, 150, 200, 300)
STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)  # C of the regression
SHOWN = ("auc", "average_precision", "precision@1%", "recall@1%", "precision@5%", "recall@5%", "ece")
MODEL, LOGISTIC = "LightGBM", "logistic regression"
DRAWS = 1000


def judge_vehicles(file: Path, seed: int = 1, draws: int = DRAWS) -> dict[str, Any]:
    """Figures of both models on 1995 with intervals, the paired difference, and what was chosen within 1994."""
    claims = pd.read_csv(file, keep_default_na=False)
    training, test = (claims[claims["Year"] == year].reset_index(drop=True) for year in (1994, 1995))
    trees, strength = chosen_within(training, seed)
    data = encoded(training, test, seed)
    booster = _fit(data.training, training[LABEL], trees, seed)
    logistic = _logistic(training, strength)
    scores = {
        MODEL: np.asarray(booster.predict(data.test, num_threads=1)),
        LOGISTIC: logistic.predict_proba(as_written(test))[:, 1],
    }
    return {
        "training": {"claims": len(training), "frauds": int(training[LABEL].sum())},
        "test": {"claims": len(test), "frauds": int(test[LABEL].sum()), "unknown words": unknown_words(test)},
        "trees": trees,
        "strength": strength,
        **_compared({name: _judged(test, score) for name, score in scores.items()}, seed, draws),
    }


def chosen_within(training: pd.DataFrame, seed: int) -> tuple[int, float]:
    """The number of TREES and the strength C of STRENGTHS that do best (average precision) when the first half of 1994 judges the second."""
    early = training["Month"].isin(FIRST_HALF)
    kept, held = training[early], training[~early]
    data = encoded(kept, held, seed)
    booster = _fit(data.training, kept[LABEL], max(TREES), seed)
    by_trees = [
        average_precision_score(held[LABEL], booster.predict(data.test, num_iteration=trees, num_threads=1))
        for trees in TREES
    ]
    by_strength = [
        average_precision_score(held[LABEL], _logistic(kept, strength).predict_proba(as_written(held))[:, 1])
        for strength in STRENGTHS
    ]
    return TREES[int(np.argmax(by_trees))], STRENGTHS[int(np.argmax(by_strength))]


def _fit(rows: Floats, label: pd.Series, trees: int, seed: int) -> lgb.Booster:
    parameters = {**PARAMETERS, "seed": seed, "num_threads": 1, "monotone_constraints": directions()}
    return lgb.train(parameters, lgb.Dataset(rows, label.to_numpy(), feature_name=NAMES), num_boost_round=trees)


def _logistic(training: pd.DataFrame, strength: float) -> Pipeline:
    """One-hot of the same columns as written."""
    model = make_pipeline(OneHotEncoder(handle_unknown="ignore"), LogisticRegression(C=strength, max_iter=5000))
    return model.fit(as_written(training), training[LABEL])


def _judged(test: pd.DataFrame, score: Floats) -> Judged:
    label = test[LABEL].to_numpy(np.float64)
    return Judged(score, label, {}, probability=True)


def _compared(judged: dict[str, Judged], seed: int, draws: int) -> dict[str, Any]:
    """Each ranking's figures and the trees' less the regression's, with bootstrap intervals over claims."""
    capacity = len(judged[MODEL].label) // 20
    found = {name: figures(one, capacity) for name, one in judged.items()}
    drawn = bootstrap(judged, capacity, seed, draws)
    shown = {name: {k: interval(found[name][k], [d[k] for d in drawn[name]]) for k in SHOWN} for name in judged}
    paired = zip(drawn[MODEL], drawn[LOGISTIC], strict=True)
    less = [{k: one[k] - other[k] for k in SHOWN} for one, other in paired]
    difference = {k: interval(found[MODEL][k] - found[LOGISTIC][k], [d[k] for d in less]) for k in SHOWN}
    return {"figures": shown, "difference": difference}
