"""Insured persons: the workers of a block, its pensioners, and people who exist on paper at a shell employer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Array, Days, Flags, Ints
from experiments.province.employers import Firms
from experiments.province.identifiers import person_number, person_numbers
from experiments.province.kinds import REGIONS, draw
from experiments.province.knobs import Knobs
from experiments.province.ledger import NEVER
from experiments.province.months import Months
from experiments.province.staff import PREFIXES, Staff

ELDERS = 993_000  # beginnings of identity numbers that no region has, one a block
ELDER_DAYS = 11_000  # births from 1930 to early 1960
FIRST_ELDER = np.datetime64("1930-01-01")
SURNAMES = np.array(list("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"))
SURNAME_SHARES = 1 / np.arange(3, 3 + len(SURNAMES))
GIVEN = np.array(list("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文春梅海燕雪峰子轩欣怡浩宇"))
FAMILY = (2, 5)  # workers of a household: from, up to
YEARS_APART = 5  # standard deviation of the ages by which pensioners are paired
OFFICIAL_DAYS = (3, 20, 50)  # from a death until it is known: least, median, most


@dataclass(frozen=True)
class People:
    """One value a person: workers first, numbered as in the staff, then pensioners, then people on paper."""

    person_id: Array
    name: Array
    born_on: Days
    female: Flags
    region: Ints
    home: Ints  # the row of the person whose address it is
    account: Ints  # the row of the person whose account it is
    pensioner: Flags
    paper: Ints  # number of the shell employer where it is insured and does not work; -1
    twin: Flags
    died_on: Days
    death_known_on: Days
    concealed: Flags  # the death

    def __len__(self) -> int:
        return len(self.person_id)


def draw_people(
    block: int, staff: Staff, employers: Firms, shells: int, months: Months, knobs: Knobs, rng: np.random.Generator
) -> People:
    """Pensioners are drawn in pairs, some of them couples, a few of them twins. Deaths of pensioners alone are simulated."""
    workers, elders = len(staff.worker_ids), 2 * round(len(staff.worker_ids) * knobs.pensioners / 2)
    paper = np.repeat(np.arange(shells), rng.integers(*knobs.sham_people, shells))
    number = workers + elders + len(paper)
    old = slice(workers, workers + elders)
    couple, twins = _pairs(elders, knobs, rng)
    home, account = _households(number, old, couple, twins, knobs, rng)
    twin, pensioner, on_paper = np.zeros(number, dtype=bool), np.zeros(number, dtype=bool), np.full(number, -1)
    twin[old], pensioner[old], on_paper[old.stop :] = twins, True, paper
    ids = np.concatenate(
        [
            staff.worker_ids,
            _elder_numbers(block, elders, couple, twins, rng),
            _others(block, staff.worker_ids, len(paper), rng),
        ]
    )
    region = draw(REGIONS, number, rng)
    region[staff.worker] = employers.region[staff.employer]
    region = region[home]
    born_on = np.array([f"{each[6:10]}-{each[10:12]}-{each[12:14]}" for each in ids], dtype="datetime64[D]")
    died_on, death_known_on, concealed = _deaths(pensioner, born_on, months, knobs, rng)
    return People(
        person_id=ids,
        name=_names(home, twin, rng),
        born_on=born_on,
        female=np.array([int(each[16]) % 2 == 0 for each in ids], dtype=bool),
        region=region,
        home=home,
        account=account,
        pensioner=pensioner,
        paper=on_paper,
        twin=twin,
        died_on=died_on,
        death_known_on=death_known_on,
        concealed=concealed,
    )


def _pairs(elders: int, knobs: Knobs, rng: np.random.Generator) -> tuple[Flags, Flags]:
    lot = np.repeat(rng.random(elders // 2), 2)
    twins: Flags = lot < knobs.twins
    return (lot >= knobs.twins) & (lot < knobs.twins + knobs.couples), twins


def _households(
    number: int, old: slice, couple: Flags, twins: Flags, knobs: Knobs, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Whose home and whose account each person's is: of a pair of pensioners, and of a family of workers, the first's."""
    home, account = np.arange(number), np.arange(number)
    home[: old.start], account[: old.start] = _families(old.start, knobs, rng)
    first = old.start + np.arange(len(couple)) // 2 * 2
    home[old] = np.where(couple | twins, first, home[old])
    one = couple & np.repeat(rng.random(len(couple) // 2) < knobs.one_account, 2)
    account[old] = np.where(one, first, account[old])
    return home, account


def _families(workers: int, knobs: Knobs, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Whose home and account each worker's is, of families of two to four; half of them have one account."""
    member = rng.permutation(workers)[: round(workers * knobs.families)]
    size = rng.integers(*FAMILY, len(member) // FAMILY[0] + 1)
    family = np.repeat(np.arange(len(size)), size)[: len(member)]
    first = member[np.searchsorted(family, family)]
    home, account = np.arange(workers), np.arange(workers)
    home[member] = first
    account[member] = np.where((rng.random(len(size)) < knobs.one_account)[family], first, member)
    return home, account


def _elder_numbers(block: int, elders: int, couple: Flags, twins: Flags, rng: np.random.Generator) -> Array:
    """Pairs of similar age and every second number by chance, of both sexes; a twin's is its twin's next of the same day and sex."""
    slots = _pairs_of_similar_age(rng.choice(ELDER_DAYS * 249, size=elders, replace=False), rng)
    female = rng.integers(0, 2, elders)
    second = np.arange(elders) % 2 == 1
    first = np.arange(elders) // 2 * 2
    female = np.where(couple & second, 1 - female[first], female)
    follows = twins & second
    slots, female = np.where(follows, slots[first], slots), np.where(follows, female[first], female)
    ordinal = 4 * (slots % 249) + 1 + female + 2 * follows
    return person_number(str(ELDERS + block), FIRST_ELDER + (slots // 249).astype("timedelta64[D]"), ordinal)


def _pairs_of_similar_age(slots: Ints, rng: np.random.Generator) -> Ints:
    """The same numbers, two after two of births some years apart."""
    nearly = slots // 249 + rng.normal(0, 365 * YEARS_APART / np.sqrt(2), len(slots))
    pairs = slots[np.argsort(nearly)].reshape(-1, 2)
    return rng.permuted(pairs[rng.permutation(len(pairs))], axis=1).ravel()


def _others(block: int, workers: Array, number: int, rng: np.random.Generator) -> Array:
    """Numbers like the workers', and none of theirs."""
    drawn = person_numbers(str(PREFIXES + block), 2 * number, rng)
    return drawn[~np.isin(drawn, workers)][:number]


def _names(home: Ints, twin: Flags, rng: np.random.Generator) -> Array:
    """Surname and one or two more; twins have one surname."""
    surname = rng.choice(SURNAMES, len(home), p=SURNAME_SHARES / SURNAME_SHARES.sum())
    surname = np.where(twin, surname[home], surname)
    given = GIVEN[rng.integers(0, len(GIVEN), (2, len(home)))]
    second = np.where(rng.random(len(home)) < 0.7, given[1], "")
    name: Array = np.char.add(np.char.add(surname, given[0]), second)
    return name


def _deaths(
    pensioner: Flags, born_on: Days, months: Months, knobs: Knobs, rng: np.random.Generator
) -> tuple[Days, Days, Flags]:
    """Deaths in covered months; the older the likelier. Most are known in weeks, some late and honestly, some concealed."""
    start, days = months.first_days[months.first], (months.end - months.first_days[months.first]).astype(int)
    age = (start - born_on).astype(int) / 365
    yearly = np.where(pensioner, 0.01 * np.exp(0.09 * (age - 65)), 0)
    dies = rng.random(len(age)) < -np.expm1(-yearly * days / 365)
    died_on = np.where(dies, start + rng.integers(0, days, len(age)).astype("timedelta64[D]"), NEVER)
    lot = rng.random(len(age))
    least, median, most = OFFICIAL_DAYS
    lag = np.clip(median * np.exp(0.5 * rng.normal(size=len(age))), least, most)
    lag = np.where(lot < knobs.late_deaths, rng.integers(60, 200, len(age)), lag)
    concealed = dies & (lot > 1 - knobs.concealed_deaths)
    lag = np.where(concealed, rng.integers(90, 700, len(age)), lag)
    return died_on, died_on + lag.astype("timedelta64[D]"), concealed
