"""What goes wrong when numbers, names and births are written on a claim."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Array, Flags
from experiments.province.benefits.people import GIVEN


def written_numbers(numbers: Array, slip: Array, rng: np.random.Generator) -> Array:
    """Where `slip` is `digit`, one digit is wrong; where it is `old_number`, the number is as they were before 1999:
    15 digits, without century and check character."""
    written = numbers.astype(object)
    for row in np.flatnonzero(slip == "digit"):
        place = int(rng.integers(6, 17))
        digit = (int(numbers[row][place]) + int(rng.integers(1, 10))) % 10
        written[row] = f"{numbers[row][:place]}{digit}{numbers[row][place + 1 :]}"
    for row in np.flatnonzero(slip == "old_number"):
        written[row] = numbers[row][:6] + numbers[row][8:17]
    return written


def written_names(names: Array, wrong: Flags, rng: np.random.Generator) -> Array:
    """Where `wrong`: another last character."""
    written = names.astype(object)
    for row in np.flatnonzero(wrong):
        written[row] = names[row][:-1] + str(rng.choice(GIVEN))
    return written


def written_births(born_on: Array, wrong: Flags) -> Array:
    """Day and month change places where that is a date, else the day is one off."""
    month = born_on.astype("datetime64[M]")
    day, of_year = (born_on - month.astype("datetime64[D]")).astype(int), month.astype(int) % 12
    year = born_on.astype("datetime64[Y]").astype("datetime64[M]")
    swapped = (year + np.minimum(day, 11)).astype("datetime64[D]") + of_year
    return np.where(wrong, np.where((day < 12) & (day != of_year), swapped, born_on + np.timedelta64(1, "D")), born_on)
