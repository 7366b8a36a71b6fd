"""Laws that hold for every feature of employers and of claims, found by walking the catalogues."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.features.worlds import World, differences, known_by
from tests.laws.of_claims import CLAIMS
from tests.laws.of_employers import EMPLOYERS
from tests.laws.subjects import CORRECTED_ON, DAY, Known, Subject

every_subject = pytest.mark.parametrize("subject", [EMPLOYERS, CLAIMS], ids=str)
few = settings(
    max_examples=3, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip

# ---- the day, and the rows


@every_subject
@few
@given(data=st.data())
def test_neither_what_is_known_later_nor_the_order_of_rows_changes_anything(duckdb, subject: Subject, data):
    world, seed = data.draw(subject.worlds), data.draw(st.integers(0, 99))
    known = subject.as_of(duckdb, world)
    assert differences(known, subject.as_of(duckdb, known_by(world, DAY))) == []
    assert differences(known, subject.as_of(duckdb, shuffled(world, seed))) == []


SOME = ["2022-12-31", "2023-06-30", "2024-02-29"]


@pytest.fixture(scope="module", params=[EMPLOYERS, CLAIMS], ids=str)
def larger(request, duckdb) -> tuple[Subject, World, dict[str, Known]]:
    """A larger world, and what is known of it on SOME days asked together."""
    world = request.param.random_world(7)
    return request.param, world, request.param.features_of(duckdb, SOME, world)


@pytest.mark.parametrize("day", SOME)
def test_days_of_a_larger_world_asked_together_are_each_asked_alone_when_nothing_later_was_known(duckdb, larger, day):
    subject, world, known = larger
    then = dt.date.fromisoformat(day)
    assert differences(known[day], subject.as_of(duckdb, known_by(world, then), then)) == []


def test_the_order_of_rows_changes_nothing_in_a_larger_world(duckdb, larger):
    subject, world, known = larger
    again = subject.features_of(duckdb, SOME, shuffled(world, 1))
    assert {day: differences(known[day], again[day]) for day in SOME} == {day: [] for day in SOME}


def shuffled(world: World, seed: int) -> World:
    return {name: Random(seed).sample(found, len(found)) for name, found in world.items()}


@every_subject
def test_a_correction_stands_from_its_day_and_the_earlier_row_until_then(duckdb, subject: Subject):
    """A subject for each register, with one row in all of them; that of the register it is called after is corrected."""
    registers = list(subject.standing)
    old = {register: [subject.row(register, name) for name in registers] for register in registers}
    both = {register: [*found, subject.corrected(register)] for register, found in old.items()}
    new = {
        register: [subject.row(register, name) for name in registers if name != register]
        + [subject.corrected(register)]
        for register in registers
    }
    before, on = str(CORRECTED_ON - dt.timedelta(days=1)), str(CORRECTED_ON)
    was, told, would_be = (subject.features_of(duckdb, [before, on], world) for world in (old, both, new))
    assert differences(told[before], was[before]) == []
    assert [found for found in differences(told[on], would_be[on]) if found[0] not in subject.of_the_telling] == []
    alone = {feature.name for feature in subject.catalogue if subject.speaks_alone(feature)} - {"silent_days"}
    moved = {name for feature, name, *_ in differences(told[on], was[on]) if feature in alone}
    assert moved == set(registers)


# ---- who has no history


@every_subject
def test_one_of_whom_nothing_is_known_is_there_and_has_the_declared_values(duckdb, subject: Subject):
    world: World = {register: [] for register in subject.registers} | {subject.own: [subject.bare]}
    known = subject.as_of(duckdb, world)
    spoken = {f.name: f.without_history for f in subject.catalogue if f.name not in subject.of_the_day}
    assert {name: known[name] for name in spoken} == {name: {"new": value} for name, value in spoken.items()}
    assert all(known[name]["new"] is not None for name in subject.of_the_day)


@every_subject
def test_what_is_known_of_another_is_not_said_of_one_without_history(duckdb, subject: Subject):
    world: World = {register: [] for register in subject.registers}
    world |= {register: [subject.row(register, "a")] for register in subject.standing}
    world[subject.own].append(subject.bare)
    known = subject.as_of(duckdb, world)
    alone = [f for f in subject.catalogue if subject.speaks_alone(f) and f.name not in subject.of_the_day]
    assert {f.name: known[f.name]["new"] for f in alone} == {f.name: f.without_history for f in alone}


@every_subject
def test_a_register_that_is_not_there_says_nothing_of_anybody(duckdb, subject: Subject):
    """Null, not 0: that nobody complained is news, that nobody keeps complaints is none."""
    known = subject.as_of(duckdb, {subject.own: [subject.row(subject.own, "a")]})
    spoken = {name for name, values in known.items() if values["a"] is not None}
    assert subject.of_the_day <= spoken <= subject.of_its_own_row


# ---- the values


@every_subject
def test_values_stay_in_their_declared_range(duckdb, subject: Subject):
    taken = subject.features_of(duckdb, ["2022-01-31", "2023-06-15", "2024-12-31"], subject.random_world(11))
    outside = [
        (feature.name, name, value)
        for known in taken.values()
        for feature in subject.catalogue
        for name, value in known[feature.name].items()
        if value is not None and not within(feature.range, value)
    ]
    assert outside == []


def within(range_: tuple[float | None, float | None], value: float) -> bool:
    low, high = range_
    return (low is None or value >= low) and (high is None or value <= high)
