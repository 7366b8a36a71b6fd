"""Claims of residents as they are written: moved homes, new numbers, agents' phones, slips, gaps, and whose they are.

Rates are of a claim. They are far above a province's (`Knobs.mistyped`), so that what is easy is not all there is: exact
rules reach an F1 of about .81 and fuzzy rules one of about .91. They were set by those two, never by how a model does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pypinyin import lazy_pinyin

from experiments.benchmarks.residents import Residents, account_numbers, draw_residents, phone_numbers
from experiments.province.arrays import Array, Days, Flags, Ints
from experiments.province.benefits.registers import address_lines
from experiments.province.benefits.writing import written_births, written_names, written_numbers
from experiments.province.chance import stream
from experiments.province.columns import dates, texts
from experiments.province.kinds import REGIONS

CLAIMS_OF_A_PERSON = (0.60, 0.24, 0.10, 0.04, 0.02)  # shares of people with one to five claims
FIRST_FILING, FILING_DAYS = np.datetime64("2021-01-01"), 1_460
MOVES = 0.18  # of people: another home from a day on; of phones and accounts likewise
NEW_PHONE, NEW_ACCOUNT = 0.30, 0.25
AGENTS, REPRESENTED, AGENT_PHONE = 400, 0.25, 0.6
ELSEWHERE = 0.08  # filed in another region
CARELESS = 0.30  # of claims: slips and gaps are `TIMES` as frequent, which is where several come together
TIMES = 5.0
NUMBER = {"digit": 0.055, "old_number": 0.05, "turned": 0.012, "relative": 0.006, "": 0.035}
NAME = {"last": 0.025, "homophone": 0.025, "romanised": 0.035, "": 0.004}
BIRTH = {"swapped": 0.03, "first": 0.012, "": 0.03}
ADDRESS = {"short": 0.08, "": 0.05}
PHONE = {"digit": 0.012, "": 0.06}
ACCOUNT = {"digit": 0.008, "": 0.03}
HOMOPHONES = dict(zip("伟芳娜敏静丽强磊军洋勇艳杰娟明超秀平刚英华玉兰红志文春梅海", "炜方那闵靖莉墙雷君阳永燕洁捐鸣朝绣萍钢瑛桦钰岚虹智雯椿玫亥", strict=True))  # fmt: skip
FULL, GIVEN_FIRST, CAPITALS, RUN_TOGETHER = range(4)  # ways to romanise


@dataclass(frozen=True)
class Filed:
    """One value a claim, in the order of filing: whose it is, when, and what holds of its person on that day."""

    person: Ints
    filed_on: Days
    region: Ints
    home: Ints
    phone: Ints
    account: Ints
    agent: Ints  # -1: filed in person


def draw_claims(number: int, seed: int) -> tuple[pa.Table, pa.Table]:
    """`number` claims (columns of the register that tell persons apart) and the truth (claim_id, person_id)."""
    rng = stream(seed, "written claims")
    repeats = np.arange(1, 1 + len(CLAIMS_OF_A_PERSON))
    people = draw_residents(round(number / float(repeats @ CLAIMS_OF_A_PERSON) * 1.02), rng)
    return claims_of(people, number, rng)


def claims_of(people: Residents, number: int, rng: np.random.Generator) -> tuple[pa.Table, pa.Table]:
    """`number` claims of `people`, who have one to five each, in the order of filing, and whose they are."""
    filed = _filed(people, number, rng)
    ids = np.array([f"SL{serial:09d}" for serial in range(1, len(filed.person) + 1)], dtype=object)
    truth = pa.table({"claim_id": texts(ids), "person_id": texts(people.person_id[filed.person])})
    return _written(ids, people, filed, rng), truth


def _filed(people: Residents, number: int, rng: np.random.Generator) -> Filed:
    claims = rng.choice(np.arange(1, 1 + len(CLAIMS_OF_A_PERSON)), len(people), p=CLAIMS_OF_A_PERSON)
    person = rng.permutation(np.repeat(np.arange(len(people)), claims))[:number]
    number = len(person)
    day = np.sort(rng.integers(0, FILING_DAYS, number))
    weight = 1 / np.arange(1, AGENTS + 1)
    agent = np.where(rng.random(number) < REPRESENTED, rng.choice(AGENTS, number, p=weight / weight.sum()), -1)
    owner = np.arange(len(people)) + len(people)  # new things have numbers of their own
    home = _from_a_day_on(people.home, owner, MOVES, person, day, rng)
    phone = _from_a_day_on(people.phone, owner, NEW_PHONE, person, day, rng)
    account = _from_a_day_on(people.account, owner, NEW_ACCOUNT, person, day, rng)
    given = (agent >= 0) & (rng.random(number) < AGENT_PHONE)
    other = (people.region[person] + rng.integers(1, len(REGIONS), number)) % len(REGIONS)
    return Filed(
        person=person,
        filed_on=FIRST_FILING + day.astype("timedelta64[D]"),
        region=np.where(rng.random(number) < ELSEWHERE, other, people.region[person]),
        home=home,
        phone=np.where(given, 2 * len(people) + agent, phone),
        account=account,
        agent=agent,
    )


def _from_a_day_on(old: Ints, new: Ints, share: float, person: Ints, day: Ints, rng: np.random.Generator) -> Ints:
    """By claim: the old thing of its person, or from a day on, for some, the new one."""
    since = np.where(rng.random(len(old)) < share, rng.integers(0, FILING_DAYS, len(old)), FILING_DAYS)
    return np.where(day >= since[person], new[person], old[person])


def _written(ids: Array, people: Residents, filed: Filed, rng: np.random.Generator) -> pa.Table:
    """The register `claims` without money, work and the benefit."""
    times = np.where(rng.random(len(ids)) < CARELESS, TIMES, 1.0)
    person = filed.person
    born_on = people.born_on[person]
    return pa.table(
        {
            "claim_id": texts(ids),
            "person_id": texts(_numbers(people, person, _slips(NUMBER, times, rng), rng)),
            "name": texts(_names(people.name[person], _slips(NAME, times, rng), rng)),
            "born_on": dates(_births(born_on, _slips(BIRTH, times, rng))),
            "region": texts(REGIONS["region"].to_numpy(), filed.region),
            "account": texts(_digits(account_numbers(filed.account), _slips(ACCOUNT, times, rng), rng)),
            "phone": texts(_digits(phone_numbers(filed.phone), _slips(PHONE, times, rng), rng)),
            "address": texts(_addresses(people.region[person], filed.home, _slips(ADDRESS, times, rng))),
            "known_on": dates(filed.filed_on),
        }
    )


def _slips(rates: dict[str, float], times: Array, rng: np.random.Generator) -> Array:
    """What is wrong with one field of each claim; "gap" where it is left out, "" where it is right."""
    bounds = np.cumsum(list(rates.values()))
    which = np.searchsorted(bounds, rng.random(len(times)) / times, side="right")
    return np.array([name or "gap" for name in rates] + [""], dtype=object)[which]


def _numbers(people: Residents, person: Ints, slip: Array, rng: np.random.Generator) -> Array:
    """A relative's number is that of the next in the household, where there is one."""
    other = np.minimum(person + 1, len(people) - 1)
    relative = (slip == "relative") & (people.home[other] == people.home[person])
    numbers = people.person_id[np.where(relative, other, person)]
    written = written_numbers(numbers, slip, rng)
    for row in np.flatnonzero(slip == "turned"):
        place, text = int(rng.integers(6, 16)), numbers[row]
        written[row] = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    written[slip == "gap"] = None
    return written


def _names(names: Array, slip: Array, rng: np.random.Generator) -> Array:
    written = written_names(names, slip == "last", rng)
    for row in np.flatnonzero(slip == "homophone"):
        written[row] = "".join(HOMOPHONES.get(each, each) for each in names[row])
    rows = np.flatnonzero(slip == "romanised")
    written[rows] = [_romanised(*each) for each in zip(names[rows], rng.integers(0, 4, len(rows)), strict=True)]
    written[slip == "gap"] = None
    return written


def _romanised(name: str, way: int) -> str:
    surname, *given = (each.capitalize() for each in lazy_pinyin(name))
    first = "".join(given).capitalize()
    if way == GIVEN_FIRST:
        return f"{first} {surname}"
    if way == CAPITALS:
        return f"{surname} {first}".upper()
    return f"{surname}{first}" if way == RUN_TOGETHER else f"{surname} {' '.join(given)}"


def _births(born_on: Days, slip: Array) -> Days:
    written = written_births(born_on, slip == "swapped")
    year = born_on.astype("datetime64[Y]").astype("datetime64[D]")
    written = np.where(slip == "first", year, written)
    written[slip == "gap"] = np.datetime64("NaT")
    return written


def _digits(numbers: Array, slip: Array, rng: np.random.Generator) -> Array:
    """Numbers of phones and accounts with one digit wrong, or left out."""
    for row in np.flatnonzero(slip == "digit"):
        text = numbers[row]
        place = int(rng.integers(4, len(text)))
        numbers[row] = f"{text[:place]}{(int(text[place]) + int(rng.integers(1, 10))) % 10}{text[place + 1 :]}"
    numbers[slip == "gap"] = None
    return numbers


def _addresses(region: Ints, home: Ints, slip: Array) -> Array:
    """In full, or without region and room, or left out."""
    written = address_lines(region, home)
    short: Flags = slip == "short"
    written[short] = [each[2:].rpartition("栋")[0] + "栋" for each in written[short]]
    written[slip == "gap"] = None
    return written
