"""What acts make of employers' features: all features of an act move together, to where their records say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from features.changes import USUAL, Act, Change
from features.feature import Feature
from training.artefact import Floats

Flags = npt.NDArray[np.bool_]


def moved(features: Sequence[Feature], rows: Floats, usual: Floats, acts: Sequence[Act]) -> Floats:
    """`rows` once all of `acts` are done, shape (subjects, features); `usual` holds each feature's usual value.

    Paying only now is paying late: the shares paid late go up, unless being on time is done too. How many days late
    is not known from a snapshot and stays.
    """
    names, then = {act.name for act in acts}, rows.copy()
    for i, feature in enumerate(features):
        if feature.changeable and feature.changeable.act.name in names:
            then[:, i] = reached(feature, rows[:, i], usual[i])
            if feature.changeable.act.after in names:  # where nothing was paid yet, nothing was paid late yet
                owed = _owed(features, rows, feature.changeable)
                then[np.isnan(then[:, i]) & (owed > 0), i] = 0.0
        elif feature.changeable and feature.changeable.act.after in names and feature.unit == "share":
            then[:, i] = _paid_late(rows[:, i], _owed(features, rows, feature.changeable))
    return then


def makes_sense(features: Sequence[Feature], rows: Floats, usual: Floats, chosen: tuple[Act, ...]) -> Flags:
    """Where each act changes something, and what has to be done before it is chosen too or needs no doing.

    Who pays only now pays late: so being on time from then on changes something even where nothing was late.
    """
    fits = np.ones(len(rows), dtype=bool)
    names = {act.name for act in chosen}
    for act in chosen:
        does = differs(features, rows, usual, act.name).any(axis=1)
        first = differs(features, rows, usual, act.after).any(axis=1) if act.after else np.zeros(len(rows), dtype=bool)
        fits &= (does | first) if act.after in names else (does & ~first)
    return fits


def differs(features: Sequence[Feature], rows: Floats, usual: Floats, act: str) -> Flags:
    """Which features the act changes, shape (subjects, features)."""
    changed = np.zeros(rows.shape, dtype=bool)
    for i, feature in enumerate(features):
        if feature.changeable and feature.changeable.act.name == act:
            then = reached(feature, rows[:, i], usual[i])
            changed[:, i] = (then != rows[:, i]) & ~(np.isnan(then) & np.isnan(rows[:, i]))
    return changed


def reached(feature: Feature, now: Floats, usual: float) -> Floats:
    """Where the feature's act takes it; what is not known stays so, and who is better already stays there."""
    assert feature.changeable
    value = feature.changeable.value
    if value is None:
        return np.full(len(now), np.nan)
    target = usual if value == USUAL else float(value)
    if np.isnan(target):
        return now
    better = np.maximum if feature.direction < 0 else np.minimum
    return np.asarray(better(now, target), dtype=np.float64)


def _paid_late(late: Floats, owed: Floats) -> Floats:
    """The share paid late once what is owed is paid, which is late by then; all of it where nothing was paid before."""
    return np.where(np.isnan(late), np.where(owed > 0, 1.0, np.nan), late + (1 - late) * owed)


def _owed(features: Sequence[Feature], rows: Floats, change: Change) -> Floats:
    """The share that `change` names as owed; where it names none, the largest of those its first act pays; 0 if unknown."""
    paid = [i for i, f in enumerate(features) if f.changeable and f.changeable.act.name == change.act.after]
    named = [i for i in paid if features[i].name == change.owed]
    shares = named or [i for i in paid if features[i].unit == "share"]
    return np.asarray(np.nan_to_num(rows[:, shares]).max(axis=1, initial=0), dtype=np.float64)
