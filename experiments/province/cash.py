"""How liquid each employer is each month. Nobody sees it; everything else follows from it."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Flags, Floats, Ints
from experiments.province.employers import Employers
from experiments.province.kinds import INDUSTRIES, OWNERSHIPS, REGIONS
from experiments.province.knobs import Knobs
from experiments.province.months import Months


def draw_cash(employers: Employers, months: Months, knobs: Knobs, rng: np.random.Generator) -> Floats:
    """Cash by employer and month, in standard deviations of an ordinary employer's cash over time.

    A mean of the employer's own, a season of its industry, and an AR(1) process whose shocks are in part those of
    its industry and its region; now and then a blow.
    """
    shocks = _shocks(employers, months.number, knobs, rng)
    blows = knobs.blow * (rng.random(shocks.shape) < knobs.blows)
    swing = np.empty_like(shocks)
    swing[:, 0] = rng.normal(size=len(employers))
    for month in range(1, months.number):
        step = np.sqrt(1 - knobs.persistence**2) * shocks[:, month] - blows[:, month]
        swing[:, month] = knobs.persistence * swing[:, month - 1] + step
    return _mean(employers, knobs, rng)[:, None] + _season(months)[employers.industry] + swing


def closing_months(cash: Floats, employers: Employers, months: Months, knobs: Knobs, rng: np.random.Generator) -> Ints:
    """The month each employer closes in; `months.number` where it does not. Likelier where cash is short."""
    hazard = np.where(cash < knobs.unpaid_below, knobs.closures_in_need, knobs.closures)
    closes: Flags = rng.random(cash.shape) < hazard
    closes &= np.arange(months.number) > employers.opens[:, None]
    return np.where(closes.any(axis=1), closes.argmax(axis=1), months.number)


def _mean(employers: Employers, knobs: Knobs, rng: np.random.Generator) -> Floats:
    kinds = INDUSTRIES["cash"].to_numpy()[employers.industry] + REGIONS["cash"].to_numpy()[employers.region]
    own = knobs.quality * rng.normal(size=len(employers))
    mean: Floats = kinds + OWNERSHIPS["cash"].to_numpy()[employers.ownership] + own
    return mean


def _season(months: Months) -> Floats:
    """By industry and month: lowest in the industry's trough."""
    away = months.of_year - INDUSTRIES["trough"].to_numpy()[:, None]
    season: Floats = -INDUSTRIES["season"].to_numpy()[:, None] * np.cos(2 * np.pi * away / 12)
    return season


def _shocks(employers: Employers, number: int, knobs: Knobs, rng: np.random.Generator) -> Floats:
    """Monthly shocks of variance 1, of which `industry_shocks` and `region_shocks` are shared."""
    industry = rng.normal(size=(len(INDUSTRIES), number))[employers.industry]
    region = rng.normal(size=(len(REGIONS), number))[employers.region]
    own = rng.normal(size=industry.shape)
    left = 1 - knobs.industry_shocks - knobs.region_shocks
    shocks: Floats = np.sqrt(knobs.industry_shocks) * industry + np.sqrt(knobs.region_shocks) * region
    shocks += np.sqrt(left) * own
    return shocks
