"""How likely a claim that a rule hits is found duplicate or fraudulent: from what was decided of its hits by the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from features.rules.findings import WRONG
from features.rules.rule import RuleBook
from serving.limits import RULE_CHANCE, RULE_WEIGHT
from training.artefact import Floats

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class RuleChance:
    """`found` of `decided` claims hit by the rule were found duplicate or fraudulent; `chance` is drawn from the severity's."""

    rule: str
    decided: int
    found: int
    chance: float


def rule_chances(book: RuleBook, hits: Mapping[str, Flags], snapshot: pa.Table) -> dict[str, RuleChance]:
    """The chance of each rule, from `newest_finding` of the claims of the snapshot that it hits."""
    findings = np.asarray(snapshot["newest_finding"].to_pylist(), dtype=object)
    known = np.asarray([finding is not None for finding in findings], dtype=bool)
    wrong = np.isin(findings.astype(str), WRONG) & known
    chances = {}
    for rule in book.rules:
        decided, found = int((hits[rule.name] & known).sum()), int((hits[rule.name] & wrong).sum())
        chance = (found + RULE_CHANCE[rule.severity] * RULE_WEIGHT) / (decided + RULE_WEIGHT)
        chances[rule.name] = RuleChance(rule.name, decided, found, chance)
    return chances


def by_rules(hits: Mapping[str, Flags], chances: Mapping[str, RuleChance], count: int) -> Floats:
    """For each claim the largest chance of the rules that hit it; NaN where none does."""
    largest = np.full(count, np.nan)
    for name, flags in hits.items():
        largest[flags] = np.fmax(largest[flags], chances[name].chance)
    return largest
