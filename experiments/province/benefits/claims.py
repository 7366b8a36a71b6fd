"""Claims as they are filed by those who are entitled to them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from experiments.province.arrays import Array, Days, Flags, Ints
from experiments.province.benefits.people import People
from experiments.province.benefits.stretches import Stretches
from experiments.province.employers import Firms
from experiments.province.kinds import REGIONS
from experiments.province.knobs import Knobs
from experiments.province.ledger import NEVER
from experiments.province.months import Months

PENSION_AGE = 60
NOBODY = -1
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Claims:
    """One value a claim. `kind` is the truth about it (README.md); what is written on it may be wrong (`slip`)."""

    person: Ints
    scheme: Array
    filed_at: Array  # to the second
    starts_on: Days
    ends_on: Days  # as claimed; NaT for pensions and what is paid once
    stops_on: Days  # the last day of the month last paid for, if nobody stops it before; NaT
    amount: Ints  # cents, a month or once
    employer: Ints  # row in the block; NOBODY
    region: Ints
    account: Ints  # the row of the person whose account it is; numbers after all persons are rings'
    agent: Ints  # NOBODY where filed in person
    slip: Array  # what is wrong in the name, birth or number as written; "" mostly
    kind: Array
    original: Ints  # the row of the claim it repeats; NOBODY

    def __len__(self) -> int:
        return len(self.person)


def joined(*parts: Claims) -> Claims:
    """All claims; those that repeat others must come after them."""
    return Claims(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Claims)))


def claims_for(
    scheme: str, person: Ints, filed_on: Days, amount: Array, people: People, rng: np.random.Generator, **known: Array
) -> Claims:
    """Claims of these persons, of the ordinary kind or of a household with one account, and with what is `known` beside."""
    number = len(person)
    seconds = rng.integers(8 * 3600, 18 * 3600, number).astype("timedelta64[s]")
    nobody, never = np.full(number, NOBODY), np.full(number, NEVER)
    values = {
        "person": person,
        "scheme": np.full(number, scheme, dtype=object),
        "filed_at": filed_on.astype("datetime64[s]") + seconds,
        "starts_on": filed_on,
        "ends_on": never,
        "stops_on": never,
        "amount": np.rint(amount).astype(np.int64),
        "employer": nobody,
        "region": people.region[person],
        "account": people.account[person],
        "agent": nobody,
        "slip": np.full(number, "", dtype=object),
        "kind": np.where(shared_account(people)[person], "household", "ordinary").astype(object),
        "original": nobody,
    }
    return Claims(**(values | known))


def shared_account(people: People) -> Flags:
    """Whose account is another's too."""
    holders: Flags = np.bincount(people.account, minlength=len(people))[people.account] > 1
    return holders


def pensions(people: People, months: Months, rng: np.random.Generator) -> Claims:
    """One a pensioner, filed about the birthday; those whose death is known are paid no more."""
    person = np.flatnonzero(people.pensioner)
    turned = people.born_on[person] + np.timedelta64(365 * PENSION_AGE + 15, "D")
    filed_on = turned + rng.integers(-20, 60, len(person)).astype("timedelta64[D]")
    kind = np.where(people.twin[person], "twin", "ordinary").astype(object)
    kind[shared_account(people)[person]] = "couple"
    late = (people.death_known_on[person] - people.died_on[person]) >= np.timedelta64(60, "D")
    kind[late] = "late_death"
    kind[people.concealed[person]] = "concealed_death"
    pension = 100 * np.exp(rng.normal(np.log(2_600), 0.35, len(person)))
    starts = (turned.astype("datetime64[M]") + 1).astype("datetime64[D]")
    return claims_for(
        "pension",
        person,
        filed_on,
        pension,
        people,
        rng,
        starts_on=starts,
        stops_on=people.death_known_on[person],
        kind=kind,
    )


def unemployment(
    work: Stretches, people: People, employers: Firms, months: Months, knobs: Knobs, rng: np.random.Generator
) -> Claims:
    """Some of those insured who lost their work; most say within a week that they found other, some do not say."""
    free = (
        work.insured
        & (work.busy_until == work.last)
        & (work.last < months.number - 2)
        & ((work.next_first < 0) | (work.next_first > work.last + 1))
    )
    row = np.flatnonzero(free & (rng.random(len(work)) < knobs.unemployment_claims))
    starts = months.first_days[work.last[row] + 1]
    planned = rng.integers(3, 13, len(row))
    ends = (starts.astype("datetime64[M]") + planned.astype("timedelta64[M]")).astype("datetime64[D]") - DAY
    found = work.next_first[row]
    again = months.first_days[np.maximum(found, 0)]
    works = (found >= 0) & (again <= ends)
    silent = works & (ends - again > 60 * DAY) & (rng.random(len(row)) < knobs.working)
    told = np.minimum(again + rng.integers(0, 8, len(row)).astype("timedelta64[D]"), ends)
    kind = np.where(shared_account(people)[work.worker[row]], "household", "ordinary").astype(object)
    kind[works], kind[silent] = "overlap", "working"
    minimum = 100 * REGIONS["minimum_wage"].to_numpy()[employers.region[work.employer[row]]]
    filed_on = starts + rng.integers(3, 26, len(row)).astype("timedelta64[D]")
    return claims_for(
        "unemployment",
        work.worker[row],
        filed_on,
        0.8 * minimum,
        people,
        rng,
        starts_on=starts,
        ends_on=ends,
        stops_on=np.where(works & ~silent, told, ends),
        employer=work.employer[row],
        kind=kind,
    )


def once(work: Stretches, people: People, months: Months, knobs: Knobs, rng: np.random.Generator) -> Claims:
    """Medical bills, injuries at work and births of those at work, paid once; grants to families of the dead."""
    years = (work.last - work.first + 1) / 12 * work.insured
    age = (months.end - people.born_on[work.worker]).astype(int) / 365
    mothers = people.female[work.worker] & (age < 42)
    parts = [
        _happening(scheme, rate, median, years, work, people, months, rng)
        for scheme, rate, median in (
            ("medical", knobs.medical_claims, 1_800),
            ("work_injury", knobs.injury_claims, 9_000),
            ("maternity", knobs.maternity_claims * mothers, 16_000),
        )
    ]
    dead = np.flatnonzero(people.death_known_on <= months.end)
    grant = claims_for("other", dead, people.death_known_on[dead], rng.uniform(6e5, 2e6, len(dead)), people, rng)
    return joined(*parts, grant)


def _happening(
    scheme: str,
    rate: float | Array,
    median: float,
    years: Array,
    work: Stretches,
    people: People,
    months: Months,
    rng: np.random.Generator,
) -> Claims:
    """Claims of one scheme at `rate` a year of work, of amounts about `median` main units."""
    row = np.flatnonzero(rng.random(len(work)) < -np.expm1(-rate * years))
    month = rng.integers(work.first[row], work.last[row] + 1)
    day = months.day(month, rng.integers(1, 29, len(row)))
    amount = 100 * median * np.exp(rng.normal(0, 0.7, len(row)))
    filed_on = day + rng.integers(2, 40, len(row)).astype("timedelta64[D]")
    employer = work.employer[row]
    return claims_for(scheme, work.worker[row], filed_on, amount, people, rng, starts_on=day, employer=employer)
