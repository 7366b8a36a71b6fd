"""Which places are filled at what wage, and what of it stays unpaid, in a block of employers. employment.py says by whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Array, Flags, Floats, Ints
from experiments.province.conduct import Conduct
from experiments.province.employers import Firms
from experiments.province.kinds import INDUSTRIES, REGIONS
from experiments.province.knobs import Knobs
from experiments.province.months import Months
from experiments.province.spiders import MOVED

EMPTY_IN_TROUGH = 0.35  # share of the places of a seasonal employer


@dataclass(frozen=True)
class Staffing:
    """By place and month, but for `employer` (its row in the block), `usual_wage` and `insured`, which are by place."""

    employer: Ints  # in order, one after another
    filled: Flags
    starts: Flags  # a new worker takes the place, if it is filled
    wage: Ints  # cents due, 0 where the place is empty
    unpaid: Ints  # cents not paid on payday
    usual_wage: Ints  # cents, without the month's ups and downs
    insured: Flags

    def sums(self, values: Array) -> Ints:
        """The sums of `values`, by place and month, by employer and month."""
        first = np.flatnonzero(np.r_[True, self.employer[1:] != self.employer[:-1]])
        total: Ints = np.add.reduceat(values, first, axis=0, dtype=np.int64)
        return total


def draw_staffing(firms: Firms, doing: Conduct, months: Months, knobs: Knobs, rng: np.random.Generator) -> Staffing:
    """Places are filled by one worker after another; in need workers leave sooner and are not all replaced."""
    employer = np.repeat(np.arange(len(firms)), firms.places)
    filled = _filled(employer, firms, doing, months, knobs, rng)
    usual, least = _usual_wages(employer, firms, knobs, rng)
    noise = 1 + np.float32(0.06) * rng.standard_normal(filled.shape, dtype=np.float32).clip(-8, 8)
    wage = np.where(filled, np.rint(np.maximum(usual[:, None] * noise, least[:, None])), 0).astype(np.int64)
    rank = rng.random(len(employer), dtype=np.float32)[:, None]
    share = doing.unpaid[employer]
    part = np.where(firms.ways.some_workers[employer][:, None], rank < share, share)
    coverage = INDUSTRIES["coverage"].to_numpy()[firms.industry] * ~firms.ways.uninsured
    return Staffing(
        employer=employer,
        filled=filled,
        starts=_starts(employer, firms, doing, rng),
        wage=wage,
        unpaid=np.rint(wage * part).astype(np.int64),
        usual_wage=np.rint(usual).astype(np.int64),
        insured=rng.random(len(employer)) < coverage[employer],
    )


def _filled(
    employer: Ints, firms: Firms, doing: Conduct, months: Months, knobs: Knobs, rng: np.random.Generator
) -> Flags:
    """Whether a worker holds a place; seasonal places are empty around the industry's trough."""
    away = months.of_year - INDUSTRIES["trough"].to_numpy()[:, None]
    near = ((1 + np.cos(2 * np.pi * away / 12)) / 2).astype(np.float32)
    season = INDUSTRIES["staff_season"].to_numpy()[firms.industry]
    season = np.where(firms.ways.seasonal, np.maximum(season, EMPTY_IN_TROUGH), season)
    absent = near[firms.industry] * season.astype(np.float32)[:, None]
    seasonal = rng.random(len(employer), dtype=np.float32)[:, None] < absent[employer]
    kept = np.cumprod(1 - doing.in_need * knobs.shrinking, axis=1).astype(np.float32)[employer]
    given_up = rng.random(len(employer), dtype=np.float32)[:, None] > kept
    first = np.r_[True, employer[1:] != employer[:-1]][:, None]  # somebody always remains
    filled: Flags = doing.operates[employer] & (first | ~(seasonal | given_up))
    return filled


def _starts(employer: Ints, firms: Firms, doing: Conduct, rng: np.random.Generator) -> Flags:
    """Leavers are replaced. Workers leave after a month in need; a spider's half of them are moved at once."""
    after = np.zeros_like(doing.in_need)
    after[:, 1:] = doing.in_need[:, :-1]
    leaving = INDUSTRIES["turnover"].to_numpy()[firms.industry][:, None] * (1 + 1.5 * after)
    leaving = np.where(doing.moves, np.maximum(leaving, MOVED), leaving).astype(np.float32)
    starts: Flags = rng.random((len(employer), leaving.shape[1]), dtype=np.float32) < leaving[employer]
    starts[:, 0] = True
    return starts


def _usual_wages(employer: Ints, firms: Firms, knobs: Knobs, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Cents a month by place, and the least it may be in any month: the minimum wage, or less at those who underpay."""
    level = INDUSTRIES["wage"].to_numpy()[firms.industry] * REGIONS["wage"].to_numpy()[firms.region]
    level = level * np.exp(rng.normal(0, 0.15, len(firms)))
    minimum = 100 * REGIONS["minimum_wage"].to_numpy()[firms.region[employer]]
    wages = 100 * level[employer] * np.exp(rng.normal(0, 0.25, len(employer)))
    under = firms.ways.underpays[employer] & (rng.random(len(employer)) < knobs.underpaid)
    wages = np.where(under, minimum * rng.uniform(0.7, 0.92, len(employer)), np.maximum(wages, minimum))
    return wages, np.where(under, 0, minimum)
