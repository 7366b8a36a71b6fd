"""The register `employer_ties`: what each employer has since when, as far as the authority sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Array, Days, Ints, at
from experiments.province.bonds import Bonds
from experiments.province.columns import dates, texts
from experiments.province.employers import Employers
from experiments.province.identifiers import person_numbers
from experiments.province.kinds import REGIONS
from experiments.province.knobs import Knobs
from experiments.province.ledger import NEVER
from experiments.province.months import Months

PERSONS = "999999"  # beginning of the identity numbers of directors and shareholders; no region has it
MISSING = {"director": 0.03, "shareholder": 0.25, "phone": 0.1, "address": 0.02, "account": 0.3, "agent": 0.0}
CHANGES = ("director", "phone", "address", "account")
LATER = {"phone": 60, "account": 60, "agent": 1_000}  # days after registration up to which it begins
ROADS = np.array(list("春夏秋冬梅兰竹菊松柏桃李云霞星月山川江湖"))
FRESH = 9  # what changed is numbered from this many times the number of employers; all else is below
STEP = 7_654_321  # has no divisor in common with 10: numbers look drawn and stay apart


@dataclass(frozen=True)
class _Ties:
    """Rows of the register of one tie; `thing` numbers what is had."""

    employer: Ints
    thing: Ints
    since: Days
    until: Days


def ties_table(bonds: Bonds, employers: Employers, months: Months, knobs: Knobs, rng: np.random.Generator) -> pa.Table:
    """All ties known by the end. Some are missing; those that changed have two rows."""
    rows = {tie: _seen(tie, things, employers, months, knobs, rng) for tie, things in bonds.has.items()}
    owners = rows["shareholder"].thing
    persons = np.unique(np.r_[rows["director"].thing, owners[~_is_employer(owners, bonds, employers)]])
    numbers = person_numbers(PERSONS, len(persons), rng)
    spelled = {
        "director": numbers[np.searchsorted(persons, rows["director"].thing)],
        "shareholder": _owners(owners, persons, numbers, bonds, employers),
        "phone": _numbered("0990", 8, rows["phone"].thing),
        "address": _addresses(rows["address"], employers),
        "account": _numbered("9900000000", 9, rows["account"].thing),
        "agent": _numbered("DLJZ9900", 6, rows["agent"].thing),
    }
    return pa.concat_tables(_table(tie, rows[tie], spelled[tie], employers, months, knobs, rng) for tie in rows)


def _seen(
    tie: str, things: Ints, employers: Employers, months: Months, knobs: Knobs, rng: np.random.Generator
) -> _Ties:
    """Rows of one tie, but for those that are missing."""
    has = np.flatnonzero((things >= 0) & (rng.random(len(things)) >= MISSING[tie]))
    later = rng.integers(0, LATER.get(tie, 0) + 1, len(has)).astype("timedelta64[D]")
    since = employers.registered_on[has] + later
    rows = _Ties(has, things[has], since, np.full(len(has), NEVER))
    return _changed(rows, len(things), months, knobs, rng) if tie in CHANGES else rows


def _changed(rows: _Ties, employers: int, months: Months, knobs: Knobs, rng: np.random.Generator) -> _Ties:
    """With a second row, of something new, where it changed during the simulation."""
    start, end = months.first_days[0], months.end
    years = (end - start).astype(int) / 365
    day = start + rng.integers(30, (end - start).astype(int), len(rows.employer)).astype("timedelta64[D]")
    changes = (rng.random(len(day)) < -np.expm1(-knobs.tie_changes * years)) & (day > rows.since)
    until = np.where(changes, day - np.timedelta64(1, "D"), NEVER)
    new = rows.employer[changes]
    return _Ties(
        np.r_[rows.employer, new],
        np.r_[rows.thing, FRESH * employers + new],
        np.r_[rows.since, day[changes]],
        np.r_[until, np.full(len(new), NEVER)],
    )


def _is_employer(owners: Ints, bonds: Bonds, employers: Employers) -> Array:
    return (owners >= bonds.employers_from) & (owners < FRESH * len(employers))


def _owners(owners: Ints, persons: Ints, numbers: Array, bonds: Bonds, employers: Employers) -> Array:
    """Persons by their numbers, employers by their credit codes."""
    firm = _is_employer(owners, bonds, employers)
    spelled = np.empty(len(owners), dtype="U18")
    spelled[~firm] = numbers[np.searchsorted(persons, owners[~firm])]
    spelled[firm] = employers.employer_id[owners[firm] - bonds.employers_from]
    return spelled


def _numbered(prefix: str, width: int, things: Ints) -> Array:
    """A number of `width` digits after the prefix for each thing."""
    return np.array([f"{prefix}{number:0{width}d}" for number in (things * STEP + 12_345) % 10**width], dtype=object)


def _addresses(rows: _Ties, employers: Employers) -> Array:
    """Region, road, house and room; of the region of the first employer there."""
    _, first, thing = np.unique(rows.thing, return_index=True, return_inverse=True)
    region = REGIONS["label"].to_numpy(dtype=str)[employers.region[rows.employer[first]]]
    road, rest = np.arange(len(first)) % len(ROADS), np.arange(len(first)) // len(ROADS)
    places = zip(region, ROADS[road], rest % 400 + 1, rest // 400 + 101, strict=True)
    return np.array([f"{area}{name}湖路{house}号{room}室" for area, name, house, room in places], dtype=object)[thing]


def _table(
    tie: str, rows: _Ties, value: Array, employers: Employers, months: Months, knobs: Knobs, rng: np.random.Generator
) -> pa.Table:
    lag = rng.integers(0, knobs.tie_lag + 1, len(value)) * rng.random(len(value))
    known_on = rows.since + lag.astype("timedelta64[D]")
    known = known_on <= months.end
    rows, value, known_on = at(rows, known), value[known], known_on[known]
    return pa.table(
        {
            "employer_id": texts(employers.employer_id, rows.employer),
            "tie": texts(np.array([tie]), np.zeros(len(value), dtype=np.int64)),
            "value": texts(value),
            "since": dates(rows.since),
            "until": dates(np.where(rows.until <= months.end, rows.until, NEVER)),
            "known_on": dates(known_on),
        }
    )
