"""Weights for a model of findings: employers inspected stand for all employers, not for those whom inspectors choose.

The trees learn from every inspection, weighted. The sigmoid that makes their margin a probability learns from
inspections that answered no complaint: a complaint filed after the day brings visits to those who owe, and no weight
made of what was known on the day can mend that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from training.artefact import Floats
from training.dataset import Dataset
from training.labels import Label, finding_of
from training.limits import FEWEST_TO_SAY, LARGEST_WEIGHT
from training.propensity import Arm, cross_fitted, effective_size, weights

WEIGHT: dict[Arm, str] = {"": "weight", "planned_": "planned_weight"}


def weighted(seen: Dataset, names: Sequence[str], label: Label, seed: int) -> tuple[Dataset, dict[str, float] | None]:
    """`seen` with the columns of WEIGHT for the label finding, and what the card says of them; else as it was, None.

    None too where too few were inspected to learn the chance of it: then the model speaks of those inspected.
    """
    if label != "finding":
        return seen, None
    columns: dict[str, Floats] = {}
    for arm, column in WEIGHT.items():
        chance = cross_fitted(seen.rows, names, arm, seed)
        if chance is not None:
            columns[column] = weights(chance, float(finding_of(seen.rows, arm).notna().mean()))
    if WEIGHT[""] not in columns:
        return seen, None
    known = finding_of(seen.rows).notna().to_numpy()
    weight = columns[WEIGHT[""]][known]
    said = {
        "inspected": float(known.sum()),
        "effective_size": effective_size(weight),
        "largest_weight": LARGEST_WEIGHT,
        "cut_weights": float((weight >= LARGEST_WEIGHT).sum()),
    }
    return Dataset(seen.rows.assign(**columns), seen.dropped), said


def calibrating(rows: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Of the calibration window of a finding model those inspected without a complaint, with their weights, and True.

    All of `rows`, as they are, and False where the model is not weighted or too few of these were found with, or
    without, arrears.
    """
    if WEIGHT["planned_"] not in rows.columns:
        return rows, False
    label = finding_of(rows, "planned_")
    planned = rows.assign(label=label, weight=rows[WEIGHT["planned_"]])[label.notna()]
    counts = np.bincount(planned["label"].astype(int), minlength=2)
    return (planned, True) if counts.min() >= FEWEST_TO_SAY else (rows, False)
