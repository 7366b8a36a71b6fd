"""Reasons: which facts weigh for the risk and which for the employer, as the features' own sentences.

Exact tree SHAP values say what weighs. Features that tell the same thing in other words (from the same
registers, in the same unit) share one thing's weight between them, so their values are summed and the
weightiest speaks for all. A fact is never said against its sense: no complaints is no reason for risk,
and more unpaid wages than usual do not speak for an employer, whatever the trees made of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isnan
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from features.feature import Feature
from serving.limits import FACTS_FOR, LEAST_SHARE, REASONS, TOPICS_A_REGISTER
from serving.telling import EMPLOYERS, Telling, Topic
from serving.texts import Sentence, text
from training.artefact import Floats, RiskModel

FOR_RISK, FOR_EMPLOYER = 1, -1
NAME = attrgetter("name")
NEXT_TO_NOTHING = 0.005  # of a share
RELATIVE = {"share of peers", "times the usual"}  # units in which less than usual is good news


@dataclass(frozen=True)
class Fact:
    """A sentence and the number in it (None: not known). `contribution` and `together` (that of all features
    that tell the same) are in log-odds before calibration, above 0 towards risk; None where nothing was weighed."""

    name: str
    value: float | None
    contribution: float | None
    together: float | None
    sentence: Sentence


@dataclass(frozen=True)
class Explanation:
    """What weighs for the risk, and what speaks for the subject; weightiest first."""

    reasons: tuple[Fact, ...]
    facts_for: tuple[Fact, ...]


def explain(model: RiskModel, rows: Floats, usual: Floats, telling: Telling = EMPLOYERS) -> list[Explanation]:
    """One explanation for each of `rows`, shape (subjects, features). `usual` holds each feature's usual value."""
    features = _features(tuple(model.card.features), telling)
    if not len(rows):
        return []
    weights = model.contributions(rows)[:, :-1]
    return [_explained(features, row, weight, usual, telling) for row, weight in zip(rows, weights, strict=True)]


@cache
def _features(names: tuple[str, ...], telling: Telling) -> list[Feature]:
    return [telling.catalogue[name] for name in names]


def usual_values(rows: Floats) -> Floats:
    """The median of each feature over those of whom it is known; NaN where of nobody."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a register that the deployment has not
        return np.asarray(np.nanmedian(rows, axis=0), dtype=np.float64)


def say(feature: Feature, value: float) -> Sentence:
    """The feature's own sentence with the value in it, or that for a value not known."""
    if isnan(value):
        return Sentence(en=feature.absent.say("en"), zh=feature.absent.say("zh"))
    shown = value + 0.0 if value else 0.0  # never "-0"
    return Sentence(en=feature.reason.say("en", shown), zh=feature.reason.say("zh", shown))


def plain(name: str, sentence: Sentence) -> Fact:
    """A sentence that stands for no weighed feature."""
    return Fact(name, None, None, None, sentence)


def too_little_history(features: list[Feature], row: Floats, telling: Telling = EMPLOYERS) -> bool:
    """Whether nothing is known of the subject beside its own entry in its register."""
    own = _history(tuple(map(NAME, features)), telling)
    return bool(own) and all(isnan(row[at]) or row[at] == features[at].without_history for at in own)


@cache
def _history(names: tuple[str, ...], telling: Telling) -> list[int]:
    """The places of the features that tell of the subject's own past."""
    return [at for at, name in enumerate(names) if telling.of_its_history(telling.catalogue[name])]


def _explained(features: list[Feature], row: Floats, weights: Floats, usual: Floats, telling: Telling) -> Explanation:
    told = _told(features, row, weights, usual, telling)
    reasons, facts_for = told.weightiest(FOR_RISK, REASONS), told.weightiest(FOR_EMPLOYER, FACTS_FOR)
    if too_little_history(features, row, telling):
        reasons = [plain("too_little_history", text(telling.no_history)), *reasons[: REASONS - 1]]
    elif not reasons:
        reasons = [plain("nothing_stands_out", text("nothing_stands_out"))]
    return Explanation(tuple(reasons), tuple(facts_for))


def _told(features: list[Feature], row: Floats, weights: Floats, usual: Floats, telling: Telling = EMPLOYERS) -> _Told:
    topics, of = _topics(tuple(map(NAME, features)), telling)
    sums = dict(zip(topics, np.bincount(of, weights, len(topics)).tolist(), strict=True))
    return _Told(features, topics, sums, row, weights, usual, telling)


@cache
def _topics(names: tuple[str, ...], telling: Telling) -> tuple[dict[Topic, list[int]], npt.NDArray[np.int64]]:
    """The places of the features that tell the same thing, by what they tell of; and (features,) which of these each tells."""
    topics: dict[Topic, list[int]] = {}
    for at, name in enumerate(names):
        topics.setdefault(telling.topic(telling.catalogue[name]), []).append(at)
    of = np.empty(len(names), dtype=np.int64)
    for number, places in enumerate(topics.values()):
        of[places] = number
    return topics, of


@dataclass(frozen=True)
class _Told:
    """One subject's values and weights, and the weight of each topic."""

    features: list[Feature]
    topics: Mapping[Topic, list[int]]
    sums: Mapping[Topic, float]
    row: Floats
    weights: Floats
    usual: Floats
    telling: Telling

    def weightiest(self, side: int, places: int) -> list[Fact]:
        """The weightiest facts of a side that may be said, one a topic."""
        least = LEAST_SHARE * sum(map(abs, self.sums.values()))
        facts: list[Fact] = []
        taken: dict[object, int] = {}
        for topic in sorted(self.sums, key=lambda t: -side * self.sums[t]):
            if len(facts) == places or side * self.sums[topic] < least or side * self.sums[topic] <= 0:
                break
            own = [at for at in self.topics[topic] if side * self.weights[at] > 0 and self._may_say(at, side)]
            registers, _ = topic
            if own and taken.get(registers, 0) < TOPICS_A_REGISTER:
                best = max(own, key=lambda at: side * self.weights[at])
                taken[registers] = taken.get(registers, 0) + 1
                facts.append(_fact(self.features[best], self.row[best], self.weights[best], self.sums[topic]))
        return facts

    def _may_say(self, at: int, side: int) -> bool:
        return _may_say(self.features[at], self.row[at], self.usual[at], side, self.telling)


def _fact(feature: Feature, value: float, contribution: float, together: float) -> Fact:
    known = None if isnan(value) else float(value)
    return Fact(feature.name, known, float(contribution), together, say(feature, value))


def _next_to_nothing(feature: Feature, value: float) -> bool:
    """Whether it is so little that its sentence reads as nothing, or that less than half a per cent is shared."""
    return say(feature, value) == say(feature, 0.0) or (
        feature.unit.startswith("share") and 0 < value < NEXT_TO_NOTHING
    )


def _may_say(feature: Feature, value: float, usual: float, side: int, telling: Telling = EMPLOYERS) -> bool:
    """Whether the fact makes sense on this side, given what a higher value of it may mean."""
    if feature.direction == 0 or telling.untold & set(feature.needs):
        return False  # nobody can say whether more of it speaks for or against anybody
    of_events = bool(telling.events & set(feature.source))
    if isnan(value) and (isnan(usual) or feature.without_history is not None):
        return False  # the deployment has not that register: nothing about this one
    if isnan(value):
        return not of_events if side == FOR_RISK else of_events
    if side == FOR_RISK and feature.direction > 0 and _next_to_nothing(feature, value):
        return False
    if side == FOR_EMPLOYER and feature.direction > 0 and feature.unit not in RELATIVE:
        return value <= 0  # two complaints do not speak for it because others have three
    beyond = feature.direction * (value - (0.0 if isnan(usual) else usual))
    return beyond * side > 0
