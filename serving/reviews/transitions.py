"""What may be done with an alert, read once from `transitions.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from serving.texts import Sentence

OPEN, HELD, DECIDED = "open", "held", "decided"
DECIDE, HOLD, LAPSE = "decide", "hold", "lapse"


@dataclass(frozen=True)
class Act:
    """An act: the states it may be done from, the one it leads to, and what has to come with it (until, note, findings)."""

    name: str
    sources: tuple[str, ...]
    target: str
    needs: tuple[str, ...]
    by_clock: bool
    sentence: Sentence


def _act(name: str, row: dict[str, Any]) -> Act:
    said = Sentence(row["en"], row["zh"])
    return Act(name, tuple(row["from"]), row["to"], tuple(row["needs"]), row.get("by_clock", False), said)


_TABLE = tomllib.loads(files("serving.reviews").joinpath("transitions.toml").read_text(encoding="utf-8"))

STATES: dict[str, Sentence] = {name: Sentence(row["en"], row["zh"]) for name, row in _TABLE["states"].items()}
UNDER_WAY = tuple(state for state in STATES if state not in (OPEN, DECIDED))  # somebody is at work on it
ACTS: dict[str, Act] = {name: _act(name, row) for name, row in _TABLE["acts"].items()}


def acts_from(state: str) -> list[Act]:
    """What people may do with an alert in `state`."""
    return [act for act in ACTS.values() if state in act.sources and not act.by_clock]
