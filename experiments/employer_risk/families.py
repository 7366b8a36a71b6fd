"""Which families of features carry the model: its figures without each of them."""

from __future__ import annotations

import numpy as np

from experiments.employer_risk.judged import Day
from features.employers import EMPLOYER_FEATURES
from training.artefact import Floats
from training.dataset import float_matrix
from training.metrics import Judged
from training.rankings import Ranked, ranked


def without_each_family(day: Day, truth: str, capacity: int, seed: int) -> Ranked | None:
    """`model`, and for each family the same lessons without its features, on the same resamples of employers."""
    families = sorted({EMPLOYER_FEATURES[name].family for name in day.names})
    judged = {"model": _judged(day, day.risk, truth)}
    for family in families:
        rest = [name for name in day.names if EMPLOYER_FEATURES[name].family != family]
        judged[family] = _judged(day, _score(day, rest), truth)
    return ranked(judged, capacity, seed)


def _score(day: Day, names: list[str]) -> Floats:
    booster = day.training.lessons.learned(names, day.seed)
    return np.asarray(booster.predict(float_matrix(day.rows, names), num_threads=1), dtype=np.float64)


def _judged(day: Day, score: Floats, truth: str) -> Judged:
    label = day.rows[truth]
    known = label.notna().to_numpy()
    owed = day.rows["truly_owed"].to_numpy(dtype=np.float64)
    return Judged(score[known], label[known].to_numpy(dtype=np.float64), {"money": owed[known]}, False)
