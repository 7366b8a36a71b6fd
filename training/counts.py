"""Counts of rows, told in both languages by the keys that reports and model cards keep (`counts.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

Text = dict[str, str]
_TEXTS: dict[str, dict[str, Text]] = tomllib.loads(
    files("training").joinpath("counts.toml").read_text(encoding="utf-8")
)
_DROPPED = "dropped_"


def card_rows(dropped: Mapping[str, int]) -> dict[str, int]:
    """`dropped` under the keys that a card keeps beside what was trained on: `dropped_closed`."""
    return {f"{_DROPPED}{reason}": count for reason, count in dropped.items()}


def told(name: str) -> Text:
    """`name` in both languages: a reason, a count of what was trained on, or a card's `dropped_` and a reason.

    What an older card keeps as a sentence is told as it stands.
    """
    if (reason := name.removeprefix(_DROPPED)) != name and reason in _TEXTS["dropped"]:
        return {
            language: say.format(reason=told(reason)[language]) for language, say in _TEXTS["says"]["dropped"].items()
        }
    return _TEXTS["dropped"].get(name) or _TEXTS["trained"].get(name) or {"en": name, "zh": name}


def counts_line(counts: Mapping[str, int], language: str) -> str:
    """All of `counts` in one line; `none` where there are none."""
    return "; ".join(f"{told(name)[language]} {count:,}" for name, count in counts.items()) or "none"
