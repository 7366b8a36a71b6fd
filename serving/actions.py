"""What is proposed for an employer (letter, call, visit, joint visit), from a dated table that an office may replace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from features.errors import BadInput, NotFound
from serving.circumstances import HISTORIES, LIVENESS, Circumstances
from serving.levels import LEVELS, NO_LEVEL
from serving.office_tables import read_rows
from serving.texts import Sentence

ACTIONS = ("letter", "call", "visit", "joint_visit")
CHOICES = {
    "level": (*LEVELS, NO_LEVEL),
    "history": HISTORIES,
    "liveness": LIVENESS,
    "chosen": ("risk", "harm", "random"),
}
LEAST = {"workers_from": "workers", "money_from": "money"}


@dataclass(frozen=True)
class Proposal:
    """A row: what is proposed where all its conditions hold. An empty condition holds for everybody."""

    valid_from: dt.date
    source: str
    action: str
    en: str
    zh: str
    level: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    liveness: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    workers_from: float | None = None
    money_from: float | None = None

    @property
    def because(self) -> Sentence:
        """Why, as it is shown."""
        return Sentence(self.en, self.zh)

    @property
    def for_everybody(self) -> bool:
        """Whether it has no condition."""
        return not any(getattr(self, name) for name in CHOICES) and all(getattr(self, name) is None for name in LEAST)

    def fits(self, case: Circumstances) -> bool:
        """Whether all conditions hold; a size that is not known reaches no band."""
        chosen = all(not getattr(self, name) or getattr(case, name) in getattr(self, name) for name in CHOICES)
        return chosen and all(self._reached(least, getattr(case, name)) for least, name in LEAST.items())

    def _reached(self, least: str, size: float | None) -> bool:
        band = getattr(self, least)
        return band is None or (size is not None and size >= band)


@dataclass(frozen=True)
class ActionTable:
    """All rows of a file, in order. Those with the newest `valid_from` on a day hold together on it."""

    version: str
    rows: tuple[Proposal, ...]

    def propose(self, case: Circumstances, day: dt.date) -> Proposal:
        """The first row that holds on `day` and fits; NotFound where none held yet."""
        begun = [row.valid_from for row in self.rows if row.valid_from <= day]
        for row in self.rows:
            if begun and row.valid_from == max(begun) and row.fits(case):
                return row
        raise NotFound(
            f"no action is proposed on {day}",
            found=f"rows from {min(row.valid_from for row in self.rows)} on",
            expected="rows with valid_from on or before that day",
            do="add them to the file of actions",
        )


def read_actions(path: Path | None = None) -> ActionTable:
    """The actions in the file at `path`, or those that come with Plumbline. BadInput lists all that is wrong."""
    rows, digest = read_rows("actions", path)
    wrong = [f"row {number}: {fault}" for number, row in enumerate(rows, 1) for fault in _faults(row)]
    table = () if wrong else tuple(_proposal(row) for row in rows)
    wrong += _faults_of_order(table)
    if wrong or not rows:
        raise BadInput(
            f"the actions in {path or 'actions.toml'} cannot be used",
            found="; ".join(wrong) or "no [[actions]]",
            expected="valid_from (a date), source, action, en and zh in each [[actions]], conditions that can be met, "
            "and for each valid_from one last row without conditions",
            do="put the file right",
        )
    newest = max(row.valid_from for row in table)
    return ActionTable(f"{newest}-{digest}", table)


def _proposal(row: Mapping[str, Any]) -> Proposal:
    lists: dict[str, Any] = {name: tuple(value) for name, value in row.items() if name in CHOICES}
    return Proposal(**{**row, **lists})


def _faults(row: Mapping[str, Any]) -> list[str]:
    known = [field.name for field in fields(Proposal)]
    faults = [f"{name} is missing" for name in known[:5] if not row.get(name)]
    faults += [f"{name} is not known" for name in sorted(set(row) - set(known))]
    if row.get("valid_from") and type(row["valid_from"]) is not dt.date:
        faults.append("valid_from is not a date")
    faults += [f"{n} is not a text" for n in ("source", "en", "zh") if row.get(n) and not isinstance(row[n], str)]
    if row.get("action") and row["action"] not in ACTIONS:
        faults.append(f"action {row['action']} is none of {', '.join(ACTIONS)}")
    for name, allowed in CHOICES.items():
        faults += _faults_of_choice(name, row[name], allowed) if name in row else []
    sizes = [name for name in LEAST if name in row]
    return faults + [f"{n} is not a number above 0" for n in sizes if not _above_0(row[n])]


def _faults_of_choice(name: str, given: Any, allowed: tuple[str, ...]) -> list[str]:
    if not isinstance(given, list) or not given:
        return [f"{name} is not a list"]
    return [f"{name} {one} is none of {', '.join(allowed)}" for one in given if one not in allowed]


def _above_0(number: Any) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and number > 0


def _faults_of_order(table: tuple[Proposal, ...]) -> list[str]:
    """Each set of rows ends with one for everybody, and with no other: a row after it could never be reached."""
    faults = []
    for day in dict.fromkeys(row.valid_from for row in table):
        everybody = [row.for_everybody for row in table if row.valid_from == day]
        if True not in everybody:
            faults.append(f"rows from {day}: the last has conditions, so some employers would have no action")
        elif everybody.index(True) != len(everybody) - 1:
            faults.append(
                f"rows from {day}: row {everybody.index(True) + 1} fits everybody, those after it are never reached"
            )
    return faults
