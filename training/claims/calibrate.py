"""From a margin to a probability: how steep it is from later claims, how high from how common the kind is.

Most wrong claims are never reviewed, and count as not found where trees learn. So later claims tell the slope of the
sigmoid alone. Its height is such that the mean over all claims, as they stood on the as-of day, is what reviews by lot
say a review of any claim would find; where they are too few to say, what reviews as they were held did find.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from training.artefact import Floats, calibrated
from training.claims.prevalence import Prevalence
from training.trees import sigmoid

FARTHEST = 50.0  # log-odds


@dataclass(frozen=True)
class Sigmoid:
    """What turns a margin into a probability."""

    slope: float
    intercept: float

    def apply(self, margin: Floats) -> Floats:
        """Probabilities of margins, the same shape."""
        return calibrated(margin, self.slope, self.intercept)


def calibration(margin: Floats, later: pd.DataFrame, all_margins: Floats, common: Prevalence) -> Sigmoid:
    """The slope by `later` claims (label, stands_for) and their `margin`, the height by the margins of all claims."""
    slope, _ = sigmoid(
        margin, later["label"].to_numpy(dtype=np.float64), later["stands_for"].to_numpy(dtype=np.float64)
    )

    def too_high(intercept: float) -> float:
        return float(calibrated(all_margins, slope, intercept).mean()) - common.expected

    middle = -slope * float(np.median(all_margins))
    return Sigmoid(slope, float(brentq(too_high, middle - FARTHEST, middle + FARTHEST)))
