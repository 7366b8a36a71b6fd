"""How often a bootstrap draws each subject: afresh, or by name, so that one draw takes the same subjects on every day."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, factorial

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Names = npt.NDArray[np.object_]
_POISSON = np.cumsum([exp(-1) / factorial(k) for k in range(20)])  # chance of at most k where 1 is expected


def drawn(subjects: int, draws: int, seed: int) -> Iterator[Floats]:
    """For each draw how often each of so many `subjects` is drawn, shape (subjects,): as many as there are, put back each time."""
    random = np.random.default_rng(seed)
    for _ in range(draws):
        yield np.bincount(random.integers(0, subjects, subjects), minlength=subjects).astype(np.float64)


def drawn_by_name(names: Names, draws: int, seed: int) -> Iterator[Floats]:
    """The same of subjects with `names`, shape (subjects,): how often depends on name, seed and draw alone.

    The counts of a draw are Poisson's (once on average), so nobody need know who else is there on which day.
    """
    keys = pd.util.hash_array(names, categorize=False)
    random = np.random.default_rng(seed)
    for _ in range(draws):
        share = _mixed(keys ^ random.integers(0, 2**64, dtype=np.uint64)) / 2.0**64
        yield np.searchsorted(_POISSON, share).astype(np.float64)


def _mixed(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Every bit of the result depends on every bit of a key (SplitMix64, Steele, Lea and Flood, 2014)."""
    mixed = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
