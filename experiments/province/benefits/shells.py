"""Shell employers: they insure people who do not work there, for some months, and pay for all of them in one go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Ints
from experiments.province.benefits.people import People
from experiments.province.columns import dates, money, texts
from experiments.province.contributions import LEAST_BASE
from experiments.province.employers import Employers
from experiments.province.kinds import REGIONS
from experiments.province.knobs import SCHEME_RATES, Knobs
from experiments.province.months import Months

MONTHS_INSURED = (6, 11)  # from, up to


@dataclass(frozen=True)
class Shells:
    """One value a shell employer."""

    employer: Ints  # row in the block
    first: Ints  # months for which people are insured
    last: Ints


def draw_shells(employers: Employers, months: Months, knobs: Knobs, rng: np.random.Generator) -> Shells:
    """Small employers that are there from the first covered month on."""
    small = np.flatnonzero((employers.places <= 6) & (employers.opens <= months.first) & ~employers.ways.uninsured)
    number = min(rng.poisson(knobs.shells * len(employers) / 1_000), len(small))
    number = number if months.number - months.first > MONTHS_INSURED[1] + 2 else 0
    length = rng.integers(*MONTHS_INSURED, number)
    first = rng.integers(months.first, months.number - length - 2, number)
    return Shells(rng.choice(small, number, replace=False), first, first + length - 1)


def sham_contributions(
    shells: Shells, people: People, employers: Employers, months: Months, knobs: Knobs, rng: np.random.Generator
) -> pa.Table:
    """Contributions on the least base, all known and paid in the last month insured; in the order of months."""
    person = np.flatnonzero(people.paper >= 0)
    length = (shells.last - shells.first + 1)[people.paper[person]]
    person = np.repeat(person, length)
    shell = people.paper[person]
    month = shells.first[shell] + np.arange(len(person)) - np.repeat(np.cumsum(length) - length, length)
    order = np.argsort(month, kind="stable")
    person, shell, month = (np.repeat(each[order], len(knobs.schemes)) for each in (person, shell, month))
    scheme = np.tile(np.arange(len(knobs.schemes)), len(order))
    region = REGIONS["wage"].to_numpy()[employers.region[shells.employer[shell]]]
    base = np.rint(LEAST_BASE * region).astype(np.int64)
    due = np.rint(base * np.array([SCHEME_RATES[name] for name in knobs.schemes])[scheme]).astype(np.int64)
    paid_on = months.day(shells.last, rng.integers(10, 26, len(shells.last)))[shell]
    return pa.table(
        {
            "employer_id": texts(employers.employer_id, shells.employer[shell]),
            "worker_id": texts(people.person_id, person),
            "month": dates(months.first_days[month]),
            "scheme": texts(np.array(knobs.schemes), scheme),
            "base": money(base),
            "due": money(due),
            "paid": money(due),
            "paid_on": dates(paid_on),
            "known_on": dates(np.maximum(paid_on, months.last_day(month))),
        }
    )
