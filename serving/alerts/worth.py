"""What each claim is worth looking at: how likely something is found, of which kind, times the money at stake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from features.rules.rule import SEVERITIES, RuleBook
from serving.alerts.rule_chances import RuleChance, by_rules, rule_chances
from serving.alerts.stakes import Stakes, stakes
from training.artefact import Floats

Flags = npt.NDArray[np.bool_]
KINDS = ("duplicate", "fraud", "rule")
NO_KIND = "none"


@dataclass(frozen=True)
class Worth:
    """Of each claim, shape (claims,): the probability of each kind (NaN: no model, no rule), the largest of them and its
    kind, the severity of the gravest rule (0 the gravest, as many as there are for none), the money, and the loss to expect."""

    by_kind: dict[str, Floats]
    kind: list[str]
    probability: Floats
    severity: npt.NDArray[np.intp]
    stakes: Stakes
    loss: Floats
    hits: Mapping[str, Flags]
    chances: Mapping[str, RuleChance]


def worth(
    snapshot: pa.Table,
    models: Mapping[str, Floats],
    book: RuleBook,
    hits: Mapping[str, Flags],
    by_lot: Mapping[str, bool],
) -> Worth:
    """The worth of every claim of `snapshot`; `models` holds the calibrated probabilities of the kinds that have a model,
    `by_lot` the claims reviewed by lot and whether they were found wrong.
    """
    count = snapshot.num_rows
    chances = rule_chances(book, hits, snapshot, by_lot)
    nothing = np.full(count, np.nan)
    by_kind = {"duplicate": nothing, "fraud": nothing, **models, "rule": by_rules(hits, chances, count)}
    kind, probability = _largest([by_kind[name] for name in KINDS], count)
    money = stakes(snapshot)
    return Worth(
        by_kind, kind, probability, _gravest(book, hits, count), money, probability * money.in_all, hits, chances
    )


def _largest(columns: list[Floats], count: int) -> tuple[list[str], Floats]:
    """The largest of what is known and its kind; of equals the first."""
    table = np.column_stack(columns) if count else np.empty((0, len(columns)))
    known: Flags = np.asarray(~np.isnan(table).all(axis=1), dtype=bool)
    best = np.where(np.isnan(table), -1.0, table).argmax(axis=1)
    kind = [KINDS[best[row]] if known[row] else NO_KIND for row in range(count)]
    return kind, np.where(known, table[np.arange(count), best], np.nan)


def _gravest(book: RuleBook, hits: Mapping[str, Flags], count: int) -> npt.NDArray[np.intp]:
    gravest = np.full(count, len(SEVERITIES), dtype=np.intp)
    for rule in book.rules:
        place = SEVERITIES.index(rule.severity)
        gravest[hits[rule.name]] = np.minimum(gravest[hits[rule.name]], place)
    return gravest
