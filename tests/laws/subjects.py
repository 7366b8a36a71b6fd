"""Whose features the laws hold for: employers and claims, each with worlds of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from features.feature import Catalogue, Feature
from features.registers import REGISTERS
from tests.features.worlds import Row, World

DAY = dt.date(2024, 6, 30)
CORRECTED_ON = dt.date(2024, 6, 15)
Known = dict[str, dict[str, Any]]  # feature → subject → value


@dataclass(frozen=True)
class Subject:
    """What a law needs to know of one kind of subject.

    `own` is the register of the subjects, `features_of` takes an engine, days and a world. In `standing` there is a row a
    register, of which the columns `named` hold the subject's name; in `corrections` what corrects it. A subject named like
    a register is the one whose row of it is corrected. `bare` is the row of a subject without history.
    `of_the_telling`: features that tell that there was a correction. `of_the_day`: known of a subject without history.
    `of_its_own_row`: all that may be known where only the register `own` is there. `among`: facades through which the rows
    of subjects that share nothing with it reach a subject.
    """

    catalogue: Catalogue
    own: str
    key: str
    features_of: Callable[[Any, list[str], World], dict[str, Known]]
    worlds: st.SearchStrategy[World]
    random_world: Callable[[int], World]
    standing: Mapping[str, Row]
    corrections: Mapping[str, Row]
    named: frozenset[str]
    bare: Row
    of_the_telling: frozenset[str]
    of_the_day: frozenset[str]
    of_its_own_row: frozenset[str]
    among: frozenset[str]
    registers: tuple[str, ...]

    def __str__(self) -> str:
        return self.catalogue.subject

    def as_of(self, engine: Any, world: World, day: dt.date = DAY) -> Known:
        """Feature → subject → value as of one day."""
        return self.features_of(engine, [str(day)], world)[str(day)]

    def row(self, register: str, subject: str) -> Row:
        """The row of a register that stands for the subject."""
        keys = dict.fromkeys(self.named, subject) | {"known_on": dt.date(2024, 6, 1)}
        return {**{k: v for k, v in keys.items() if k in REGISTERS[register].names}, **self.standing[register]}

    def speaks_alone(self, feature: Feature) -> bool:
        """Whether only rows of what the subject shares can change it."""
        return not set(feature.needs) & self.among

    def corrected(self, register: str) -> Row:
        """The correction of the row that speaks of the subject called as the register."""
        return {**self.row(register, register), **self.corrections[register], "known_on": CORRECTED_ON}


def or_none(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, st.none())


days = st.integers(-60, 30).map(lambda offset: DAY + dt.timedelta(days=offset))


def register(declared: str, **columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to thirty rows; the same key again on another day is a correction."""
    row = st.fixed_dictionaries({**columns, "known_on": days})
    key = (*REGISTERS[declared].key, "known_on")
    return st.lists(row, min_size=3, max_size=30, unique_by=lambda r: tuple(r[column] for column in key))
