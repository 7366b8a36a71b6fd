"""What is proposed in which circumstances, from a dated table that an office may replace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from features.errors import BadInput, NotFound
from serving.office_tables import read_rows
from serving.texts import Sentence

NEEDED = ("valid_from", "source", "action", "en", "zh")


@dataclass(frozen=True)
class Vocabulary:
    """What a table may propose and ask: `choices` by condition, and `least`, the sizes it may ask for at least.

    The table shipped is `<table>.toml` in `package`.
    """

    table: str
    actions: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    least: Mapping[str, str]
    package: str = "serving"


@dataclass(frozen=True)
class Proposal:
    """A row: what is proposed where all its conditions hold. An empty condition holds for everybody.

    `choices` holds the words allowed by attribute of the circumstances, `least` the least number by attribute.
    """

    valid_from: dt.date
    source: str
    action: str
    because: Sentence
    choices: Mapping[str, tuple[str, ...]]
    least: Mapping[str, float]

    @property
    def for_everybody(self) -> bool:
        """Whether it has no condition."""
        return not self.choices and not self.least

    def fits(self, case: object) -> bool:
        """Whether all conditions hold; a size that is not known reaches no band."""
        chosen = all(getattr(case, name) in allowed for name, allowed in self.choices.items())
        return chosen and all(_reached(band, getattr(case, name)) for name, band in self.least.items())


@dataclass(frozen=True)
class ProposalTable:
    """All rows of a file, in order. Those with the newest `valid_from` on a day hold together on it."""

    version: str
    rows: tuple[Proposal, ...]

    def propose(self, case: object, day: dt.date) -> Proposal:
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


def read_proposals(words: Vocabulary, path: Path | None = None) -> ProposalTable:
    """The table in the file at `path`, or the one that comes with Plumbline. BadInput lists all that is wrong."""
    rows, digest = read_rows(words.table, path, words.package)
    wrong = [f"row {number}: {fault}" for number, row in enumerate(rows, 1) for fault in _faults(row, words)]
    table = () if wrong else tuple(_proposal(row, words) for row in rows)
    wrong += _faults_of_order(table)
    if wrong or not rows:
        raise BadInput(
            f"the actions in {path or f'{words.table}.toml'} cannot be used",
            found="; ".join(wrong) or f"no [[{words.table}]]",
            expected=f"valid_from (a date), source, action, en and zh in each [[{words.table}]], conditions that can be "
            "met, and for each valid_from one last row without conditions",
            do="put the file right",
        )
    newest = max(row.valid_from for row in table)
    return ProposalTable(f"{newest}-{digest}", table)


def _reached(band: float, size: float | None) -> bool:
    return size is not None and size >= band


def _proposal(row: Mapping[str, Any], words: Vocabulary) -> Proposal:
    return Proposal(
        row["valid_from"], row["source"], row["action"], Sentence(row["en"], row["zh"]),
        {name: tuple(row[name]) for name in words.choices if name in row},
        {size: row[name] for name, size in words.least.items() if name in row},
    )  # fmt: skip


def _faults(row: Mapping[str, Any], words: Vocabulary) -> list[str]:
    known = (*NEEDED, *words.choices, *words.least)
    faults = [f"{name} is missing" for name in NEEDED if not row.get(name)]
    faults += [f"{name} is not known" for name in sorted(set(row) - set(known))]
    if row.get("valid_from") and type(row["valid_from"]) is not dt.date:
        faults.append("valid_from is not a date")
    faults += [f"{n} is not a text" for n in ("source", "en", "zh") if row.get(n) and not isinstance(row[n], str)]
    if row.get("action") and row["action"] not in words.actions:
        faults.append(f"action {row['action']} is none of {', '.join(words.actions)}")
    for name, allowed in words.choices.items():
        faults += _faults_of_choice(name, row[name], allowed) if name in row else []
    sizes = [name for name in words.least if name in row]
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
            faults.append(f"rows from {day}: the last has conditions, so some would have no action")
        elif everybody.index(True) != len(everybody) - 1:
            faults.append(
                f"rows from {day}: row {everybody.index(True) + 1} fits everybody, those after it are never reached"
            )
    return faults
