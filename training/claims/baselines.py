"""What a model of claims must beat: lot, the old rules, the amount, how many share the account, logistic regression."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pandas as pd

from training.artefact import Floats
from training.baselines import logistic_regression, random_order
from training.claims.reviewed import Kind

ORDERS: dict[str, dict[str, list[str]]] = tomllib.loads(
    files("training.claims").joinpath("baselines.toml").read_text(encoding="utf-8")
)["orders"]


def claim_baselines(
    fit: pd.DataFrame, rows: pd.DataFrame, names: Sequence[str], kind: Kind
) -> dict[str, tuple[Floats, bool]]:
    """Scores of every baseline, shape (rows,), and whether they are probabilities.

    `names` are the model's features; logistic regression learns from `fit` (label, stands_for) and all of them.
    """
    orders = {name: ordered_by(rows, features) for name, features in ORDERS[kind].items()}
    return {
        "random": (random_order(rows), False),
        **{name: (score, False) for name, score in orders.items() if score is not None},
        "logistic_regression": (
            logistic_regression(fit.assign(weight=fit["stands_for"]), rows, names, weighted=True),
            True,
        ),
    }


def ordered_by(rows: pd.DataFrame, features: Sequence[str]) -> Floats | None:
    """A score that orders `rows` by the first of `features` that they have, ties by the next; None where they have none.

    What is not known counts as 0.
    """
    there = [name for name in features if name in rows.columns and rows[name].notna().any()]
    if not there:
        return None
    order = rows[there].fillna(0).apply(tuple, axis=1).rank(method="dense")
    return np.asarray(order, dtype=np.float64)
