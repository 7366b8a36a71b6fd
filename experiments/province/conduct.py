"""What an employer does with the cash it has: when it pays wages and how much, and whether contributions lapse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Flags, Floats, Ints
from experiments.province.employers import Employers
from experiments.province.knobs import Knobs
from experiments.province.months import Months


@dataclass(frozen=True)
class Conduct:
    """By employer and month of work; `operates` is false before the first payroll and from closing on."""

    operates: Flags
    unpaid: Floats  # share of wages not paid on payday, 0 to 1
    payday: Ints  # day of the next month on which wages are paid, counted on beyond its end
    caught_up: Ints  # month in which contributions are paid; the next one unless they lapse, `number` if not at all
    in_need: Flags  # cash is below `unpaid_below`
    all_or_none: Flags  # by employer alone: leaves some workers without pay, where others pay all a part


def conduct(
    cash: Floats, employers: Employers, closing: Ints, months: Months, knobs: Knobs, rng: np.random.Generator
) -> Conduct:
    """Conduct as cash falls: contributions lapse, wages come late, wages stay unpaid."""
    every = np.arange(months.number)
    operates = (every >= employers.opens[:, None]) & (every < closing[:, None])
    in_need = (cash < knobs.unpaid_below) & ~employers.chronic[:, None] & operates
    depth = knobs.unpaid_below - cash
    unpaid = np.where(in_need, np.clip(knobs.unpaid_start + knobs.unpaid_slope * depth, 0, 1), 0.0)
    caught_up = _caught_up(cash, months.number, knobs, rng)
    return Conduct(
        operates=operates,
        unpaid=unpaid,
        payday=_paydays(cash, employers, knobs, rng),
        caught_up=np.where(caught_up > closing[:, None], months.number, caught_up),  # nobody pays for the closed
        in_need=in_need,
        all_or_none=rng.random(len(employers)) < knobs.some_workers,
    )


def _paydays(cash: Floats, employers: Employers, knobs: Knobs, rng: np.random.Generator) -> Ints:
    usual = rng.integers(5, 16, len(employers))[:, None]
    late = np.clip(knobs.late_days * (knobs.late_below - cash), 0, 25)
    chronic = rng.integers(3, 21, cash.shape)
    jitter = rng.random(cash.shape) < 0.15  # a weekend, a holiday
    days: Ints = usual + np.where(employers.chronic[:, None], chronic, late + 2 * jitter).astype(np.int64)
    return days


def _caught_up(cash: Floats, number: int, knobs: Knobs, rng: np.random.Generator) -> Ints:
    """Contributions that lapsed are paid in a later month when cash has returned."""
    lapses = cash < knobs.contributions_below
    pays = ~lapses & (rng.random(cash.shape) < knobs.catch_up)
    following = np.full(cash.shape, number)
    soonest = np.full(len(cash), number)
    for month in range(number - 1, -1, -1):
        following[:, month] = np.where(lapses[:, month], soonest, month + 1)
        soonest = np.where(pays[:, month], month + 1, soonest)
    return following
