"""What an employer does with the cash it has: when it pays wages and how much, whether contributions lapse, what it files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Flags, Floats, Ints
from experiments.province.cash import Fortunes
from experiments.province.employers import Firms
from experiments.province.kinds import INDUSTRIES
from experiments.province.knobs import Knobs
from experiments.province.months import Months
from experiments.province.spiders import moving


@dataclass(frozen=True)
class Conduct:
    """By employer and month of work; `operates` is false before the first payroll and from closing on."""

    operates: Flags
    unpaid: Floats  # share of wages not paid on payday, 0 to 1
    payday: Ints  # day of the next month on which wages are paid, counted on beyond its end
    caught_up: Ints  # month in which contributions are paid; the next one unless they lapse, `number` if not at all
    in_need: Flags  # cash is below `unpaid_below`
    files: Flags  # the month's payroll is filed at all
    moves: Flags  # workers are moved among the employers of a spider
    restates: Flags  # the month's wages due are corrected downwards


def conduct(fortunes: Fortunes, firms: Firms, months: Months, knobs: Knobs, rng: np.random.Generator) -> Conduct:
    """Conduct as cash falls: contributions lapse, wages come late, wages stay unpaid."""
    cash, closing = fortunes.cash, fortunes.closing[:, None]
    every = np.arange(months.number)
    operates = (every >= firms.opens[:, None]) & (every < closing)
    in_need = (cash < knobs.unpaid_below) & ~firms.ways.sound[:, None] & operates
    depth = knobs.unpaid_below - cash
    unpaid = np.where(in_need, np.clip(knobs.unpaid_start + knobs.unpaid_slope * depth, 0, 1), np.float32(0))
    trough = _in_trough(firms, months)
    caught_up = _caught_up(cash, trough, months.number, knobs, rng)
    ways = firms.ways
    return Conduct(
        operates=operates,
        unpaid=unpaid,
        payday=_paydays(cash, trough, firms, knobs, rng),
        caught_up=np.where(caught_up > closing, months.number, caught_up).astype(
            np.int16
        ),  # nobody pays for the closed
        in_need=in_need,
        files=~ways.never_files[:, None] & ~(ways.stops_filing[:, None] & in_need),
        moves=moving(firms.spider, months.number, knobs, rng) & operates,
        restates=in_need & (rng.random(cash.shape, dtype=np.float32) < knobs.restated),
    )


def _in_trough(firms: Firms, months: Months) -> Flags:
    """By employer and month: whether a seasonal employer is within a month of its industry's trough."""
    away = (months.of_year - INDUSTRIES["trough"].to_numpy()[:, None] + 1) % 12
    trough: Flags = (away <= 2)[firms.industry] & firms.ways.seasonal[:, None]
    return trough


def _paydays(cash: Floats, trough: Flags, firms: Firms, knobs: Knobs, rng: np.random.Generator) -> Ints:
    usual = rng.integers(5, 16, len(firms), dtype=np.int16)[:, None]
    below = knobs.late_below + knobs.symptom_spread * rng.standard_normal(len(firms), dtype=np.float32)[:, None]
    late = np.clip(knobs.late_days * (below - cash), 0, 25) + 2 * (rng.random(cash.shape, dtype=np.float32) < 0.15)
    chronic = rng.integers(3, 21, cash.shape, dtype=np.int16)  # the 2 above: a weekend, a holiday
    late = np.where(trough, np.maximum(late, 5 + chronic), late)
    days: Ints = usual + np.where(firms.ways.chronic[:, None], chronic, late).astype(np.int16)
    return days


def _caught_up(cash: Floats, trough: Flags, number: int, knobs: Knobs, rng: np.random.Generator) -> Ints:
    """Contributions that lapsed are paid in a later month, all in one go, when cash has returned."""
    below = knobs.contributions_below + knobs.symptom_spread * rng.standard_normal(len(cash), dtype=np.float32)
    lapses = (cash < below[:, None]) | trough
    pays = ~lapses & (rng.random(cash.shape, dtype=np.float32) < knobs.catch_up)
    following = np.empty(cash.shape, dtype=np.int16)
    soonest = np.full(len(cash), number, dtype=np.int16)
    for month in range(number - 1, -1, -1):
        following[:, month] = np.where(lapses[:, month], soonest, month + 1)
        soonest = np.where(pays[:, month], np.int16(month + 1), soonest)
    return following
