"""Figures of several rankings of the same subjects, averaged over days, with intervals and differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from training.drawing import Names
from training.limits import FEWEST_TO_SAY
from training.metrics import Capacity, Judged, bootstrap, figures, interval, reliability


@dataclass(frozen=True)
class Ranked:
    """One day: the figures of each ranking, and those of the same resamples of its subjects."""

    values: dict[str, dict[str, float]]
    draws: dict[str, list[dict[str, float]]]
    subjects: int
    positives: int


def ranked(
    judged: dict[str, Judged], capacity: Capacity, seed: int, fewest: int = FEWEST_TO_SAY, names: Names | None = None
) -> Ranked | None:
    """Every ranking of `judged` with its resamples; None where fewer than `fewest` came true, or did not.

    `names` (subjects,) are asked for where days to be averaged have subjects in common: each resample then takes the same
    of them on all days. Without them days count as independent.
    """
    label = judged["model"].label
    positives, subjects = int(label.sum()), len(label)
    if min(positives, subjects - positives) < fewest:
        return None
    values = {name: figures(one, capacity) for name, one in judged.items()}
    return Ranked(values, bootstrap(judged, capacity, seed, names=names), subjects, positives)


def averaged(days: Sequence[Ranked | None]) -> dict[str, Any]:
    """`model`, `baselines` and `model_less_baseline` as {ranking: {figure: {value, low, high}}}, averaged over days.

    Days on which too few say anything are left out; where that is all, `too_few_to_say`.
    """
    known = [day for day in days if day is not None]
    if not known:
        return {"too_few_to_say": True}
    names = list(known[0].values)
    found = {name: average(known, name) for name in names}
    differences = {name: difference(known, "model", name) for name in names if name != "model"}
    model = found.pop("model")
    return {"model": model, "baselines": found, "model_less_baseline": differences}


def average(days: Sequence[Ranked], name: str) -> dict[str, Any]:
    """The figures of one ranking, averaged over `days`."""
    return {
        figure: interval(
            float(np.mean([day.values[name][figure] for day in days])),
            list(np.mean([[draw[figure] for draw in day.draws[name]] for day in days], axis=0)),
        )
        for figure in days[0].values[name]
    }


def difference(days: Sequence[Ranked], above: str, below: str) -> dict[str, Any]:
    """How much one ranking is above another; the resamples are the same, so the interval is that of the difference."""
    shared = [f for f in days[0].values[below] if f in days[0].values[above] and f != "base_rate"]
    differences = {}
    for f in shared:
        value = np.mean([day.values[above][f] - day.values[below][f] for day in days])
        draws = [[a[f] - b[f] for a, b in zip(day.draws[above], day.draws[below], strict=True)] for day in days]
        differences[f] = interval(float(value), list(np.mean(draws, axis=0)))
    return differences


def reliability_bins(judged: Judged) -> list[dict[str, float]]:
    """Predicted against observed, in bins of equally many subjects."""
    order = np.argsort(judged.score, kind="stable")
    bins = reliability(judged.score[order], judged.label[order], np.ones(len(order)))
    return [{"predicted": p, "observed": o, "subjects": n} for p, o, n in bins]
