"""Who owes wages since when: the truth, month by month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Days, Flags, Ints
from experiments.province.employers import Firms
from experiments.province.kinds import INDUSTRIES
from experiments.province.knobs import Knobs
from experiments.province.months import Months

NEVER = np.datetime64("NaT", "D")


@dataclass
class Ledger:
    """By employer and month, filled in month after month.

    Wages of a month fall due in the next one. Whoever settles pays all that was owed when the month began.
    """

    defaults: Ints  # cents of a month's wages not paid on payday
    owed: Ints  # cents owed at the end of the month
    began: Ints  # month in which what is owed began; -1 where nothing is
    settled_on: Days  # day in the month on which it was settled; NaT
    ordered_on: Days  # day in the month by which an authority has it settled; NaT

    def standing(self, month: int) -> Ints:
        """Cents owed as `month` begins."""
        return self.owed[:, month - 1]

    def order(self, employer: Ints, day: Days, months: Months) -> None:
        """Have these employers settle on these days; those after the simulation come to nothing."""
        month = months.number_of(day)
        inside = month < months.number
        self.ordered_on[employer[inside], month[inside]] = day[inside]

    def close(self, month: int, chance: Flags, day: Days) -> None:
        """Settle where `chance` has it so or it was ordered, and add what fell due in `month`."""
        before, ordered = self.standing(month), self.ordered_on[:, month]
        settles = (before > 0) & (chance | ~np.isnat(ordered))
        self.settled_on[settles, month] = np.where(np.isnat(ordered), day, ordered)[settles]
        left = np.where(settles, 0, before)
        self.owed[:, month] = left + self.defaults[:, month - 1]
        began = np.where(left > 0, self.began[:, month - 1], month)
        self.began[:, month] = np.where(self.owed[:, month] > 0, began, -1)

    def next_settlement(self) -> Days:
        """By employer and month: the first day from that month on which arrears are settled; one month more, of NaT."""
        following = np.full((len(self.owed), self.owed.shape[1] + 1), NEVER)
        for month in range(self.owed.shape[1] - 1, -1, -1):
            here = self.settled_on[:, month]
            following[:, month] = np.where(np.isnat(here), following[:, month + 1], here)
        return following


def open_ledger(defaults: Ints) -> Ledger:
    """A ledger in which nobody owes anything yet."""
    nothing, never = np.zeros_like(defaults), np.full(defaults.shape, NEVER)
    return Ledger(defaults, nothing, np.full(defaults.shape, -1, dtype=np.int16), never, never.copy())


def settles(month: int, in_need: Flags, firms: Firms, months: Months, knobs: Knobs, rng: np.random.Generator) -> Flags:
    """Who would settle in `month` of their own accord: those whose cash is back, and many before the festival."""
    chance = np.where(in_need, knobs.settle_in_need, knobs.settle)
    if months.is_in(knobs.campaign_months)[month]:
        chance = chance + knobs.settle_before_festival * INDUSTRIES["campaign"].to_numpy()[firms.industry]
    return rng.random(len(chance)) < chance
