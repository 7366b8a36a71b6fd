"""What is proposed for an employer (letter, call, visit, joint visit), from a dated table that an office may replace."""

from __future__ import annotations

from pathlib import Path

from serving.circumstances import HISTORIES, LIVENESS
from serving.levels import LEVELS, NO_LEVEL
from serving.proposals import ProposalTable, Vocabulary, read_proposals

ACTIONS = ("letter", "call", "visit", "joint_visit")
WORDS = Vocabulary(
    table="actions",
    actions=ACTIONS,
    choices={
        "level": (*LEVELS, NO_LEVEL),
        "history": HISTORIES,
        "liveness": LIVENESS,
        "chosen": ("risk", "harm", "random"),
    },
    least={"workers_from": "workers", "money_from": "money"},
)


def read_actions(path: Path | None = None) -> ProposalTable:
    """The actions in the file at `path`, or those that come with Plumbline. BadInput lists all that is wrong."""
    return read_proposals(WORDS, path)
