"""Fit the risk model: small monotone trees, no class weights, calibrated on a later window."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version as installed

import lightgbm as lgb
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.errors import BadInput
from features.lake.lake import Lake
from training.artefact import Card, Floats, RiskModel
from training.dataset import Dataset, Progress, dataset, first_and_last_day, float_matrix, used_features
from training.labels import Label
from training.split import split_before

FEWEST_POSITIVES = 20
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
TREES = 200


@dataclass(frozen=True)
class Training:
    """A model with the rows that it and its baselines learn from."""

    model: RiskModel
    fit: Dataset
    calibration: Dataset


def train(
    lake: Lake,
    engine: Engine,
    as_of: dt.date,
    *,
    label: Label,
    months: int,
    seed: int = 1,
    version: int | None = None,
    on_progress: Progress | None = None,
) -> Training:
    """The model that could have been trained on `as_of`: nothing known later is used, labels included.

    BadInput where there is too little history or there are too few positives to learn from.
    """
    version = lake.version() if version is None else version
    split = split_before(as_of, months, first_and_last_day(lake, engine, version)[0])
    features = list(EMPLOYER_FEATURES)
    both = dataset(
        lake, engine, [*split.fit, split.calibrate], features,
        label=label, months=months, known_by=as_of, version=version, on_progress=on_progress,
    )  # fmt: skip
    newest = both.rows["as_of"] == split.calibrate
    fit, calibration = both.rows[~newest], both.rows[newest]
    _enough(fit, calibration, label)
    names = used_features(fit, features)
    booster = fit_trees(fit, names, seed)
    margin = np.asarray(booster.predict(float_matrix(calibration, names), raw_score=True, num_threads=1))
    slope, intercept = sigmoid(margin, calibration["label"].to_numpy())
    model_id = f"employers-{label}-{months}m-{as_of}-v{version}-s{seed}"
    card = Card(
        model_id, "employers", label, months, as_of.isoformat(), version, seed, names,
        {name: EMPLOYER_FEATURES[name].fingerprint for name in names}, slope, intercept,
        rows={"fitted": len(fit), "positives": int(fit["label"].sum()), "calibrated": len(calibration),
              **{f"dropped: {reason}": count for reason, count in both.dropped.items()}},
        versions={name: installed(name) for name in ("lightgbm", "numpy", "duckdb", "ibis-framework")},
    )  # fmt: skip
    return Training(RiskModel(card, booster), Dataset(fit, both.dropped), Dataset(calibration, {}))


def fit_trees(rows: pd.DataFrame, names: Sequence[str], seed: int) -> lgb.Booster:
    """LightGBM on `rows`, with each feature's direction as its monotone constraint."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    parameters = {
        **PARAMETERS,
        "seed": seed,
        "num_threads": 1,
        "monotone_constraints": [EMPLOYER_FEATURES[name].direction for name in names],
    }
    data = lgb.Dataset(float_matrix(rows, names), rows["label"].to_numpy(), feature_name=list(names))
    return lgb.train(parameters, data, num_boost_round=TREES)


def sigmoid(margin: Floats, label: Floats) -> tuple[float, float]:
    """Slope and intercept of the sigmoid that fits the labels best; the order stays (the slope is above 0)."""
    fitted = LogisticRegression(C=1e6).fit(margin.reshape(-1, 1), label)
    return max(float(fitted.coef_[0, 0]), 1e-6), float(fitted.intercept_[0])


def _enough(fit: pd.DataFrame, calibration: pd.DataFrame, label: Label) -> None:
    for name, rows in (("to fit on", fit), ("to calibrate on", calibration)):
        positives, negatives = int((rows["label"] == 1).sum()), int((rows["label"] == 0).sum())
        if min(positives, negatives) < FEWEST_POSITIVES:
            raise BadInput(
                f"there are too few known outcomes {name} for the label {label}",
                found=f"{positives} with and {negatives} without",
                expected=f"at least {FEWEST_POSITIVES} of each",
                do="choose a later --as-of, another --label or --horizon, or ingest more decisions",
            )
