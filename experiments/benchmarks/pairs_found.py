"""How many of the pairs that are one person a grouping finds, and how many of those it finds are right."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Array


def pairs_found(groups: Array, truth: Array) -> dict[str, float]:
    """Precision, recall and F1 over unordered pairs of records, by two groupings of the same records (one value each)."""
    _, group = np.unique(groups, return_inverse=True)
    _, person = np.unique(truth, return_inverse=True)
    both = group.astype(np.int64) * (int(person.max()) + 1) + person
    found, true, right = (_pairs(each) for each in (group, person, both))
    precision, recall = right / max(found, 1), right / max(true, 1)
    f1 = 2 * right / max(found + true, 1)
    return {"pairs": found, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _pairs(groups: Array) -> int:
    sizes = np.unique(groups, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())
