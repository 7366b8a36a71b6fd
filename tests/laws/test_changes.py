"""What a feature's record says an act makes of it is what the act makes of it in the registers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ibis
import numpy as np
import pytest
from dateutil.relativedelta import relativedelta

from features.changes import (
    INSURE,
    PAY_CONTRIBUTIONS,
    PAY_CONTRIBUTIONS_ON_TIME,
    PAY_DECISIONS,
    PAY_WAGES,
    PAY_WAGES_ON_TIME,
    Act,
)
from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.feature import Feature
from features.folds import FOLDS
from features.limits import PAY_DUE_DAYS
from features.snapshots.books import Books
from features.snapshots.others import SIZE_FEATURE, Others
from features.snapshots.subjects import Employer
from features.ties.measures import Ties, with_ties
from serving.acts import betters, moved
from serving.reasons import usual_values
from tests.features.worlds import Row, World, features_of, known_by, random_world, table

LEARNED = [feature for feature in EMPLOYER_FEATURES if feature.learned]
BESIDE = [feature for feature in EMPLOYER_FEATURES if not feature.learned]
ACTS = [PAY_WAGES, PAY_WAGES_ON_TIME, PAY_CONTRIBUTIONS, PAY_CONTRIBUTIONS_ON_TIME, INSURE, PAY_DECISIONS]
MIDDLE, END = dt.date(2024, 6, 14), dt.date(2024, 6, 30)  # on the latter wages of May are due and paid in time
KEYS = {"payroll": ("employer_id", "worker_id", "month"), "contributions": ("employer_id", "worker_id", "month", "scheme"),
        "complaints": ("complaint_id",), "inspections": ("inspection_id",)}  # fmt: skip
MONEY = {"payroll": ("wage_due", "wage_paid"), "contributions": ("due", "paid")}


# ---- what is declared


def test_acts_are_told_in_both_languages_and_each_betters_something() -> None:
    assert {change.act for feature in EMPLOYER_FEATURES for change in feature.changeable} == set(ACTS)
    assert all(act.en and act.zh and bool(act.untold_en) == bool(act.untold_zh) for act in ACTS)
    assert {act.after for act in ACTS if act.after} <= {act.name for act in ACTS}
    assert all(any(betters(feature, act.name) for feature in LEARNED) for act in ACTS)


def test_a_feature_says_once_of_an_act_what_it_makes_of_it() -> None:
    for feature in EMPLOYER_FEATURES:
        names = [change.act.name for change in feature.changeable]
        assert feature.learned >= bool(names) and len(set(names)) == len(names), feature.name
        for change in feature.changeable:
            assert bool(change.why) == (change.how == "leaves"), feature.name
            assert (change.how in ("bounds", "leaves")) <= (feature.direction != 0), feature.name
            assert not callable(change.value) or change.value.__doc__, feature.name


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_every_feature_that_rests_on_what_an_act_moves_says_what_the_act_makes_of_it(act: Act) -> None:
    silent = [f.name for f in LEARNED if rests_on(f) & act.moves and not f.changed_by(act.name)]
    assert silent == [], f"declare what {act.name} makes of them: to, at_worst, perhaps or leaves"
    beside_it = [f.name for f in LEARNED if f.changed_by(act.name) and not rests_on(f) & act.moves]
    assert beside_it == []


def test_what_an_act_moves_are_measures_of_the_folds() -> None:
    measured = {
        f"{name}.{column}"
        for name, fold in FOLDS.items()
        for column in fold.expression(*[ibis.memtable(table(register, [])) for register in fold.registers]).columns
    }
    assert frozenset().union(*(act.moves for act in ACTS)) <= measured


def rests_on(feature: Feature) -> set[str]:
    """The measures of the books that the feature asks for, itself or by way of what is compared, as "register.measure"."""
    day = ibis.table({"as_of": "date", "employer_id": "string", "employer.region": "string"})
    books, others = {name: Books(name, day) for name in FOLDS}, Others(day)
    facades: dict[str, Any] = {**books, "others": others, "employer": Employer(day), "ties": Ties(with_ties(day, None))}
    if feature.among_others or set(feature.needs) & set(books):
        feature.expression(**{need: facades[need] for need in feature.needs})
    own = {f"{name}.{m}" for name, book in books.items() for ask in book.asked for m in ask.measures}
    compared = [EMPLOYER_FEATURES[name] for name in others.asked if name != SIZE_FEATURE]
    return own.union(*map(rests_on, compared))


# ---- what is done in the registers


def last_known(world: World, register: str, day: dt.date) -> tuple[list[Row], list[Row]]:
    """The rows that stand on `day`, and those they corrected."""
    newest: dict[Any, Row] = {}
    for row in sorted(world[register], key=lambda row: row.get("known_on") or dt.date(1900, 1, 1)):
        newest[tuple(row[name] for name in KEYS[register])] = row
    standing = {id(row) for row in newest.values()}
    return list(newest.values()), [row for row in world[register] if id(row) not in standing]


def legal_day(row: Row) -> dt.date:
    day: dt.date = row["month"] + relativedelta(months=1) + dt.timedelta(days=PAY_DUE_DAYS - 1)
    return day


def paid(world: World, register: str, day: dt.date) -> World:
    """All that has fallen due by `day` and is not paid in full is, on that day."""
    due, given = MONEY[register]
    rows, before = last_known(world, register, day)

    def settled(row: Row) -> Row:
        owes = legal_day(row) <= day and (row[given] or 0) < row[due]
        return {**row, given: row[due], "paid_on": day} if owes else row

    return {**world, register: before + [settled(row) for row in rows]}


def paid_in_time(world: World, register: str, day: dt.date) -> World:
    """As `paid`, and that of the last twelve months fallen due on its legal day at the latest."""
    rows, before = last_known(paid(world, register, day), register, day)
    newest = max(
        month
        for month in (day.replace(day=1) - relativedelta(months=n) for n in range(4))
        if legal_day({"month": month}) <= day
    )

    def in_time(row: Row) -> Row:
        of_the_year = newest - relativedelta(months=11) <= row["month"] <= newest
        return {**row, "paid_on": min(row["paid_on"], legal_day(row))} if of_the_year and row.get("paid_on") else row

    return {**world, register: before + [in_time(row) for row in rows]}


def decisions_paid(world: World, day: dt.date) -> World:
    """All that was found owed is recovered."""
    owed = {"complaints": "amount_proven", "inspections": "amount_owed"}
    done = dict(world)
    for register, name in owed.items():
        rows, before = last_known(world, register, day)
        done[register] = before + [
            {**row, "amount_recovered": max(row.get(name) or 0, row.get("amount_recovered") or 0)} for row in rows
        ]
    return done


def insured(world: World) -> World:
    """Everybody on the payroll is insured for pension on the whole wage, and what is added is paid in time."""
    at = {(row["employer_id"], row["worker_id"], row["month"]): row["wage_due"] for row in world["payroll"]}
    lines = [{**row, "base": at[row["employer_id"], row["worker_id"], row["month"]]} for row in world["contributions"]]
    have = {(row["employer_id"], row["worker_id"], row["month"]) for row in lines}
    for employer, worker, month in sorted(at.keys() - have):
        own = {"employer_id": employer, "worker_id": worker, "month": month, "scheme": "pension"}
        lines.append({
            **own, "base": at[employer, worker, month], "due": Decimal(800), "paid": Decimal(800),
            "paid_on": legal_day(own),
        })  # fmt: skip
    return {**world, "contributions": lines}


# ---- worlds


def tidy_world(seed: int, day: dt.date) -> World:
    """Employers that file every month; each pays its own shares of the lines in time, late, in part and not at all.

    Some stop filing; some owe for the newest months alone. Of the workers on the payroll most are insured.
    """
    rng = np.random.default_rng(seed)
    world = known_by(random_world(seed, 24), day)
    world["payroll"], world["contributions"] = [], []
    for row in {row["employer_id"]: row for row in world["employers"]}.values():
        employer, habit = row["employer_id"], rng.dirichlet([4, 1, 0.5, 1])
        newest_owed, stops = int(rng.integers(0, 5)), int(rng.choice([0, 0, 0, 3, 8]))
        part = rng.random() < 0.5
        for n in range(stops, int(rng.choice([2, 8, 26, 30]))):
            month = day.replace(day=1) - relativedelta(months=n + 1)
            for worker in map(str, range(1, int(rng.integers(2, 6)))):
                for register in ("payroll", "contributions"):
                    if register == "contributions" and rng.random() < (0.1 if worker != "1" else 0):
                        continue
                    how = 3 if n < newest_owed else int(rng.choice(4, p=habit))
                    world[register].append(
                        _line(rng, register, employer, worker, month, 1 if how == 2 and not part else how)
                    )
    return known_by({name: _with_days(name, rows) for name, rows in world.items()}, day)


def _line(rng: np.random.Generator, register: str, employer: str, worker: str, month: dt.date, how: int) -> Row:
    due, given = MONEY[register]
    amount = Decimal(int(rng.choice([1900, 5000, 12000])))
    legal = legal_day({"month": month})
    on = legal + dt.timedelta(
        days=int(rng.integers(1, 120)) if how == 1 or (how == 2 and rng.random() < 0.5) else -int(rng.integers(10))
    )
    own: Row = {"employer_id": employer, "worker_id": worker, "month": month, due: amount}
    if register == "contributions":
        own |= {
            "scheme": str(rng.choice(["pension", "pension", "medical", "work_injury"])),
            "base": amount * Decimal("0.6"),
        }
    return own | (
        {given: amount / 2 if how == 2 else amount, "paid_on": on} if how < 3 else {given: None, "paid_on": None}
    )


def _with_days(register: str, rows: list[Row]) -> list[Row]:
    months = {"payroll", "contributions"}
    return [
        {**row, "known_on": row["month"] + relativedelta(months=1, days=-1)} if register in months else row
        for row in rows
    ]


# ---- the law


DONE: dict[str, tuple[list[Act], Callable[[World, dt.date], World]]] = {
    "wages": ([PAY_WAGES], lambda world, day: paid(world, "payroll", day)),
    "wages in time": ([PAY_WAGES, PAY_WAGES_ON_TIME], lambda world, day: paid_in_time(world, "payroll", day)),
    "contributions": ([PAY_CONTRIBUTIONS], lambda world, day: paid(world, "contributions", day)),
    "contributions in time": (
        [PAY_CONTRIBUTIONS, PAY_CONTRIBUTIONS_ON_TIME], lambda world, day: paid_in_time(world, "contributions", day),
    ),
    "decisions": ([PAY_DECISIONS], decisions_paid),
}  # fmt: skip


@pytest.mark.parametrize("day", [MIDDLE, END], ids=str)
def test_an_act_makes_of_every_feature_what_its_record_says(duckdb: Engine, day: dt.date) -> None:
    worlds = [tidy_world(1, day), tidy_world(2, day), known_by(random_world(5, 24), day)]
    world = together({str(n): each for n, each in enumerate(worlds)})
    done = taken(duckdb, together({"": world} | {name: do(world, day) for name, (_, do) in DONE.items()}), day)
    for name, (acts, _) in DONE.items():
        agrees(done.of(""), done.of(name), acts, np.full(len(LEARNED), np.nan))


def test_insuring_makes_of_every_feature_what_its_record_says(duckdb: Engine) -> None:
    """The usual is what those have who insure everybody on the whole wage: who insures as usual ends there."""
    world = together({str(seed): insurable(seed) for seed in (3, 4)})
    done = taken(duckdb, together({"": world, "insured": insured(world)}), MIDDLE)
    agrees(done.of(""), done.of("insured"), [INSURE], usual_values(done.of("insured").rows))


def insurable(seed: int) -> World:
    """Contributions for pension alone, of workers on the payroll."""
    world = tidy_world(seed, MIDDLE)
    due = {(row["employer_id"], row["worker_id"], row["month"]): row["wage_due"] for row in world["payroll"]}
    world["contributions"] = [
        {**row, "scheme": "pension", "base": due[key] * Decimal("0.6")} for row in world["contributions"]
        if (key := (row["employer_id"], row["worker_id"], row["month"])) in due
    ]  # fmt: skip
    return world


def together(worlds: dict[str, World]) -> World:
    """Worlds side by side that know nothing of each other; every name in them has that of its world before it."""
    named = ("employer_id", "worker_id", "complaint_id", "inspection_id", "value")
    joined: World = {}
    for before, world in worlds.items():
        for register, rows in world.items():
            joined.setdefault(register, []).extend(
                {**row, **{name: f"{before}/{row[name]}" for name in named if name in row}} for row in rows
            )
    return joined


@dataclass(frozen=True)
class Taken:
    """Employers, their learned features, shape (employers, features), and those not learned, by name."""

    ids: list[str]
    rows: np.ndarray
    beside: dict[str, np.ndarray]

    def of(self, world: str) -> Taken:
        """Those of one of the worlds that were put together, by their names in it."""
        at = [i for i, name in enumerate(self.ids) if name.startswith(f"{world}/")]
        names = [self.ids[i].removeprefix(f"{world}/") for i in at]
        return Taken(names, self.rows[at], {name: values[at] for name, values in self.beside.items()})


def taken(engine: Engine, world: World, day: dt.date) -> Taken:
    found = features_of(engine, [str(day)], world)[str(day)]
    ids = sorted(found["complaints_12m"])
    columns = {name: np.array([values[i] for i in ids], dtype=float) for name, values in found.items()}
    rows = np.column_stack([columns[f.name] for f in LEARNED])
    return Taken(ids, rows, {f.name: columns[f.name] for f in BESIDE})


def agrees(before: Taken, after: Taken, acts: list[Act], usual: np.ndarray) -> None:
    """Each feature has the value its record says, or one on the side of more risk where it says only that."""
    assert before.ids == after.ids
    was, is_, said = before.rows, after.rows, moved(LEARNED, before.rows, usual, acts, before.beside)
    wrong = [
        (feature.name, before.ids[e], *(round(float(x[e, i]), 4) for x in (was, is_, said)))
        for i, feature in enumerate(LEARNED)
        if feature.needs != ("ties",)  # these tell of others, who act here too
        for e in range(len(before.ids))
        if not _holds(feature, acts, was[e, i], is_[e, i], said[e, i])
    ]
    names = "+".join(act.name for act in acts)
    assert not wrong, f"{names}: feature, employer, before, after, reckoned: {wrong}"
    same = [np.allclose(was[:, i], is_[:, i], equal_nan=True) for i in range(len(LEARNED))]
    bettered = [f.name for f, stays in zip(LEARNED, same, strict=True) if any(betters(f, a.name) for a in acts)]
    idle = [f.name for f, stays in zip(LEARNED, same, strict=True) if f.name in bettered and stays]
    assert idle == [], f"{names}: not tried"


def _holds(feature: Feature, acts: list[Act], was: float, is_: float, said: float) -> bool:
    hows = [change.how for act in acts if (change := feature.changed_by(act.name))]
    if not hows:
        return _same(was, is_) and _same(was, said)
    if hows[-1] == "takes":
        return _same(is_, said)
    if hows[-1] == "perhaps" and _same(is_, was):
        return True  # it is tried left too
    if not feature.direction:
        return not np.isnan(said)  # nobody knows which side is of more risk: what it was and what is reckoned are tried
    return _same(is_, said) or feature.direction * (said - is_) > 0


def _same(one: float, other: float) -> bool:
    return (np.isnan(one) and np.isnan(other)) or abs(one - other) < 1e-6
