"""What a model must beat: order by lot, the count of earlier complaints, logistic regression on the same features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from training.artefact import Floats
from training.dataset import float_matrix

COUNT_FEATURE = "complaints_ever"


def random_order(rows: pd.DataFrame, seed: int) -> Floats:
    """One order by lot."""
    return np.random.default_rng(seed).random(len(rows))


def complaint_count(rows: pd.DataFrame) -> Floats:
    """The number of complaints known by the day."""
    return rows[COUNT_FEATURE].fillna(0).to_numpy(dtype=np.float64)


def logistic_regression(fit: pd.DataFrame, rows: pd.DataFrame, names: Sequence[str]) -> Floats:
    """Probabilities of a logistic regression: logarithms of amounts, missing values as the median and a flag."""
    model: Pipeline = make_pipeline(
        FunctionTransformer(_signed_log),
        SimpleImputer(strategy="median", add_indicator=True),
        StandardScaler(),
        LogisticRegression(max_iter=500),
    )
    model.fit(float_matrix(fit, names), fit["label"])
    return np.asarray(model.predict_proba(float_matrix(rows, names))[:, 1], dtype=np.float64)


def _signed_log(values: Floats) -> Floats:
    return np.asarray(np.sign(values) * np.log1p(np.abs(values)))
