"""How likely a claim that a rule hits is found duplicate or fraudulent: by its severity, and by reviews drawn by lot."""

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
    """Of the claims that the rule hits `decided` were decided, `found` of them duplicate or fraudulent; `by_lot` were
    reviewed by lot, `found_by_lot` of them. `chance` is the severity's, corrected by those reviewed by lot."""

    rule: str
    decided: int
    found: int
    by_lot: int
    found_by_lot: int
    chance: float


def rule_chances(
    book: RuleBook, hits: Mapping[str, Flags], snapshot: pa.Table, by_lot: Mapping[str, bool]
) -> dict[str, RuleChance]:
    """The chance of each rule. `by_lot`: claims whose review was drawn by lot, and whether they were found wrong.

    Only reviews by lot correct what was assumed of the severity: tips go where something is wrong.
    """
    findings = np.asarray(snapshot["newest_finding"].to_pylist(), dtype=object)
    drawn = np.asarray([by_lot.get(claim) for claim in snapshot["claim_id"].to_pylist()], dtype=object)
    chances = {}
    for rule in book.rules:
        own = [finding for finding in findings[hits[rule.name]].tolist() if finding is not None]
        lots = [wrong for wrong in drawn[hits[rule.name]].tolist() if wrong is not None]
        found = sum(finding in WRONG for finding in own)
        chance = (sum(lots) + RULE_CHANCE[rule.severity] * RULE_WEIGHT) / (len(lots) + RULE_WEIGHT)
        chances[rule.name] = RuleChance(rule.name, len(own), found, len(lots), sum(lots), chance)
    return chances


def by_rules(hits: Mapping[str, Flags], chances: Mapping[str, RuleChance], count: int) -> Floats:
    """For each claim the largest chance of the rules that hit it; NaN where none does."""
    largest = np.full(count, np.nan)
    for name, flags in hits.items():
        largest[flags] = np.fmax(largest[flags], chances[name].chance)
    return largest
