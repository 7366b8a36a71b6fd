"""Laws that hold for every feature, found by walking the catalogue."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from features.employers import EMPLOYER_FEATURES
from features.feature import LANGUAGES, Catalogue, Feature, Reason
from features.folds import FOLDS
from features.registers import REGISTERS
from features.snapshots.books import Books
from features.ties.measures import MEASURES, Ties
from tests.features.worlds import World, differences, features_of, known_by, random_world

DAY = dt.date(2024, 6, 30)
NAMES = [feature.name for feature in EMPLOYER_FEATURES]
every_feature = pytest.mark.parametrize("feature", EMPLOYER_FEATURES, ids=lambda feature: feature.name)
few = settings(
    max_examples=6, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip

# ---- worlds: some rows a register, on days close to that of the snapshot (a query costs the same for 3 rows or 30)

employers = st.sampled_from("abcdef")
days = st.integers(-60, 30).map(lambda offset: DAY + dt.timedelta(days=offset))
months = st.sampled_from([dt.date(2024, 1, 1), dt.date(2024, 4, 1), dt.date(2024, 5, 1), dt.date(2024, 6, 1)])
amounts = st.sampled_from([Decimal("0.00"), Decimal("0.01"), Decimal("99.99"), Decimal("100.00"), Decimal("1000.00")])
ids = st.integers(1, 12).map(str)


def or_none(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, st.none())


def register(declared: str, **columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to thirty rows; the same key again on another day is a correction."""
    row = st.fixed_dictionaries({**columns, "known_on": days})
    key = (*REGISTERS[declared].key, "known_on")
    return st.lists(row, min_size=3, max_size=30, unique_by=lambda r: tuple(r[column] for column in key))


worlds = st.fixed_dictionaries({
    "employers": register(
        "employers", employer_id=employers, name=st.just("N"), industry=or_none(st.sampled_from(["x", "y"])),
        registered_on=or_none(days), registered_capital=or_none(amounts), closed_on=or_none(days),
    ),
    "complaints": register(
        "complaints", complaint_id=ids, employer_id=employers, filed_on=days, workers=or_none(st.sampled_from([1, 9, 10])),
        topic=or_none(st.sampled_from(["wages", "contract"])), amount_claimed=or_none(amounts), decided_on=days,
        outcome=or_none(st.sampled_from(["proven", "proven", "unproven", "settled"])), amount_proven=or_none(amounts),
        amount_recovered=or_none(amounts),
    ),
    "inspections": register(
        "inspections", inspection_id=ids, employer_id=employers, opened_on=days, closed_on=days,
        finding=or_none(st.sampled_from(["arrears", "arrears", "contribution_arrears", "clean", "not_found"])),
        workers_owed=or_none(st.sampled_from([0, 5])), amount_owed=or_none(amounts), amount_recovered=or_none(amounts),
    ),
    "payroll": register(
        "payroll", employer_id=employers, worker_id=ids, month=months, wage_due=amounts, wage_paid=or_none(amounts),
        paid_on=or_none(days),
    ),
    "contributions": register(
        "contributions", employer_id=employers, worker_id=ids, month=months, scheme=st.sampled_from(["pension", "medical"]),
        base=or_none(amounts), due=amounts, paid=or_none(amounts), paid_on=or_none(days),
    ),
    "employer_ties": register(
        "employer_ties", employer_id=employers, tie=st.sampled_from(["director", "phone", "agent"]),
        value=st.sampled_from("uvwxyz"), since=or_none(days), until=or_none(days),
    ),
})  # fmt: skip


def as_of(engine, world: World, day: dt.date = DAY) -> dict[str, dict[str, Any]]:
    return features_of(engine, [str(day)], world)[str(day)]


# ---- the day


@few
@given(world=worlds)
def test_what_is_known_later_changes_nothing(duckdb, world):
    assert differences(as_of(duckdb, world), as_of(duckdb, known_by(world, DAY))) == []


def test_what_is_known_later_changes_nothing_in_a_larger_world(duckdb):
    world, some = random_world(seed=7), ["2022-12-31", "2024-02-29"]
    known = features_of(duckdb, some, world)
    for day in some:
        then = dt.date.fromisoformat(day)
        assert differences(known[day], as_of(duckdb, known_by(world, then), then)) == []


def test_days_asked_together_are_days_asked_alone(duckdb):
    world, some = random_world(seed=8, employers=10), ["2023-06-30", "2024-02-29"]
    together = features_of(duckdb, some, world)
    assert [differences(together[day], features_of(duckdb, [day], world)[day]) for day in some] == [[], []]


# ---- the rows


@few
@given(world=worlds, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(duckdb, world, seed):
    assert differences(as_of(duckdb, world), as_of(duckdb, shuffled(world, seed))) == []


def test_the_order_of_rows_changes_nothing_in_a_larger_world(duckdb):
    world = random_world(seed=1)
    assert differences(as_of(duckdb, world), as_of(duckdb, shuffled(world, 1))) == []


def shuffled(world: World, seed: int) -> World:
    return {name: Random(seed).sample(found, len(found)) for name, found in world.items()}


OF_THE_TELLING = {"reported_days_12m", "late_reported_share_12m", "lowered_share_12m"}  # that it was corrected is news
CORRECTED_ON = dt.date(2024, 6, 15)
STANDING = {
    "employers": dict(name="A", industry="x", registered_on=dt.date(2020, 1, 1), registered_capital=Decimal(1)),
    "complaints": dict(
        filed_on=dt.date(2024, 6, 1),
        topic="wages",
        workers=3,
        amount_claimed=Decimal(100),
        outcome="proven",
        decided_on=dt.date(2024, 6, 10),
        amount_proven=Decimal(50),
    ),
    "inspections": dict(
        opened_on=dt.date(2024, 6, 1),
        closed_on=dt.date(2024, 6, 10),
        finding="arrears",
        workers_owed=3,
        amount_owed=Decimal(70),
    ),
    "payroll": dict(worker_id="1", month=dt.date(2024, 5, 1), wage_due=Decimal(100)),
    "contributions": dict(
        worker_id="1", month=dt.date(2024, 5, 1), scheme="pension", base=Decimal(100), due=Decimal(10)
    ),
}
CORRECTION = {
    "employers": dict(industry="y", registered_on=dt.date(2021, 1, 1), registered_capital=Decimal(2)),
    "complaints": dict(
        filed_on=dt.date(2023, 6, 1), topic="contract", workers=10, amount_claimed=Decimal(7), outcome="unproven"
    ),
    "inspections": dict(opened_on=dt.date(2023, 6, 1), finding="clean", workers_owed=None, amount_owed=None),
    "payroll": dict(wage_due=Decimal(200), wage_paid=Decimal(150), paid_on=dt.date(2024, 6, 12)),
    "contributions": dict(base=Decimal(60), due=Decimal(6), paid=Decimal(6), paid_on=dt.date(2024, 6, 12)),
}


def standing(register: str, employer: str) -> dict[str, Any]:
    keys = {
        "employer_id": employer,
        "complaint_id": employer,
        "inspection_id": employer,
        "known_on": dt.date(2024, 6, 1),
    }
    return {**{k: v for k, v in keys.items() if k in REGISTERS[register].names}, **STANDING[register]}


def corrected(register: str) -> dict[str, Any]:
    """The correction of the row that speaks of the employer called as the register."""
    return {**standing(register, register), **CORRECTION[register], "known_on": CORRECTED_ON}


def speaks_alone(feature: Feature) -> bool:
    """Whether no other employer's rows can change it."""
    return not feature.among_others and "ties" not in feature.needs


def test_a_correction_stands_from_its_day_and_the_earlier_row_until_then(duckdb):
    """Five employers with one row a register; that of the register they are called after is corrected."""
    old = {register: [standing(register, employer) for employer in STANDING] for register in STANDING}
    both = {register: [*found, corrected(register)] for register, found in old.items()}
    new = {
        register: [row for row in found if row.get("employer_id") != register] + [corrected(register)]
        for register, found in old.items()
    }
    before, on = str(CORRECTED_ON - dt.timedelta(days=1)), str(CORRECTED_ON)
    was, told, would_be = (features_of(duckdb, [before, on], world) for world in (old, both, new))
    assert differences(told[before], was[before]) == []
    assert [found for found in differences(told[on], would_be[on]) if found[0] not in OF_THE_TELLING] == []
    alone = {feature.name for feature in EMPLOYER_FEATURES if speaks_alone(feature)} - {"silent_days"}
    moved = {employer for feature, employer, *_ in differences(told[on], was[on]) if feature in alone}
    assert moved == set(STANDING)


# ---- who has no history

OF_THE_DAY = {"days_to_spring_festival", "days_since_spring_festival", "months_to_year_end"}  # known of everybody


def test_an_employer_of_whom_nothing_is_known_is_there_and_has_the_declared_values(duckdb):
    world: World = {register: [] for fold in FOLDS.values() for register in fold.registers}
    world["employer_ties"] = []
    world["employers"] = [{"employer_id": "new", "name": "New", "known_on": DAY}]
    known = as_of(duckdb, world)
    spoken = {feature.name: feature.without_history for feature in EMPLOYER_FEATURES if feature.name not in OF_THE_DAY}
    assert {name: known[name] for name in spoken} == {name: {"new": value} for name, value in spoken.items()}
    assert all(known[name]["new"] is not None for name in OF_THE_DAY)


def test_what_is_known_of_another_employer_is_not_said_of_one_without_history(duckdb):
    world: World = {register: [standing(register, "a")] for register in STANDING}
    world["employers"].append({"employer_id": "new", "name": "New", "known_on": DAY})
    known = as_of(duckdb, world)
    alone = [feature for feature in EMPLOYER_FEATURES if speaks_alone(feature) and feature.name not in OF_THE_DAY]
    assert {f.name: known[f.name]["new"] for f in alone} == {f.name: f.without_history for f in alone}


def test_a_register_that_is_not_there_says_nothing_of_anybody(duckdb):
    """Null, not 0: that nobody complained is news, that nobody keeps complaints is none."""
    known = as_of(duckdb, {"employers": [standing("employers", "a")]})
    spoken = {name for name, values in known.items() if values["a"] is not None}
    assert spoken == {"age_years", "capital", "silent_days"} | OF_THE_DAY  # the employer's own row speaks


# ---- the values


def test_values_stay_in_their_declared_range(duckdb):
    taken = features_of(duckdb, ["2022-01-31", "2023-06-15", "2024-12-31"], random_world(seed=11))
    outside = [
        (feature.name, employer, value)
        for known in taken.values()
        for feature in EMPLOYER_FEATURES
        for employer, value in known[feature.name].items()
        if value is not None and not within(feature.range, value)
    ]
    assert outside == []


def within(range_: tuple[float | None, float | None], value: float) -> bool:
    low, high = range_
    return (low is None or value >= low) and (high is None or value <= high)


# ---- the records

BLAME = re.compile(r"guilt|fraud|crim|cheat|illegal|offen[cds]|culprit", re.IGNORECASE)
NEUTRAL = re.compile(r"risk|bad|good|suspicious|danger|score|guilt|fraud|crim")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@every_feature
def test_the_record_is_whole(feature: Feature):
    assert feature.subject == "employer"
    assert feature.unit
    assert feature.sentence.endswith(".") and not CHINESE.search(feature.sentence)
    assert CHINESE.search(feature.sentence_zh)
    assert feature.source and set(feature.source) <= set(REGISTERS)
    assert feature.direction in {-1, 0, 1}
    assert feature.without_history is None or within(feature.range, feature.without_history)
    assert feature.record()["fingerprint"] == feature.fingerprint


def ties_asked(feature: Feature) -> list[str]:
    """The measures of ties that a feature asks for."""
    if "ties" not in feature.needs:
        return []
    ties, bare = Ties(ibis.table({"as_of": "date"})), ibis.table({"as_of": "date"})
    feature.expression(**{need: ties if need == "ties" else Books(need, bare) for need in feature.needs})
    return list(ties.asked)


@every_feature
def test_the_registers_it_reads_are_the_registers_it_names(feature: Feature):
    read = {register for need in feature.needs if need in FOLDS for register in FOLDS[need].registers}
    read |= {"employers"} & {f"{need}s" for need in feature.needs}
    read |= {register for name in ties_asked(feature) for register in MEASURES[name].sources}
    assert feature.among_others or read == set(feature.source)


@every_feature
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_is_a_fact_with_a_number_in_it(feature: Feature, language: str):
    one, other = feature.reason.say(language, 0.25), feature.reason.say(language, 1234)
    assert one != other and "{" not in one + other
    absent = feature.absent.say(language)
    assert absent and "{" not in absent and absent == feature.absent.say(language, 3)
    assert not BLAME.search(one + absent)
    assert bool(CHINESE.search(one)) == bool(CHINESE.search(absent)) == (language == "zh")


@every_feature
def test_the_name_is_plain_and_takes_no_side(feature: Feature):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", feature.name)
    assert not NEUTRAL.search(feature.name)


def test_sentences_and_reasons_are_each_their_feature_s_own():
    for said in ("sentence", "sentence_zh", "reason"):
        texts = [getattr(feature, said) for feature in EMPLOYER_FEATURES]
        assert [text for text in texts if texts.count(text) > 1] == []


# ---- the fingerprints


def declared(expression: Callable[..., Any], **changed: Any) -> Feature:
    """`expression` as the only feature of a fresh catalogue."""
    said = {"family": "f", "unit": "days", "zh": "天", "reason": Reason("{value}", "{value}"), "source": "complaints"}
    catalogue = Catalogue("employer")
    catalogue.declare(**{**said, **changed})(expression)
    return catalogue[expression.__name__]


def test_a_fingerprint_changes_with_the_definition():
    def complaints(complaints):
        """Complaints."""
        return complaints.sum("filed", 3)

    first = declared(complaints)
    assert declared(complaints).fingerprint == first.fingerprint
    assert declared(complaints, unit="months").fingerprint != first.fingerprint
    assert declared(complaints, direction=1).fingerprint != first.fingerprint
    assert declared(complaints, range=(0, 1)).fingerprint != first.fingerprint

    def complaints(complaints):
        """Complaints."""
        return complaints.sum("filed", 6)

    assert declared(complaints).fingerprint != first.fingerprint


def test_fingerprints_are_different_and_stay():
    prints = [feature.fingerprint for feature in EMPLOYER_FEATURES]
    assert len(set(prints)) == len(prints) == len(NAMES)
    assert prints == [feature.fingerprint for feature in EMPLOYER_FEATURES]


def test_a_catalogue_refuses_what_would_be_ambiguous_or_unsaid():
    catalogue = Catalogue("employer")
    declare = catalogue.declare(
        family="f", unit="days", zh="天", reason=Reason("{value}", "{value}"), source="complaints"
    )

    def said(complaints):
        """Days."""

    def unsaid(complaints): ...

    declare(said)
    with pytest.raises(ValueError, match="declared twice"):
        declare(said)
    with pytest.raises(ValueError, match="has no sentence"):
        declare(unsaid)
