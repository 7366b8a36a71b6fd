"""A policy rule, and the rules of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from features.languages import LANGUAGES
from features.registers.declaration import Text
from features.rules.expressions import Expression
from features.rules.sentences import fill

SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True)
class Rule:
    """What a policy asks to be looked at. `schemes` empty: all; `valid_until` None: until further notice, else inclusive.

    `says` holds the sentence by language, with the names of features in braces.
    """

    name: str
    schemes: tuple[str, ...]
    valid_from: dt.date
    valid_until: dt.date | None
    severity: str
    legal_basis: Text
    says: Text
    when: Expression
    shown: tuple[str, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of a snapshot that the rule or its sentence read."""
        return tuple(sorted({*self.when.names, *self.shown}))

    def holds_on(self, day: dt.date) -> bool:
        """Whether the rule is in force on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def sentence(self, row: Mapping[str, Any], units: Mapping[str, str | None]) -> Text:
        """What it says of a claim, with the numbers of the snapshot's `row`; `units` by name."""
        return Text(*(fill(getattr(self.says, language), row, units, language) for language in LANGUAGES))

    def record(self) -> dict[str, Any]:
        """The rule as plain data."""
        return {
            "name": self.name,
            "schemes": list(self.schemes),
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until and self.valid_until.isoformat(),
            "severity": self.severity,
            "legal_basis": vars(self.legal_basis),
            "when": self.when.text,
            "says": vars(self.says),
        }


@dataclass(frozen=True)
class RuleBook:
    """All rules of a file, in its order. `version` changes when the file does; `units` are those of the names they read."""

    version: str
    rules: tuple[Rule, ...]
    units: Mapping[str, str | None]

    def named(self, names: tuple[str, ...]) -> RuleBook:
        """Only the rules called `names`, all where none is given. KeyError for one that is not there."""
        own = {rule.name: rule for rule in self.rules}
        return RuleBook(self.version, tuple(own[name] for name in names), self.units) if names else self

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of a snapshot that any of them reads."""
        return tuple(sorted({name for rule in self.rules for name in rule.reads}))
