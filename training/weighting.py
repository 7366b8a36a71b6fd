"""Weights for a model of findings: employers inspected stand for all employers, not for those whom inspectors choose."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from training.dataset import Dataset
from training.labels import Label, finding_of
from training.limits import LARGEST_WEIGHT
from training.propensity import cross_fitted, effective_size, weights


def weighted(
    seen: Dataset, names: Sequence[str], label: Label, seed: int
) -> tuple[Dataset, dict[str, float] | None]:
    """`seen` with a column `weight` for the label finding, and what is said of it in the card; else as it was, None.

    None too where too few were inspected to learn the chance of it: then the model speaks of those inspected.
    """
    if label != "finding":
        return seen, None
    chance = cross_fitted(seen.rows, names, seed)
    if chance is None:
        return seen, None
    known = finding_of(seen.rows).notna().to_numpy()
    weight = weights(chance, float(known.mean()))
    said = {
        "inspected": float(known.sum()),
        "effective_size": effective_size(weight[known]),
        "largest_weight": LARGEST_WEIGHT,
        "cut_weights": float((weight[known] >= LARGEST_WEIGHT).sum()),
        "smallest_chance": float(np.min(chance[known])) if known.any() else float("nan"),
    }
    return Dataset(seen.rows.assign(weight=weight), seen.dropped), said
