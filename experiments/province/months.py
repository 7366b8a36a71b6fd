"""The months of the simulation and their days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Array, Days, Flags, Ints
from experiments.province.knobs import Knobs


@dataclass(frozen=True)
class Months:
    """Months numbered from 0; those before `first` are the warm-up. `first_days` has one more, to end the last."""

    number: int
    first: int
    first_days: Days

    @property
    def end(self) -> np.datetime64:
        """The last day of all."""
        last: np.datetime64 = self.first_days[self.number] - np.timedelta64(1, "D")
        return last

    @property
    def of_year(self) -> Ints:
        """The month of the year of each month, 1 to 12."""
        return self.first_days[:-1].astype("datetime64[M]").astype(np.int64) % 12 + 1

    def last_day(self, month: Array) -> Days:
        """The last day of months given by number."""
        days: Days = self.first_days[np.asarray(month) + 1] - np.timedelta64(1, "D")
        return days

    def day(self, month: Array, day: Array) -> Days:
        """The `day`th (from 1) of months given by number."""
        days: Days = self.first_days[month] + (np.asarray(day) - 1).astype("timedelta64[D]")
        return days

    def number_of(self, days: Days) -> Ints:
        """The month each day lies in; beyond the last it counts on."""
        number: Ints = (days.astype("datetime64[M]") - self.first_days[0].astype("datetime64[M]")).astype(np.int64)
        return number

    def is_in(self, months_of_year: tuple[int, ...]) -> Flags:
        """Whether each month is one of these months of the year."""
        return np.isin(self.of_year, months_of_year)


def months_of(knobs: Knobs) -> Months:
    """Warm-up and covered months, up to the month of `knobs.end`."""
    last = np.datetime64(knobs.end, "M")
    number = knobs.warm_up + knobs.months
    days = (last - number + 1 + np.arange(number + 1)).astype("datetime64[D]")
    return Months(number, knobs.warm_up, days)
