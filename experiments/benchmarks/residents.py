"""People as the province has them, but without employers: any number of them, in households, for what needs people alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Array, Days, Flags, Ints
from experiments.province.benefits.people import draw_names
from experiments.province.benefits.registers import address_lines, numbered
from experiments.province.identifiers import person_number
from experiments.province.kinds import REGIONS, draw

FIRST_BIRTH = np.datetime64("1935-01-01")
BIRTH_DAYS = 25_500  # to the autumn of 2004
GROUPS = 249  # of four ordinals: a person of either sex, and a twin of either
COUNTIES = 20  # of a region: the fifth and sixth digit of an identity number
SIZES = (0.25, 0.40, 0.20, 0.15)  # of households: shares of one, two, three and four people
TWINS = 0.02  # of households of three or four: the last two are twins
ONE_ACCOUNT = 0.5  # of households of two or more: the second is paid to the first's account
ONE_PHONE = 0.12  # of people: the number of the first of the household


@dataclass(frozen=True)
class Residents:
    """One value a person; households lie together."""

    person_id: Array
    name: Array
    born_on: Days
    region: Ints
    home: Ints  # number of the household
    account: Ints  # the person whose account it is
    phone: Ints  # the person whose number it is
    twin: Flags

    def __len__(self) -> int:
        return len(self.person_id)

    @property
    def addresses(self) -> Array:
        """Where each lives, written in full."""
        return address_lines(self.region, self.home)


def phone_numbers(owner: Ints) -> Array:
    """The telephone number of each owner."""
    return numbered("0991", 9, owner)


def account_numbers(owner: Ints) -> Array:
    """The bank account of each owner."""
    return numbered("6299", 12, owner)


def draw_residents(number: int, rng: np.random.Generator, first: int = 0) -> Residents:
    """`number` people; owners of accounts and phones, homes and numbers are counted from `first`, so that lots stay apart."""
    size = rng.choice(np.arange(1, 5), number, p=SIZES)
    home = np.repeat(np.arange(number), size)[:number]
    head = np.searchsorted(home, home)  # the row of the first of the household
    member = np.arange(number) - head
    last = np.r_[home[1:] != home[:-1], True]
    twin = last & (member >= 2) & (rng.random(number) < TWINS)
    before = np.where(twin, np.arange(number) - 1, np.arange(number))
    region = draw(REGIONS, number, rng)[head]
    born_on, person_id = _numbers(region, twin, before, first, rng)
    twins = twin | np.r_[twin[1:], False]
    return Residents(
        person_id=person_id,
        name=draw_names(head, twins | (member >= 2), rng),  # children and twins have the first's surname
        born_on=born_on,
        region=region,
        home=first + home,
        account=first + np.where((member == 1) & (rng.random(number) < ONE_ACCOUNT), head, np.arange(number)),
        phone=first + np.where(rng.random(number) < ONE_PHONE, head, np.arange(number)),
        twin=twins,
    )


def _numbers(region: Ints, twin: Flags, before: Ints, first: int, rng: np.random.Generator) -> tuple[Days, Array]:
    """Births and identity numbers, each once; a twin's is the next of the same county, day and sex."""
    number = len(region)
    county = region * COUNTIES + rng.integers(0, COUNTIES, number)
    turn = first // 10 + _in_turn(county)  # no county has a tenth of the people
    slot = turn * 7_919 % (BIRTH_DAYS * GROUPS)
    female = rng.integers(0, 2, number)
    county, slot, female = county[before], slot[before], female[before]
    born_on = FIRST_BIRTH + (slot % BIRTH_DAYS).astype("timedelta64[D]")
    ordinal = 4 * (slot // BIRTH_DAYS) + 1 + female + 2 * twin
    ids = np.empty(number, dtype="U18")
    for each in np.unique(county):
        rows = np.flatnonzero(county == each)
        prefix = f"{REGIONS['code'][each // COUNTIES][:4]}{each % COUNTIES + 1:02d}"
        ids[rows] = person_number(prefix, born_on[rows], ordinal[rows])
    return born_on, ids


def _in_turn(groups: Ints) -> Ints:
    """How many of the same group come before each."""
    order = np.argsort(groups, kind="stable")
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = np.arange(len(groups)) - np.searchsorted(groups[order], groups[order])
    return ranks
