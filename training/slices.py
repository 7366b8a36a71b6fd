"""The model's figures by region, industry and size, or by whatever else tells subjects apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from training.limits import FEWEST_TO_SAY
from training.metrics import Judged, bootstrap, figures, interval

SLICES = ("region", "industry", "size_band")


def slices(
    rows: pd.DataFrame, risk: np.ndarray, capacity: int, seed: int, columns: Sequence[str] = SLICES
) -> dict[str, list[dict[str, Any]]]:
    """Each value of `columns` among `rows` (with `label`): its figures, or that it is too few to say."""
    listed = pd.Series(risk).rank(method="first", ascending=False) <= capacity
    return {
        column: [
            _slice(str(name), rows.loc[index], risk[index], listed.loc[index], seed)
            for name, index in rows.groupby(rows[column].fillna("unknown")).groups.items()
        ]
        for column in columns
    }


def _slice(name: str, rows: pd.DataFrame, risk: np.ndarray, listed: pd.Series, seed: int) -> dict[str, Any]:
    """One group: too few to say below 20 positives or negatives."""
    label = rows["label"].to_numpy(dtype=np.float64)
    positives = int(label.sum())
    found: dict[str, Any] = {
        "name": name, "subjects": len(rows), "positives": positives, "listed": int(listed.sum()),
        "listed_positives": int(label[listed.to_numpy()].sum()), "mean_risk": float(risk.mean()), "base_rate": float(label.mean()),
    }  # fmt: skip
    if min(positives, len(rows) - positives) < FEWEST_TO_SAY:
        return found | {"too_few_to_say": True}
    one = {"model": Judged(risk, label, {}, probability=False)}
    draws = bootstrap(one, 1, seed, draws=100)["model"]
    values = figures(one["model"], 1)
    return found | {f: interval(values[f], [d[f] for d in draws]) for f in ("auc", "average_precision")}
