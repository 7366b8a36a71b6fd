"""What acts make of employers' features: all features of an act move together, to where their records say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from features.changes import USUAL, Act, Change, Facts
from features.feature import Feature
from training.artefact import Floats

Flags = npt.NDArray[np.bool_]
Beside = Mapping[str, Floats]  # facts that the model has not learned, each of shape (subjects,)


def facts_of(features: Sequence[Feature], rows: Floats, usual: Floats, beside: Beside) -> Facts:
    """The rows' values by name, shape (subjects, features), and those `beside` them, which the rows' own go before."""
    names = [feature.name for feature in features]
    return Facts(
        {**beside, **dict(zip(names, rows.T, strict=True))}, dict(zip(names, usual.tolist(), strict=True)), len(rows)
    )


def moved(
    features: Sequence[Feature],
    rows: Floats,
    usual: Floats,
    acts: Sequence[Act],
    beside: Beside | None = None,
    *,
    perhaps: bool = True,
) -> Floats:
    """`rows` once all of `acts` are done, shape (subjects, features); `usual` holds each feature's usual value.

    What an act needs done before is done before it. `perhaps`: whether features that may end on either side are
    put to where they are reckoned, or left.
    """
    then = rows.copy()
    for act in sorted(acts, key=lambda act: act.after is not None):
        before = facts_of(features, then.copy(), usual, beside or {})
        for i, feature in enumerate(features):
            change = feature.changed_by(act.name)
            if change and (perhaps or change.how != "perhaps"):
                then[:, i] = reached(feature, change, before)
    return then


def makes_sense(
    features: Sequence[Feature], rows: Floats, usual: Floats, chosen: tuple[Act, ...], beside: Beside | None = None
) -> Flags:
    """Where each act changes something, and what has to be done before it is chosen too or needs no doing.

    Who pays only now pays late: so being on time from then on changes something even where nothing was late.
    """
    fits = np.ones(len(rows), dtype=bool)
    names = {act.name for act in chosen}
    facts = facts_of(features, rows, usual, beside or {})
    for act in chosen:
        does = differs(features, facts, act.name).any(axis=1)
        first = differs(features, facts, act.after).any(axis=1) if act.after else np.zeros(len(rows), dtype=bool)
        fits &= (does | first) if act.after in names else (does & ~first)
    return fits


def differs(features: Sequence[Feature], facts: Facts, act: str) -> Flags:
    """Which features the act betters, shape (subjects, features): those it takes somewhere and that are not there yet."""
    changed = np.zeros((facts.count, len(features)), dtype=bool)
    for i, feature in enumerate(features):
        change = betters(feature, act)
        if change:
            now, then = facts[feature.name], reached(feature, change, facts)
            changed[:, i] = (then != now) & ~(np.isnan(then) & np.isnan(now))
    return changed


def betters(feature: Feature, act: str) -> Change | None:
    """The change that the act of that name is done for: to where it takes a feature of which more or less is better."""
    change = feature.changed_by(act)
    return change if change and change.how == "takes" and feature.direction else None


def reached(feature: Feature, change: Change, facts: Facts) -> Floats:
    """The feature's values after the change, shape (subjects,); what is not known, or cannot be told, stays so."""
    now = facts[feature.name]
    if change.how == "leaves":
        return now
    if change.value is None:
        return np.full(facts.count, np.nan)
    target = _target(feature, change, facts)
    if change.how == "takes" and feature.direction:  # who is better already stays there
        better = np.maximum if feature.direction < 0 else np.minimum
        target = better(now, target)
    return np.where(np.isnan(target), now, target)


def _target(feature: Feature, change: Change, facts: Facts) -> Floats:
    if callable(change.value):
        return change.value(facts)
    if change.value == USUAL:
        return np.full(facts.count, facts.usual.get(feature.name, np.nan))
    assert change.value is not None
    return np.full(facts.count, float(change.value))
