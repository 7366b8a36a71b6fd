"""Who employs: what an employer is from its registration on. Its closing comes with its cash."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.province.arrays import Array, Days, Floats, Ints
from experiments.province.identifiers import credit_codes
from experiments.province.kinds import INDUSTRIES, OWNERSHIPS, REGIONS, draw
from experiments.province.knobs import Knobs
from experiments.province.months import Months
from experiments.province.names import employer_names
from experiments.province.spiders import draw_spiders
from experiments.province.ways import Ways, draw_ways

CAPITALS = np.array([10, 30, 50, 100, 200, 500, 1_000, 2_000, 5_000])  # in 10,000 of the currency


@dataclass(frozen=True)
class Firms:
    """Employers before they have names, one value each. Whoever succeeds another becomes like it (phoenixes.py)."""

    industry: Ints  # row number of the table of kinds, as region and ownership
    region: Ints
    ownership: Ints
    registered_on: Days
    opens: Ints  # month of the first payroll
    places: Ints  # places for workers at the height of the season
    spider: Ints  # number of the spider it belongs to; -1
    ways: Ways

    def __len__(self) -> int:
        return len(self.industry)


@dataclass(frozen=True)
class Employers(Firms):
    """Firms with what registers call them."""

    employer_id: Array
    name: Array
    capital: Ints  # cents


def draw_firms(knobs: Knobs, months: Months, rng: np.random.Generator) -> Firms:
    """`knobs.employers` firms, some of them registered during the simulation."""
    number = knobs.employers
    industry, region = draw(INDUSTRIES, number, rng), draw(REGIONS, number, rng)
    ownership = draw(OWNERSHIPS, number, rng)
    registered_on = _registered(knobs, months, rng)
    spider = draw_spiders(region, knobs, rng)
    ownership[spider >= 0] = OWNERSHIPS["ownership"].tolist().index("private")
    return Firms(
        industry=industry,
        region=region,
        ownership=ownership,
        registered_on=registered_on,
        opens=np.maximum(months.number_of(registered_on) + 1, 0),
        places=_places(knobs, industry, ownership, rng),
        spider=spider,
        ways=draw_ways(industry, knobs, rng),
    )


def named(firms: Firms, rng: np.random.Generator) -> Employers:
    """The firms with credit codes, names and registered capital."""
    prefixes = np.char.add(_of(OWNERSHIPS, "category", firms.ownership), _of(REGIONS, "code", firms.region))
    return Employers(
        **vars(firms),
        employer_id=credit_codes(prefixes, rng),
        name=employer_names(firms.industry, firms.region, firms.ownership, rng),
        capital=_capital(firms.places, rng),
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
    """A lognormal body; `knobs.tail` of all are of a Pareto tail."""
    size = INDUSTRIES["size"].to_numpy()[industry]
    body = knobs.median_workers * OWNERSHIPS["size"].to_numpy()[ownership]
    body = body * np.exp(knobs.size_spread * rng.normal(size=len(industry)))
    tail = knobs.tail_from * (1 + rng.pareto(knobs.tail_exponent, len(industry)))
    places = size * np.where(rng.random(len(industry)) < knobs.tail, tail, body)
    whole: Ints = np.clip(np.rint(places), 1, knobs.most_workers).astype(np.int64)
    return whole


def _capital(places: Ints, rng: np.random.Generator) -> Ints:
    """Registered capital in cents: round sums, loosely larger for more workers."""
    size: Floats = np.log(places) * 0.9 + rng.normal(1.0, 1.5, len(places))
    capital: Ints = CAPITALS[np.clip(size, 0, len(CAPITALS) - 1).astype(np.int64)]
    capital = capital * 10_000 * 100
    return capital
