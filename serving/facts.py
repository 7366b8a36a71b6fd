"""Facts as data, so that they can be said later and in any language: name, value, contribution; and as sentences again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan
from typing import Any

from serving.reasons import Explanation, Fact, say
from serving.telling import Telling
from serving.texts import Sentence, text

NO_HISTORY = "too_little_history"  # the facts that are no feature
NOTHING = "nothing_stands_out"

Why = dict[str, list[dict[str, Any]]]


def why_record(explanation: Explanation) -> Why:
    """What weighs for the risk and what against, weightiest first, as plain data without sentences."""
    return {"reasons": _records(explanation.reasons), "facts_for": _records(explanation.facts_for)}


def told(why: Mapping[str, Sequence[Mapping[str, Any]]], telling: Telling) -> Explanation:
    """The facts of a `why_record` with their sentences, said by the features of today's code."""
    reasons, facts_for = (tuple(_fact(one, telling) for one in why[side]) for side in ("reasons", "facts_for"))
    return Explanation(reasons, facts_for)


def _records(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [{"name": f.name, "value": f.value, "contribution": f.contribution, "together": f.together} for f in facts]


def _fact(record: Mapping[str, Any], telling: Telling) -> Fact:
    sentence = _sentence(record["name"], record["value"], telling)
    return Fact(record["name"], record["value"], record["contribution"], record["together"], sentence)


def _sentence(name: str, value: float | None, telling: Telling) -> Sentence:
    if name == NO_HISTORY:
        return text(telling.no_history)
    if name == NOTHING:
        return text(NOTHING)
    if name not in telling.catalogue:
        return text("fact_of_before", name=name, value=text("size_unknown") if value is None else value)
    return say(telling.catalogue[name], nan if value is None else value)
