"""From a margin to a probability: a sigmoid learned from later claims, raised to what reviews by lot say is common.

Most wrong claims are never reviewed, and count as not found. A sigmoid that fits them tells how often reviews as they
were held find a claim; raised, how often a review of every claim would.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from training.artefact import Floats, calibrated
from training.trees import sigmoid, weight_of

FARTHEST = 20.0  # log-odds


@dataclass(frozen=True)
class Sigmoid:
    """`raised`: log-odds added so that the mean is what reviews by lot found; 0 where they were too few to say."""

    slope: float
    intercept: float
    raised: float = 0.0

    def apply(self, margin: Floats) -> Floats:
        """Probabilities of margins, the same shape."""
        return calibrated(margin, self.slope, self.intercept)


def calibration(margin: Floats, later: pd.DataFrame, share: float | None) -> Sigmoid:
    """The sigmoid of `later` claims (label, weight) with `margin`; its mean is raised to `share` where that is known."""
    weight = weight_of(later)
    slope, intercept = sigmoid(margin, later["label"].to_numpy(dtype=np.float64), weight)
    if share is None:
        return Sigmoid(slope, intercept)

    def short_by(raise_by: float) -> float:
        return float(np.average(calibrated(margin, slope, intercept + raise_by), weights=weight)) - share

    if short_by(0.0) >= 0:
        return Sigmoid(slope, intercept)
    raised = float(brentq(short_by, 0.0, FARTHEST))
    return Sigmoid(slope, intercept + raised, raised)
