"""The items of a watchlist: an employer with its score, its facts, what is proposed and what would change its level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from features.employers import EMPLOYER_FEATURES
from serving.circumstances import Circumstances, history_of, liveness_of
from serving.level_changes import LevelChange, level_changes
from serving.levels import LevelTable
from serving.proposals import ProposalTable
from serving.reasons import Fact, explain
from serving.stakes import at_stake, liveness
from serving.texts import Sentence
from training.artefact import Floats, RiskModel

Arm = Literal["risk", "harm", "random"]


@dataclass(frozen=True)
class Item:
    """One employer to visit.

    `risk` is the calibrated probability of the label. `drawing_probability` is that of being on the list,
    given the scores: 1 in the arms `risk` and `harm` (chosen for certain), below it in the arm `random`; its
    inverse weighs an outcome when rates are estimated from visits. `expected_workers` and `expected_money` are
    None where no size is known. `expected_hits` is the sum of risks of this and all places above.
    """

    rank: int
    employer_id: str
    name: str
    region: str | None
    industry: str | None
    risk: float
    level: str
    arm: Arm
    drawing_probability: float
    expected_hits: float
    expected_workers: float | None
    expected_money: float | None
    action: str
    action_because: Sentence
    level_change: LevelChange
    reasons: tuple[Fact, ...]
    facts_for: tuple[Fact, ...]
    at_stake: tuple[Fact, ...]
    liveness: Sentence


@dataclass(frozen=True)
class Chosen:
    """What is known of those chosen, in the order of the list; arrays of shape (items,) or (items, features)."""

    rows: list[dict[str, Any]]
    matrix: Floats
    risk: Floats
    workers: Floats
    money: Floats
    arms: Sequence[Arm]
    probability: Floats


def make_items(
    model: RiskModel, chosen: Chosen, usual: Floats, levels: LevelTable, actions: ProposalTable, as_of: dt.date
) -> list[Item]:
    """The items; `usual` holds the usual value of each feature of the model."""
    explained = explain(model, chosen.matrix, usual)
    changes = level_changes(
        model, chosen.matrix, usual, levels.on(model.card.label, as_of), beside=_beside(model, chosen.rows)
    )
    hits = np.cumsum(chosen.risk)
    items = []
    for place, row in enumerate(chosen.rows):
        level = levels.level(float(chosen.risk[place]), model.card.label, as_of)
        workers, money = _known(chosen.workers[place]), _known(chosen.money[place])
        case = Circumstances(level, chosen.arms[place], history_of(row), liveness_of(row), workers, money)
        proposed = actions.propose(case, as_of)
        items.append(
            Item(
                rank=place + 1,
                employer_id=row["employer_id"],
                name=row["name"] or "",
                region=row["region"],
                industry=row["industry"],
                risk=float(chosen.risk[place]),
                level=level,
                arm=chosen.arms[place],
                drawing_probability=float(chosen.probability[place]),
                expected_hits=float(hits[place]),
                expected_workers=workers,
                expected_money=money,
                action=proposed.action,
                action_because=proposed.because,
                level_change=changes[place],
                reasons=explained[place].reasons,
                facts_for=explained[place].facts_for,
                at_stake=at_stake(row),
                liveness=liveness(row, as_of),
            )
        )
    return items


def _beside(model: RiskModel, rows: list[dict[str, Any]]) -> dict[str, Floats]:
    """The facts of the rows that the model has not learned, by name; a snapshot of earlier days may lack some."""
    names = [f.name for f in EMPLOYER_FEATURES if f.name not in model.card.features and rows and f.name in rows[0]]
    return {name: np.array([row[name] for row in rows], dtype=np.float64) for name in names}


def _known(size: float) -> float | None:
    return None if np.isnan(size) else float(size)
