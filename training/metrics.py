"""Figures of a ranking, ties counted as if broken by lot, with bootstrap intervals over subjects (employers, claims)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from training.drawing import Names, drawn, drawn_by_name

Floats = npt.NDArray[np.float64]
Capacity = int | Mapping[str, int]
SHARES = {"1%": 0.01, "5%": 0.05}
BOOTSTRAPS = 200
LEVEL = 0.95


@dataclass(frozen=True)
class Judged:
    """Scores with what happened: arrays of shape (subjects,). `amounts` are what is found with a subject, by name;
    `probability`: whether scores are probabilities."""

    score: Floats
    label: Floats
    amounts: Mapping[str, Floats]
    probability: bool

    def of(self, kept: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> Judged:
        """The same ranking among some of the subjects, or of all in another order."""
        amounts = {name: amount[kept] for name, amount in self.amounts.items()}
        return Judged(self.score[kept], self.label[kept], amounts, self.probability)


def figures(judged: Judged, capacity: Capacity, weight: Floats | None = None) -> dict[str, float]:
    """Every figure of one ranking; `weight` (subjects,) is how often a bootstrap drew each subject.

    `capacity`: how many can be looked at; several are given by name.
    """
    order = np.argsort(-judged.score, kind="stable")
    weights = np.ones(len(order)) if weight is None else weight[order]
    score, label = judged.score[order], judged.label[order]
    amounts = {name: amount[order] for name, amount in judged.amounts.items()}
    groups = _Groups.of(score, label, amounts, weights)
    found = {"auc": groups.auc(), "average_precision": groups.average_precision(), "base_rate": groups.base_rate}
    asked = {"capacity": capacity} if isinstance(capacity, int) else capacity
    for name, cut in ({name: share * groups.subjects for name, share in SHARES.items()} | dict(asked)).items():
        found |= groups.at(name, min(cut, groups.subjects))
    if judged.probability:
        found["ece"] = expected_calibration_error(score, label, weights)
    return found


@dataclass(frozen=True)
class _Groups:
    """Subjects of equal score taken together, best first: cumulated counts, so that ties cost and gain nothing."""

    n: Floats
    positives: Floats
    amounts: dict[str, Floats]

    @classmethod
    def of(cls, score: Floats, label: Floats, amounts: Mapping[str, Floats], weight: Floats) -> _Groups:
        starts = np.flatnonzero(np.r_[True, score[1:] != score[:-1]])

        def cumulated(value: Floats) -> Floats:
            return np.cumsum(np.add.reduceat(weight * value, starts))

        found = {name: cumulated(amount) for name, amount in amounts.items()}
        return cls(cumulated(np.ones(len(label))), cumulated(label), found)

    @property
    def subjects(self) -> float:
        return float(self.n[-1])

    @property
    def base_rate(self) -> float:
        return float(self.positives[-1] / self.n[-1])

    def auc(self) -> float:
        """Chance that a positive is ranked above a negative, ties half; NaN without both."""
        positives, negatives = self.positives[-1], self.n[-1] - self.positives[-1]
        if positives == 0 or negatives == 0:
            return float("nan")
        true, false = np.r_[0, self.positives] / positives, np.r_[0, self.n - self.positives] / negatives
        return float(np.trapezoid(true, false))

    def average_precision(self) -> float:
        """Precision averaged over recall, as scikit-learn defines it; NaN without positives."""
        if self.positives[-1] == 0:
            return float("nan")
        recall = np.diff(np.r_[0, self.positives]) / self.positives[-1]
        return float(np.sum(recall * self.positives / np.maximum(self.n, 1e-12)))

    def at(self, name: str, cut: float) -> dict[str, float]:
        """Precision, recall, lift, hits and amounts of the first `cut` subjects."""
        hits = self._first(cut, self.positives)
        precision = hits / cut if cut else float("nan")
        return {
            f"precision@{name}": precision,
            f"recall@{name}": hits / self.positives[-1] if self.positives[-1] else float("nan"),
            f"lift@{name}": precision / self.base_rate if self.base_rate else float("nan"),
            f"hits@{name}": hits,
            **{f"{what}@{name}": self._first(cut, sums) for what, sums in self.amounts.items()},
        }

    def _first(self, cut: float, sums: Floats) -> float:
        return float(np.interp(cut, np.r_[0, self.n], np.r_[0, sums]))


def expected_calibration_error(score: Floats, label: Floats, weight: Floats, bins: int = 10) -> float:
    """Mean distance of predicted from observed share over `bins` of equally many subjects (scores sorted)."""
    return float(sum(abs(p - o) * n for p, o, n in reliability(score, label, weight, bins)) / weight.sum())


def reliability(score: Floats, label: Floats, weight: Floats, bins: int = 10) -> list[tuple[float, float, float]]:
    """(mean predicted, share observed, subjects) of each bin of equally many subjects; scores sorted."""
    edges = np.searchsorted(np.cumsum(weight), np.linspace(0, weight.sum(), bins + 1)[1:-1], side="right")
    rows = []
    for part in np.split(np.arange(len(score)), edges):
        n = weight[part].sum()
        if n > 0:
            rows.append((float(score[part] @ weight[part] / n), float(label[part] @ weight[part] / n), float(n)))
    return rows


def bootstrap(
    judged: Mapping[str, Judged], capacity: Capacity, seed: int, draws: int = BOOTSTRAPS, names: Names | None = None
) -> dict[str, list[dict[str, float]]]:
    """For each ranking the figures of `draws` resamples of the subjects, the same resamples for all rankings.

    With `names` of the subjects a resample takes the same of them wherever it is drawn with the same seed: on other days.
    """
    subjects = len(next(iter(judged.values())).label)
    orders = {name: np.argsort(-one.score, kind="stable") for name, one in judged.items()}
    sorted_ = {name: one.of(orders[name]) for name, one in judged.items()}  # once: what is sorted sorts in no time
    found: dict[str, list[dict[str, float]]] = {name: [] for name in judged}
    weights = drawn(subjects, draws, seed) if names is None else drawn_by_name(names, draws, seed)
    for weight in weights:
        for name, one in sorted_.items():
            found[name].append(figures(one, capacity, weight[orders[name]]))
    return found


def interval(value: float, draws: list[float]) -> dict[str, float | None]:
    """{value, low, high}: the value with the middle 95 % of its bootstrap draws; None where undefined."""
    known = [draw for draw in draws if np.isfinite(draw)]
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if known else (np.nan, np.nan)
    return {k: float(v) if np.isfinite(v) else None for k, v in (("value", value), ("low", low), ("high", high))}
