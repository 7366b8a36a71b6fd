"""Who works where: leavers find work at other employers of the block, some have two jobs, the others are new."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Ints
from experiments.province.employers import Firms
from experiments.province.kinds import INDUSTRIES
from experiments.province.knobs import Knobs
from experiments.province.staffing import Staffing

NOBODY = -1
KIN_ROUNDS = 3  # in each, places of a spider meet its leavers by chance, some of them of the same employer
DRAWS = 30  # tries to find a worker for a second job


@dataclass(frozen=True)
class Kin:
    """By employer, a number: employers with workers in common have the same one, besides the market of all."""

    to: Ints  # where the last workers go: its phoenix's, or its spider's; NOBODY
    into: Ints  # where workers come from: its own where it is a phoenix, or its spider's; NOBODY


def kin_of(predecessor: Ints, spider: Ints) -> Kin:
    """Kin from the phoenixes' predecessors and the spiders of all employers."""
    spiders = np.where(spider >= 0, len(spider) + spider, NOBODY)
    phoenix = np.flatnonzero(predecessor >= 0)
    to, into = spiders.copy(), spiders.copy()
    to[predecessor[phoenix]] = phoenix
    into[phoenix] = phoenix
    return Kin(to, into)


@dataclass(frozen=True)
class Tenures:
    """One value a tenure: a worker at a place, from the first to the last month that the place is filled."""

    employer: Ints
    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.employer)


def tenures_of(staffing: Staffing) -> tuple[Tenures, Ints]:
    """The tenures, and the number of the tenure by place and month (where the place is filled)."""
    begins = np.cumsum(staffing.starts.ravel()).reshape(staffing.starts.shape) - 1
    place, month = np.nonzero(staffing.filled)
    _, start, tenure = np.unique(begins[place, month], return_index=True, return_inverse=True)
    end = np.r_[start[1:], len(place)] - 1
    number = np.full(staffing.filled.shape, NOBODY, dtype=np.int32)
    number[place, month] = tenure
    return Tenures(staffing.employer[place[start]], month[start], month[end]), number


def draw_workers(tenures: Tenures, firms: Firms, kin: Kin, knobs: Knobs, rng: np.random.Generator) -> Ints:
    """The worker of each tenure, numbered from 0.

    New workers come first from kin, then from those who left others of the region and industry in the last months; a few
    keep the job they have. Nobody is twice on one payroll: who ever had two jobs at once does not look for another.
    """
    market = _Market(tenures, firms, kin, knobs, rng)
    by_first, by_last = np.argsort(tenures.first, kind="stable"), np.argsort(tenures.last, kind="stable")
    months = np.arange(int(tenures.last.max(initial=0)) + 2)
    from_first = np.searchsorted(tenures.first[by_first], months)
    from_last = np.searchsorted(tenures.last[by_last], months)
    for month in months[1:-1]:
        market.leave(by_last[from_last[month - 1] : from_last[month]], int(month))
        market.hire(by_first[from_first[month] : from_first[month + 1]], int(month))
    return _numbered(market.before)


class _Market:
    """Tenures that ended and whose workers look for work. `before` is the tenure a worker had before or beside."""

    def __init__(self, tenures: Tenures, firms: Firms, kin: Kin, knobs: Knobs, rng: np.random.Generator) -> None:
        self.before = np.full(len(tenures), NOBODY)
        self._tenures, self._knobs, self._rng = tenures, knobs, rng
        self._double = np.zeros(len(tenures), dtype=bool)
        circle = firms.industry + len(INDUSTRIES) * firms.region
        self._circle = circle[tenures.employer]
        self._to, self._into = kin.to[tenures.employer], kin.into[tenures.employer]
        self._free: Ints = np.empty(0, dtype=np.int64)
        self._kept: Ints = np.empty(0, dtype=np.int64)  # for kin

    def leave(self, gone: Ints, month: int) -> None:
        """Workers of the tenures `gone` begin to look for work; those who have looked for long give up."""
        gone = gone[~self._double[gone]]
        kept = (self._to[gone] >= 0) & (self._rng.random(len(gone)) < self._knobs.phoenix_workers)
        free, held = np.r_[self._free, gone[~kept]], np.r_[self._kept, gone[kept]]
        since = month - self._knobs.looking
        self._free = free[self._tenures.last[free] >= since]
        self._kept = held[self._tenures.last[held] >= since - self._knobs.phoenix_wait[1]]

    def hire(self, new: Ints, month: int) -> None:
        """Find workers for the tenures `new`."""
        wanting = new[(self._into[new] >= 0) & (self._rng.random(len(new)) < self._knobs.kin_places)]
        for _ in range(KIN_ROUNDS):
            hired, found = self._join(wanting, self._kept, self._into, self._to)
            self._kept, wanting, new = (
                _without(*each) for each in ((self._kept, found), (wanting, hired), (new, hired))
            )
        wanting = new[self._rng.random(len(new)) < self._knobs.rehired]
        hired, found = self._join(wanting, self._free, self._circle, self._circle)
        self._free, new = _without(self._free, found), _without(new, hired)
        self._second_jobs(new[self._rng.random(len(new)) < self._knobs.second_jobs], month)

    def _join(self, wanting: Ints, offered: Ints, wants: Ints, offers: Ints) -> tuple[Ints, Ints]:
        """Pairs of `wanting` and `offered` of one kind, by chance, not of one employer; notes them in `before`."""
        wanting, offered = self._ranked(wanting, wants), self._ranked(offered, offers)
        _, here, there = np.intersect1d(
            _places_in(wants[wanting]), _places_in(offers[offered]), assume_unique=True, return_indices=True
        )
        hired, found = wanting[here], offered[there]
        other = self._tenures.employer[hired] != self._tenures.employer[found]
        hired, found = hired[other], found[other]
        self.before[hired] = found
        return hired, found

    def _ranked(self, tenures: Ints, kind: Ints) -> Ints:
        mixed = self._rng.permutation(tenures)
        return mixed[np.argsort(kind[mixed], kind="stable")]

    def _second_jobs(self, new: Ints, month: int) -> None:
        """Give these tenures workers who are at work elsewhere in the region, as far as a few draws find some."""
        new = np.repeat(new, DRAWS)
        drawn = self._rng.integers(0, len(self.before), len(new))
        tenures, region = self._tenures, self._circle // len(INDUSTRIES)
        fit = (tenures.first[drawn] < month) & (tenures.last[drawn] >= month) & ~self._double[drawn]
        fit &= (tenures.employer[drawn] != tenures.employer[new]) & (region[drawn] == region[new])
        new, once = np.unique(new[fit], return_index=True)
        drawn, once_too = np.unique(drawn[fit][once], return_index=True)
        new = new[once_too]
        self.before[new] = drawn
        self._double[new] = self._double[drawn] = True


def _without(every: Ints, some: Ints) -> Ints:
    return np.setdiff1d(every, some, assume_unique=True)


def _places_in(kind: Ints) -> Ints:
    """A number for the nth of each kind; `kind` is in order."""
    first = np.searchsorted(kind, kind)
    places: Ints = kind.astype(np.int64) * (1 << 32) + np.arange(len(kind)) - first
    return places


def _numbered(before: Ints) -> Ints:
    """Workers numbered from 0: a tenure with none before it is a new worker's, the others are of the one before."""
    worker = np.where(before == NOBODY, np.cumsum(before == NOBODY) - 1, NOBODY)
    while (open_ := worker == NOBODY).any():
        worker[open_] = worker[before[open_]]
    return worker
