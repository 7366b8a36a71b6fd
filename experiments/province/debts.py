"""Wages owed: who owes since when, and on which day it was paid after all.

A wage is in arrears at a month's end if its day of pay lay in an earlier month and it is not paid. An
employer who settles pays all arrears at once, so the day of settlement in each month says everything.
"""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Days, Flags, Floats, Ints
from experiments.province.months import Months
from experiments.province.world import World

NEVER = 99  # no day of a month


class Debts:
    """The running state: `owed` in months of an employer's wages, `settled_day` by employer and month."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.owed: Floats = np.zeros(len(world.employers))
        self.settled_day: Ints = np.full(world.cash.shape, NEVER)
        self._ordered: Ints = np.full(world.cash.shape, NEVER)

    def turn(self, month: int, rng: np.random.Generator) -> None:
        """Begin a month: unpaid wages of the month before are now arrears, and some employers settle."""
        world = self._world
        if month >= 2:
            self.owed += (1 - world.conduct.share_paid[:, month - 1]) * (world.heads[:, month - 2] > 0)
        of_itself = world.conduct.would_settle[:, month] & world.lives.alive(month)
        day = np.where(of_itself, rng.integers(1, 29, len(self.owed)), NEVER)
        day = np.minimum(day, self._ordered[:, month])
        self.settled_day[:, month] = np.where(self.owed > 0, day, NEVER)
        self.owed = np.where(self.settled_day[:, month] < NEVER, 0.0, self.owed)

    def order(self, employer: Ints, decided_on: Days, month: int) -> None:
        """Make employers settle on the day of a decision, if that is in a later month and they live then."""
        months = self._world.months
        when = months.number_of(decided_on)
        holds = (when > month) & (when < self._world.lives.closed[employer])
        employer, when, decided_on = employer[holds], when[holds], decided_on[holds]
        day = (decided_on - months.first_days[when]).astype(np.int64) + 1
        np.minimum.at(self._ordered, (employer, when), day)


def owed_cents(unpaid: Ints, settled_day: Ints) -> Ints:
    """Cents in arrears at each month's end, from cents unpaid by month of pay."""
    owed = np.zeros_like(unpaid)
    for month in range(1, unpaid.shape[1]):
        due = owed[:, month - 1] + unpaid[:, month - 1]
        owed[:, month] = np.where(settled_day[:, month] < NEVER, 0, due)
    return owed


def owed_since(unpaid: Ints, owed: Ints) -> Ints:
    """The month of pay that the present arrears began with; it means nothing where nothing is owed."""
    since = np.zeros_like(unpaid)
    for month in range(1, unpaid.shape[1]):
        goes_on = (owed[:, month - 1] > 0) & (owed[:, month] >= owed[:, month - 1])
        since[:, month] = np.where(goes_on, since[:, month - 1], month - 1)
    return since


def next_day(months: Months, day_in_month: Ints) -> Days:
    """By employer and month: the first such day in a later month, NaT if there is none (NEVER)."""
    later = np.full(day_in_month.shape, np.datetime64("NaT"), dtype="datetime64[D]")
    for month in range(months.number - 2, -1, -1):
        day = day_in_month[:, month + 1]
        here: Flags = day < NEVER
        later[:, month] = np.where(here, months.day(np.array(month + 1), np.where(here, day, 1)), later[:, month + 1])
    return later
