"""Levels of warning (red, orange, yellow) from a dated table that an office may replace."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from features.errors import BadInput, NotFound
from serving.office_tables import read_rows
from serving.texts import Sentence, text

LEVELS = ("red", "orange", "yellow")
NO_LEVEL = "none"
ANY_LABEL = "*"


@dataclass(frozen=True)
class Thresholds:
    """The least calibrated risk (0 to 1) of each level, highest first, from `valid_from` on."""

    label: str
    valid_from: dt.date
    source: str
    red: float
    orange: float
    yellow: float


@dataclass(frozen=True)
class LevelTable:
    """All thresholds of a file. `version` changes when the file does."""

    version: str
    thresholds: tuple[Thresholds, ...]

    def on(self, label: str, day: dt.date) -> Thresholds:
        """The thresholds of `label` that hold on `day`: its own, or else those of any label."""
        for wanted in (label, ANY_LABEL):
            held = [t for t in self.thresholds if t.label == wanted and t.valid_from <= day]
            if held:
                return max(held, key=lambda t: t.valid_from)
        raise NotFound(
            f"no levels hold for label {label} on {day}",
            found=", ".join(f"{t.label} from {t.valid_from}" for t in self.thresholds) or "an empty table",
            expected=f'levels for {label} or "{ANY_LABEL}" with valid_from on or before {day}',
            do="add them to the file of levels",
        )

    def level(self, risk: float, label: str, day: dt.date) -> str:
        """`red`, `orange`, `yellow` or `none` for a calibrated risk; a risk at a threshold has its level."""
        held = self.on(label, day)
        return next((name for name in LEVELS if risk >= getattr(held, name)), NO_LEVEL)


def level_name(level: str) -> Sentence:
    """The name of a level as it is shown."""
    return text(f"level_{level}")


def read_levels(path: Path | None = None) -> LevelTable:
    """The levels in the file at `path`, or those that come with Plumbline. BadInput lists all that is wrong."""
    rows, digest = read_rows("levels", path)
    wrong = [f"table {number}: {fault}" for number, row in enumerate(rows, 1) for fault in _faults(row)]
    wrong = wrong or _twice(rows)
    if wrong or not rows:
        raise BadInput(
            f"the levels in {path or 'levels.toml'} cannot be used",
            found="; ".join(wrong) or "no [[levels]]",
            expected="label, valid_from (a date), source, and 1 >= red >= orange >= yellow > 0 in each [[levels]]",
            do="put the file right",
        )
    version = f"{max(row['valid_from'] for row in rows)}-{digest}"
    return LevelTable(version, tuple(Thresholds(**row) for row in rows))


def _twice(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    times = Counter((row["label"], row["valid_from"]) for row in rows)
    return [f"two tables for {label} from {day}" for (label, day), number in times.items() if number > 1]


def _faults(row: Mapping[str, Any]) -> list[str]:
    fields = set(Thresholds.__dataclass_fields__)
    faults = [f"{name} is missing" for name in sorted(fields - set(row))]
    faults += [f"{name} is not known" for name in sorted(set(row) - fields)]
    if not faults and type(row["valid_from"]) is not dt.date:
        faults.append("valid_from is not a date")
    numbers = [row.get(name) for name in LEVELS]
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
        return [*faults, "a threshold is not a number"]
    red, orange, yellow = (float(number) for number in numbers if number is not None)
    return faults if 1 >= red >= orange >= yellow > 0 else [*faults, "thresholds are not in order"]
