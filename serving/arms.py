"""Who is on the list for certain and who by lot, and the chance that each had of being drawn.

The places for certain go to those first in order. The places by lot are drawn from the rest by systematic
sampling with known inclusion probabilities: the rest stands in a row by bin of score, within a bin in an
order drawn by lot, each as wide as its probability, and one random start picks every point a whole place
apart. So exactly as many are drawn as there are places, each with exactly its probability, and every bin has
its expected number but for one. Within a bin all pairs have the same joint probability,
E[n(n-1)] / (N(N-1)), n the number drawn of the bin's N: an estimate weighted by the inverse probability
(Horvitz and Thompson 1952) is unbiased.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from serving.limits import BIN_EDGES, LEAST_DRAW
from serving.lots import lots
from training.artefact import Floats

Policy = Literal["fixed", "bins"]
Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Arms:
    """Rows chosen for certain (in order), rows drawn by lot, each row's probability of being listed, and its bin."""

    certain: Places
    by_lot: Places
    probability: Floats
    bins: Places


def choose(
    order: Places, risk: Floats, looked_at: Flags, ids: list[str], *,
    capacity: int, random_share: float, policy: Policy, seed: int, as_of: dt.date, eligible: int | None = None,
) -> Arms:  # fmt: skip
    """The first of `order` for certain; round(capacity * random_share) of the rest, halves upwards, by lot: at least one
    of a list of two or more, unless the share is 0.

    `risk`, `looked_at` (whether an outcome is known) and `ids` are by row. Policy `fixed`: the same probability
    for all of the rest; `bins`: more where the score is uncertain or few were looked at. Only the first `eligible` of
    `order` may be chosen for certain (None: all).
    """
    by_lot = max(int(capacity * random_share + 0.5), int(random_share > 0 and capacity > 1))
    sure = capacity - by_lot if eligible is None else min(capacity - by_lot, eligible)
    certain, rest = order[:sure], order[sure:]
    bins = np.searchsorted(BIN_EDGES, risk, side="right")
    even = np.ones(len(rest))
    weights = even if policy == "fixed" else bin_weights(bins[rest], risk[rest], looked_at[rest])
    chances = inclusion_probabilities(weights, by_lot, LEAST_DRAW)
    row = np.lexsort((lots(seed, "arm", as_of, (ids[i] for i in rest)), even if policy == "fixed" else bins[rest]))
    start = float(lots(seed, "start", as_of, ["start"])[0] >> np.uint64(11)) / 2.0**53
    drawn = rest[row[systematic(chances[row], start)]]
    probability = np.ones(len(order))
    probability[rest] = chances
    return Arms(certain, drawn, probability, bins)


def bin_weights(bins: Places, risk: Floats, looked_at: Flags) -> Floats:
    """A weight for each row: its bin's standard deviation of the outcome, and how far that may be wrong.

    sqrt(p (1 - p)) is Neyman's allocation (1934), p the bin's mean risk; half over the root of the number looked
    at, and one, is the largest standard error their share can have (as the upper bounds of Carpentier and Munos,
    2011): where nothing is known all bins are nearly alike.
    """
    _, own = np.unique(bins, return_inverse=True)
    if not len(own):
        return np.empty(0)
    mean = np.bincount(own, risk) / np.bincount(own)
    known = np.bincount(own, looked_at)
    weights: Floats = (np.sqrt(mean * (1 - mean)) + 0.5 / np.sqrt(known + 1))[own]
    return weights


def inclusion_probabilities(weights: Floats, places: int, least: float) -> Floats:
    """Probabilities that add up to `places`, at most 1, each at least `least` of an even one, else by weight."""
    count = len(weights)
    if places >= count:
        return np.ones(count)
    even = places / count
    floor = least * even
    above = weights * ((places - floor * count) / weights.sum())
    full = np.zeros(count, dtype=bool)
    while (full | (floor + above > 1)).sum() > full.sum():
        full |= floor + above > 1
        left = places - full.sum() - floor * (~full).sum()
        above[~full] *= left / above[~full].sum()
    return np.where(full, 1.0, floor + above)


def systematic(probabilities: Floats, start: float) -> Places:
    """Which of a row are drawn: those in whose stretch of the row lies `start`, start + 1, ... (0 <= start < 1)."""
    places = round(float(probabilities.sum()))
    if not places:
        return np.empty(0, dtype=np.intp)
    ends = np.cumsum(probabilities)
    ends *= places / ends[-1]
    ends[-1] = places  # or rounding might leave the last point outside
    return np.searchsorted(ends, start + np.arange(places), side="right")


def mixed(certain: Places, by_lot: Places, seed: int, as_of: dt.date) -> Places:
    """Both arms in one order: those drawn by lot at places drawn by lot, the others around them as they are."""
    total = len(certain) + len(by_lot)
    places = np.argsort(lots(seed, "places", as_of, map(str, range(total))), kind="stable")[: len(by_lot)]
    mixed = np.empty(total, dtype=np.intp)
    free = np.ones(total, dtype=bool)
    free[places] = False
    mixed[places], mixed[free] = by_lot, certain
    return mixed
