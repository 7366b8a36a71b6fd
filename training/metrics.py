"""Figures of a ranking, ties counted as if broken by lot, with bootstrap intervals over employers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SHARES = {"1%": 0.01, "5%": 0.05}
BOOTSTRAPS = 200
LEVEL = 0.95


@dataclass(frozen=True)
class Judged:
    """Scores with what happened: arrays of shape (subjects,). `probability`: whether scores are; `workers` found owed."""

    score: Floats
    label: Floats
    money: Floats
    probability: bool
    workers: Floats | None = None

    def of(self, kept: npt.NDArray[np.bool_]) -> Judged:
        """The same ranking among some of the subjects."""
        workers = None if self.workers is None else self.workers[kept]
        return Judged(self.score[kept], self.label[kept], self.money[kept], self.probability, workers)


def figures(judged: Judged, capacity: int, weight: Floats | None = None) -> dict[str, float]:
    """Every figure of one ranking; `weight` (subjects,) is how often a bootstrap drew each subject."""
    order = np.argsort(-judged.score, kind="stable")
    weights = np.ones(len(order)) if weight is None else weight[order]
    score, label, money = judged.score[order], judged.label[order], judged.money[order]
    workers = np.zeros(len(order)) if judged.workers is None else judged.workers[order]
    groups = _Groups.of(score, label, money, workers, weights)
    found = {"auc": groups.auc(), "average_precision": groups.average_precision(), "base_rate": groups.base_rate}
    cuts = {name: share * groups.subjects for name, share in SHARES.items()} | {"capacity": float(capacity)}
    for name, cut in cuts.items():
        found |= groups.at(name, min(cut, groups.subjects))
    if judged.probability:
        found["ece"] = expected_calibration_error(score, label, weights)
    return found


@dataclass(frozen=True)
class _Groups:
    """Subjects of equal score taken together, best first: cumulated counts, so that ties cost and gain nothing."""

    n: Floats
    positives: Floats
    money: Floats
    workers: Floats

    @classmethod
    def of(cls, score: Floats, label: Floats, money: Floats, workers: Floats, weight: Floats) -> _Groups:
        starts = np.flatnonzero(np.r_[True, score[1:] != score[:-1]])
        sums = [
            np.cumsum(np.add.reduceat(v, starts)) for v in (weight, weight * label, weight * money, weight * workers)
        ]
        return cls(*sums)

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
        """Precision, recall, lift, hits, money and workers of the first `cut` subjects."""
        hits, money, workers = (
            float(np.interp(cut, np.r_[0, self.n], np.r_[0, sums]))
            for sums in (self.positives, self.money, self.workers)
        )
        precision = hits / cut if cut else float("nan")
        return {
            f"precision@{name}": precision,
            f"recall@{name}": hits / self.positives[-1] if self.positives[-1] else float("nan"),
            f"lift@{name}": precision / self.base_rate if self.base_rate else float("nan"),
            f"hits@{name}": hits,
            f"money@{name}": money,
            f"workers@{name}": workers,
        }


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
    judged: dict[str, Judged], capacity: int, seed: int, draws: int = BOOTSTRAPS
) -> dict[str, list[dict[str, float]]]:
    """For each ranking the figures of `draws` resamples of the subjects, the same resamples for all rankings."""
    random = np.random.default_rng(seed)
    subjects = len(next(iter(judged.values())).label)
    drawn: dict[str, list[dict[str, float]]] = {name: [] for name in judged}
    for _ in range(draws):
        weight = np.bincount(random.integers(0, subjects, subjects), minlength=subjects).astype(np.float64)
        for name, one in judged.items():
            drawn[name].append(figures(one, capacity, weight))
    return drawn


def interval(value: float, draws: list[float]) -> dict[str, float | None]:
    """{value, low, high}: the value with the middle 95 % of its bootstrap draws; None where undefined."""
    known = [draw for draw in draws if np.isfinite(draw)]
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if known else (np.nan, np.nan)
    return {k: float(v) if np.isfinite(v) else None for k, v in (("value", value), ("low", low), ("high", high))}
