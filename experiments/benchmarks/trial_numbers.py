"""What the trial (trial_service.py) scores: rows of numbers drawn by lot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NUMBERS = 80


def rows(number: int, seed: int) -> NDArray[np.float64]:
    """So many rows of `NUMBERS` normal numbers."""
    return np.random.default_rng(seed).normal(size=(number, NUMBERS))
