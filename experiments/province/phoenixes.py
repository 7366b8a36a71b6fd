"""Phoenixes: an employer closes in need, and months later another opens that is it again."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Flags, Floats, Ints
from experiments.province.employers import Firms
from experiments.province.kinds import OWNERSHIPS
from experiments.province.knobs import Knobs

CANNOT = ("state", "foreign")  # ownerships of which nothing rises again


class Succession:
    """Who is to open again when, and whose successor each employer is (`predecessor`, -1 for nearly all)."""

    def __init__(self, firms: Firms, months: int, knobs: Knobs, rng: np.random.Generator) -> None:
        self.predecessor = np.full(len(firms), -1)
        self._due = np.full(len(firms), months)  # month of the successor's first payroll, at the earliest
        self._firms, self._months, self._knobs, self._rng = firms, months, knobs, rng
        cannot = [OWNERSHIPS["ownership"].tolist().index(name) for name in CANNOT]
        self._able = ~np.isin(firms.ownership, cannot)

    def closed(self, closes_in_need: Flags, month: int) -> None:
        """Some of those who close in need in `month` will open again."""
        gone = np.flatnonzero(closes_in_need & self._able)
        wait = self._rng.integers(*self._knobs.phoenix_wait, len(gone))
        again = self._rng.random(len(gone)) < self._knobs.phoenix
        self._due[gone] = np.where(again, month + wait, self._months)

    def open(self, month: int, mean: Floats, swing: Floats, contractor: Ints) -> None:
        """Some who open in `month` become successors: of the same kind, smaller, with cash as bad, for the same contractor.

        Changes the firms, `mean`, `swing` and `contractor` in place.
        """
        waiting = self._rng.permutation(np.flatnonzero(self._due <= month))
        newborn = (self._firms.opens == month) & self._able & (self._firms.spider < 0)
        slots = self._rng.permutation(np.flatnonzero(newborn))[: len(waiting)]
        before = waiting[: len(slots)]
        self._due[before] = self._months
        self.predecessor[slots] = before
        firms = self._firms
        for kind in (firms.industry, firms.region, firms.ownership, mean, contractor):
            kind[slots] = kind[before]
        swing[slots] = swing[before] / 2
        smaller = self._rng.uniform(0.6, 1.0, len(slots)) * firms.places[before]
        firms.places[slots] = np.maximum(1, np.rint(smaller)).astype(np.int64)
        for way in (firms.ways.chronic, firms.ways.seasonal):
            way[slots] = False
