"""Who employs: what an employer is from its registration on. Its closing comes with its cash."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.province.arrays import Array, Days, Flags, Floats, Ints
from experiments.province.identifiers import credit_codes
from experiments.province.kinds import INDUSTRIES, OWNERSHIPS, REGIONS, draw
from experiments.province.knobs import Knobs
from experiments.province.months import Months
from experiments.province.names import employer_names

CAPITALS = np.array([10, 30, 50, 100, 200, 500, 1_000, 2_000, 5_000])  # in 10,000 of the currency


@dataclass(frozen=True)
class Employers:
    """One value an employer; `industry`, `region` and `ownership` are row numbers of the tables of kinds."""

    employer_id: Array
    name: Array
    industry: Ints
    region: Ints
    ownership: Ints
    registered_on: Days
    opens: Ints  # month of the first payroll
    capital: Ints  # cents
    places: Ints  # places for workers at the height of the season
    chronic: Flags  # always pays a little late, and pays
    minimum_base: Flags  # contributes on the least base

    def __len__(self) -> int:
        return len(self.employer_id)


def draw_employers(knobs: Knobs, months: Months, rng: np.random.Generator) -> Employers:
    """`knobs.employers` employers, some of them registered during the simulation."""
    number = knobs.employers
    industry, region = draw(INDUSTRIES, number, rng), draw(REGIONS, number, rng)
    ownership = draw(OWNERSHIPS, number, rng)
    prefixes = np.char.add(_of(OWNERSHIPS, "category", ownership), _of(REGIONS, "code", region))
    registered_on = _registered(knobs, months, rng)
    places = _places(knobs, industry, ownership, rng)
    return Employers(
        employer_id=credit_codes(prefixes, rng),
        name=employer_names(industry, region, ownership, rng),
        industry=industry,
        region=region,
        ownership=ownership,
        registered_on=registered_on,
        opens=np.maximum(months.number_of(registered_on) + 1, 0),
        capital=_capital(places, rng),
        places=places,
        chronic=rng.random(number) < knobs.chronic,
        minimum_base=rng.random(number) < knobs.minimum_base,
    )


def _of(table: pd.DataFrame, column: str, rows: Ints) -> Array:
    return table[column].to_numpy(dtype=str)[rows]


def _registered(knobs: Knobs, months: Months, rng: np.random.Generator) -> Days:
    """Days of registration: births evenly over the simulation, the others longer and longer ago."""
    start, days = months.first_days[0], int((months.end - months.first_days[0]).astype(int)) - 31
    born = rng.random(knobs.employers) < 1 - np.exp(-knobs.births * months.number / 12)
    age = rng.exponential(knobs.age_years * 365, knobs.employers).clip(1, 40 * 365).astype(np.int64)
    since_start = np.where(born, rng.integers(0, days, knobs.employers), -age)
    registered_on: Days = start + since_start.astype("timedelta64[D]")
    return registered_on


def _places(knobs: Knobs, industry: Ints, ownership: Ints, rng: np.random.Generator) -> Ints:
    median = knobs.median_workers * INDUSTRIES["size"].to_numpy()[industry] * OWNERSHIPS["size"].to_numpy()[ownership]
    places = median * np.exp(knobs.size_spread * rng.normal(size=len(industry)))
    whole: Ints = np.clip(np.rint(places), 1, knobs.most_workers).astype(np.int64)
    return whole


def _capital(places: Ints, rng: np.random.Generator) -> Ints:
    """Registered capital in cents: round sums, loosely larger for more workers."""
    size: Floats = np.log(places) * 0.9 + rng.normal(1.0, 1.5, len(places))
    capital: Ints = CAPITALS[np.clip(size, 0, len(CAPITALS) - 1).astype(np.int64)]
    capital = capital * 10_000 * 100
    return capital
