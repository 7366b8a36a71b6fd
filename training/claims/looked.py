"""Figures of the claims that anybody reviewed after the day, beside those of reviews by lot alone.

Naive figures speak of claims like those reviewed: tips know more than chance, so they look better than they are. Reviews
by lot need no such belief, and are few.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from training.artefact import Floats
from training.claims.reviewed import Kind, found_as
from training.looked import Looked, estimate


def reviewed_side_by_side(rows: pd.DataFrame, risk: Floats, kind: Kind, capacity: int, seed: int) -> dict[str, Any]:
    """`naive` and `random_arm` over `rows` (see followed.followed) with `risk` (rows,); as training.looked says them."""
    listed = (pd.Series(risk).rank(method="first", ascending=False) <= capacity).to_numpy(dtype=np.float64)
    label = found_as(rows, kind).to_numpy(dtype=np.float64)
    arms = {"naive": ~np.isnan(label), "random_arm": ~np.isnan(label) & rows["by_lot"].to_numpy(dtype=bool)}
    return {
        name: estimate(Looked(risk[known], label[known], listed[known], np.ones(int(known.sum())), even=True), seed)
        for name, known in arms.items()
    }
