"""What a model must beat: lot, earlier complaints, what payroll shows today, plainer models on ten features or on all."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from training.artefact import Floats
from training.dataset import float_matrix
from training.limits import PLAIN_FEATURES
from training.trees import fit_trees

_NAMED: dict[str, Any] = tomllib.loads(files("training").joinpath("baselines.toml").read_text(encoding="utf-8"))
ORDERS: dict[str, str] = _NAMED["orders"]
PLAIN: list[str] = _NAMED["plain"]["features"]
COUNT_FEATURE = "complaints_ever"


def baselines(fit: pd.DataFrame, rows: pd.DataFrame, names: Sequence[str], seed: int) -> dict[str, tuple[Floats, bool]]:
    """Scores of every baseline, shape (rows,), and whether they are probabilities; learned from `fit`, all of `names`."""
    plain = plain_features(names)
    orders = {order: feature_order(rows, name) for order, name in ORDERS.items() if name in names}
    return {
        "random": (random_order(rows), False),
        "complaint_count": (complaint_count(rows), False),
        **{order: (score, False) for order, score in orders.items()},
        "logistic_ten": (logistic_regression(fit, rows, plain), True),
        "trees_ten": (trees(fit, rows, plain, seed), True),
        "logistic_regression": (logistic_regression(fit, rows, names), True),
    }


def plain_features(names: Sequence[str]) -> list[str]:
    """The first ten of the plain features that are among `names`."""
    return [name for name in PLAIN if name in names][:PLAIN_FEATURES]


def feature_order(rows: pd.DataFrame, name: str) -> Floats:
    """One feature as the order; what is not known comes last, with what is 0."""
    return rows[name].fillna(0).to_numpy(dtype=np.float64)


def trees(fit: pd.DataFrame, rows: pd.DataFrame, names: Sequence[str], seed: int) -> Floats:
    """Probabilities of the model's own trees on few features: no start from complaints, not calibrated."""
    booster = fit_trees(fit.drop(columns="weight", errors="ignore"), names, seed)
    return np.asarray(booster.predict(float_matrix(rows, names), num_threads=1), dtype=np.float64)


def random_order(rows: pd.DataFrame) -> Floats:
    """All alike: ties count as if broken by lot, so the figures are those to expect of lots, not those of one draw.

    One draw among few that came true is far from what lots do: with 13 of 29,922 its AUC was .245.
    """
    return np.zeros(len(rows))


def complaint_count(rows: pd.DataFrame) -> Floats:
    """The number of complaints known by the day."""
    return feature_order(rows, COUNT_FEATURE)


def logistic_regression(fit: pd.DataFrame, rows: pd.DataFrame, names: Sequence[str], weighted: bool = False) -> Floats:
    """Probabilities of a logistic regression: logarithms of amounts, missing values as the median and a flag.

    `weighted`: rows of `fit` count by their column `weight`.
    """
    model: Pipeline = make_pipeline(
        FunctionTransformer(_signed_log),
        SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True),
        StandardScaler(),
        LogisticRegression(max_iter=500),
    )
    weights = {"logisticregression__sample_weight": fit["weight"]} if weighted else {}
    model.fit(float_matrix(fit, names), fit["label"], **weights)
    return np.asarray(model.predict_proba(float_matrix(rows, names))[:, 1], dtype=np.float64)


def _signed_log(values: Floats) -> Floats:
    return np.asarray(np.sign(values) * np.log1p(np.abs(values)))
