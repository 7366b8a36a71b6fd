"""Claims that repeat others, rings, and people insured on paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from experiments.province.arrays import Array, Ints, at
from experiments.province.benefits.claims import DAY, NOBODY, Claims, claims_for, joined
from experiments.province.benefits.people import People
from experiments.province.kinds import REGIONS
from experiments.province.knobs import Knobs
from experiments.province.ledger import NEVER
from experiments.province.months import Months

SLIPS = {"digit": 0.35, "old_number": 0.2, "name": 0.2, "birth": 0.25}  # what goes wrong, where something does


def repeated(claims: Claims, knobs: Knobs, rng: np.random.Generator) -> Claims:
    """The claims with some of them filed again: in error after days, or on purpose in another region, as a second pension."""
    pension = claims.scheme == "pension"
    living = claims.kind != "concealed_death"
    lot = rng.random(len(claims))
    refiled = np.flatnonzero(~pension & living & (lot < knobs.refiled))
    twice = np.flatnonzero(pension & living & (lot < knobs.second_pensions))
    return joined(claims, _refiled(claims, refiled, rng), _twice(claims, twice, rng))


def _refiled(claims: Claims, row: Ints, rng: np.random.Generator) -> Claims:
    """The same event claimed again some days later, at times at another office and for another amount."""
    again = at(claims, row)
    later = (rng.integers(1, 41, len(row)) * 86_400 + rng.integers(-9_000, 9_000, len(row))).astype("timedelta64[s]")
    elsewhere = rng.random(len(row)) < 0.4
    factor = np.where(rng.random(len(row)) < 0.3, rng.uniform(0.9, 1.1, len(row)), 1.0)
    return replace(
        again,
        filed_at=again.filed_at + later,
        amount=np.rint(again.amount * factor).astype(np.int64),
        region=np.where(elsewhere, rng.integers(0, len(REGIONS), len(row)), again.region),
        slip=_slips(len(row), 0.5, rng),
        kind=np.full(len(row), "refiled", dtype=object),
        original=row,
    )


def _twice(claims: Claims, row: Ints, rng: np.random.Generator) -> Claims:
    """A second pension, in another region and under a number that looks like another one."""
    again = at(claims, row)
    years = (rng.integers(60, 1_500, len(row)) * 86_400).astype("timedelta64[s]")
    region = (again.region + rng.integers(1, len(REGIONS), len(row))) % len(REGIONS)
    filed_at = again.filed_at + years
    starts_on = (filed_at.astype("datetime64[M]") + 1).astype("datetime64[D]")
    return replace(
        again,
        filed_at=filed_at,
        starts_on=starts_on,
        region=region,
        account=again.person,
        slip=_slips(len(row), 1.0, rng),
        kind=np.full(len(row), "second_pension", dtype=object),
        original=row,
    )


def with_slips(claims: Claims, knobs: Knobs, rng: np.random.Generator) -> Claims:
    """Honest claims too are mistyped."""
    slip = _slips(len(claims), knobs.mistyped, rng)
    return replace(claims, slip=np.where(claims.slip == "", slip, claims.slip))


def _slips(number: int, share: float, rng: np.random.Generator) -> Array:
    kinds = rng.choice(np.array(list(SLIPS), dtype=object), number, p=list(SLIPS.values()))
    return np.where(rng.random(number) < share, kinds, "")


def represented(claims: Claims, agents: int, knobs: Knobs, rng: np.random.Generator) -> Claims:
    """Some are filed by agents, most of them honest; few have most of the claims."""
    weight = 1 / np.arange(1, agents + 1)
    agent = rng.choice(agents, len(claims), p=weight / weight.sum())
    filed = (claims.agent == NOBODY) & (rng.random(len(claims)) < knobs.represented)
    kind = np.where(filed & (claims.kind == "ordinary"), "agent", claims.kind)
    return replace(claims, agent=np.where(filed, agent, claims.agent), kind=kind)


def rings(people: People, workers: int, agents: int, months: Months, knobs: Knobs, rng: np.random.Generator) -> Claims:
    """Medical bills of people who have nothing in common but the account and the agent, filed within ten days."""
    number = rng.poisson(knobs.rings * workers / 10_000)
    ring = np.repeat(np.arange(number), rng.integers(*knobs.ring_size, number))
    start, days = months.first_days[months.first], (months.end - months.first_days[months.first]).astype(int)
    began = rng.integers(0, max(days - 20, 1), number)[ring]
    filed_on = start + (began + rng.integers(0, 10, len(ring))).astype("timedelta64[D]")
    amount = 100 * np.rint(rng.uniform(3_000, 9_000, number)[ring] * rng.uniform(0.9, 1.1, len(ring)) / 100) * 100
    return claims_for(
        "medical",
        rng.choice(workers, len(ring), replace=workers < len(ring)),
        filed_on,
        amount,
        people,
        rng,
        starts_on=filed_on - 10 * DAY,
        account=len(people) + ring,
        agent=rng.integers(0, agents, number)[ring],
        kind=np.full(len(ring), "ring", dtype=object),
    )


def shams(people: People, shell: Ints, until: Ints, agents: int, months: Months, rng: np.random.Generator) -> Claims:
    """Benefits for people on paper as soon as their insurance will do: births for women, unemployment for the others.

    By shell employer: its row in the block, and the last month for which people are insured there.
    """
    person = np.flatnonzero(people.paper >= 0)
    at_shell = people.paper[person]
    starts = months.first_days[until[at_shell] + 1]
    filed_on = starts + rng.integers(3, 20, len(person)).astype("timedelta64[D]")
    birth = people.female[person]
    ends = (starts.astype("datetime64[M]") + 6).astype("datetime64[D]") - DAY
    amount = np.where(birth, rng.uniform(14_000_00, 24_000_00, len(person)), 1_600_00)
    claims = claims_for(
        "unemployment",
        person,
        filed_on,
        amount,
        people,
        rng,
        starts_on=starts,
        ends_on=np.where(birth, NEVER, ends),
        stops_on=np.where(birth, NEVER, ends),
        employer=shell[at_shell],
        agent=rng.integers(0, agents, len(shell))[at_shell],
        kind=np.full(len(person), "sham", dtype=object),
    )
    return replace(claims, scheme=np.where(birth, "maternity", claims.scheme))
