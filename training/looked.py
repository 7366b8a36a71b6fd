"""Figures of who was looked at, side by side: as they are, weighted by the chance of being inspected, drawn alone.

Naive figures speak of those inspected. Weighted ones speak of all, as far as the chooser's reasons are in the
features. Those of the random arm rest on the chances with which lists drew (training.drawn): they need no such
belief, and are few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import beta, binomtest

from training.artefact import Floats
from training.drawn import Drawn, drawn_visits
from training.labels import FINDINGS, finding_of
from training.limits import FEWEST_TO_SAY, LARGEST_WEIGHT
from training.metrics import BOOTSTRAPS, LEVEL, Judged, figures, interval
from training.propensity import Arm, Propensity, effective_size, weights

FIGURES = ("auc", "average_precision", "precision@capacity", "base_rate")
WEIGHTED: dict[str, Arm] = {"weighted": "", "weighted_planned": "planned_"}


@dataclass(frozen=True)
class Looked:
    """Subjects of one day with a finding: arrays of shape (inspected,). `listed`: among the first at capacity.

    `label` lies between 0 and 1 where several visits to one found different things. `even`: all visits weigh the same by
    design, `weight` is their number, and the share has an exact interval. `drawn`: weights are those of a draw.
    """

    score: Floats
    label: Floats
    listed: Floats
    weight: Floats
    even: bool = False
    drawn: bool = False

    @property
    def too_few(self) -> bool:
        return bool(min(self.label.sum(), len(self.label) - self.label.sum()) < FEWEST_TO_SAY)

    def figures(self, drawn: Floats | None = None) -> dict[str, float]:
        """FIGURES with weights; self-normalised (Hájek). `drawn`: how often a bootstrap drew each."""
        weight = self.weight if drawn is None else self.weight * drawn
        kept = weight > 0
        judged = Judged(self.score[kept], self.label[kept], {}, probability=False)
        found = figures(judged, 1, weight[kept])
        among = float((weight * self.listed).sum())
        hits = float((weight * self.listed * self.label).sum())
        return {
            "auc": found["auc"],
            "average_precision": found["average_precision"],
            "precision@capacity": hits / among if among else float("nan"),
            "base_rate": found["base_rate"],
        }


def side_by_side(
    rows: pd.DataFrame, risk: Floats, propensity: Mapping[Arm, Propensity | None], capacity: int, seed: int
) -> dict[str, Any] | None:
    """`naive`, those of WEIGHTED and `random_arm` over `rows` (all open employers of one day, with what happened
    afterwards); `risk` (rows,).

    Arrears are what inspections found. None where nothing was found out by any inspection. A figure on which too few
    say anything is left out. Intervals are of employers drawn again, the chances taken as known; shares of the naive
    and the random arm have binomial ones, exact where all weigh the same. `mean_risk` is to be held against the base rate
    where the model's label is finding. Precision at capacity is among those inspected of the first `capacity` of all.
    """
    if finding_of(rows).notna().sum() == 0:
        return None
    listed = first_of(risk, capacity)
    found = {
        "naive": of_seen(finding_of(rows).to_numpy(dtype=np.float64), risk, listed, seed),
        **{name: _weighted(rows, risk, listed, arm, propensity.get(arm), seed) for name, arm in WEIGHTED.items()},
        "random_arm": of_drawn(drawn_visits(rows), risk, listed, seed),
    }
    return {
        "estimates": found,
        "prevalence": {name: {"inspected": one["inspected"], "positives": one.get("positives"), **one["prevalence"]}
                       for name, one in found.items() if "prevalence" in one},
        "without_a_finding": {
            "all": {name: int((rows[name] > 0).sum()) for name in FINDINGS[2:]},
            "random_arm": {name: int((rows[f"drawn_{name}"] > 0).sum()) for name in FINDINGS[2:]},
        },
        "chance_by_lot": next((p.by_lot for p in propensity.values() if p is not None), None),
        "largest_weight": LARGEST_WEIGHT,
    }  # fmt: skip


def _weighted(
    rows: pd.DataFrame, risk: Floats, listed: Floats, arm: Arm, learned: Propensity | None, seed: int
) -> dict[str, Any]:
    label = finding_of(rows, arm).to_numpy(dtype=np.float64)
    known = ~np.isnan(label)
    if learned is None:
        return {"inspected": int(known.sum()), "not_weighted": True}
    weight = weights(learned.chance(rows[known]), float(known.mean()))
    one = estimate(Looked(risk[known], label[known], listed[known], weight), seed)
    return one | {"cut_weights": int((weight >= LARGEST_WEIGHT).sum())} if len(weight) else one


def first_of(risk: Floats, capacity: int) -> Floats:
    """1 for each of the first `capacity` by `risk` (rows,), else 0."""
    return np.asarray(pd.Series(risk).rank(method="first", ascending=False) <= capacity, dtype=np.float64)


def of_seen(label: Floats, risk: Floats, listed: Floats, seed: int) -> dict[str, Any]:
    """The figures of whoever anybody looked at, as they are: of those whose `label` (rows,) is known."""
    seen = ~np.isnan(label)
    return estimate(Looked(risk[seen], label[seen], listed[seen], np.ones(int(seen.sum())), even=True), seed)


def of_drawn(drawn: Drawn, risk: Floats, listed: Floats, seed: int) -> dict[str, Any]:
    """The figures of the random arm, with counts of what it rests on; `risk` and `listed` (rows,) as those of `drawn`."""
    known = drawn.known
    looked = Looked(risk[known], drawn.label[known], listed[known], drawn.weight[known], drawn.even, drawn=True)
    return estimate(looked, seed) | drawn.said


def estimate(looked: Looked, seed: int) -> dict[str, Any]:
    """The figures of one of the estimates with intervals; those on which too few say anything are left out."""
    positives, inspected = int((looked.label > 0).sum()), len(looked.label)
    one: dict[str, Any] = {"inspected": inspected, "positives": positives, "too_few_to_say": looked.too_few}
    one["listed"] = int(looked.listed.sum())
    if inspected == 0:
        return one
    one["mean_risk"] = float(np.average(looked.score, weights=looked.weight))
    draws = _draws(looked.figures, inspected, seed)
    values = looked.figures()
    said = {figure: interval(values[figure], [draw[figure] for draw in draws]) for figure in FIGURES}
    if looked.even:
        one["prevalence"] = exact(round(float(looked.weight @ looked.label)), round(float(looked.weight.sum())))
    else:
        one["effective_size"] = effective_size(looked.weight)
        one["prevalence"] = {**said["base_rate"], "interval": "bootstrap"}
    if looked.drawn and not looked.even:
        one["prevalence"] = of_effective(values["base_rate"], one["effective_size"])
    said["base_rate"] = {k: one["prevalence"][k] for k in ("value", "low", "high")}
    untold = set(FIGURES[:2]) if looked.too_few else set()
    if looked.listed.sum() < FEWEST_TO_SAY:
        untold.add("precision@capacity")
    return one | {name: found for name, found in said.items() if name not in untold}


def _draws(figure: Callable[[Floats], dict[str, float]], inspected: int, seed: int) -> list[dict[str, float]]:
    random = np.random.default_rng(seed)
    return [
        figure(np.bincount(random.integers(0, inspected, inspected), minlength=inspected).astype(np.float64))
        for _ in range(BOOTSTRAPS)
    ]


def exact(positives: int, inspected: int) -> dict[str, Any]:
    """A share with its exact interval (Clopper and Pearson, 1934), which holds the truth at least as often as it says."""
    ends = binomtest(positives, inspected).proportion_ci(LEVEL, method="exact")
    return {"value": positives / inspected, "low": float(ends.low), "high": float(ends.high), "interval": "exact"}


def of_effective(share: float, size: float) -> dict[str, Any]:
    """A weighted share with the interval that it would have, exactly, among `size` (effective) equally weighted subjects.

    After Korn and Graubard (1998): drawing again what was drawn would find no interval at all where nothing was found.
    """
    found, tail = share * size, (1 - LEVEL) / 2
    low = float(beta.ppf(tail, found, size - found + 1)) if found > 0 else 0.0
    high = float(beta.ppf(1 - tail, found + 1, size - found)) if found < size else 1.0
    return {"value": share, "low": low, "high": high, "interval": "effective_size"}
