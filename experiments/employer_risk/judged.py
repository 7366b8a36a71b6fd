"""The model, its baselines and an oracle on one day of one province, judged on the truth and on what was observed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from experiments.employer_risk.truth import TRUTHS, with_truth
from experiments.employer_risk.world import World
from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from training.artefact import Floats
from training.baselines import baselines
from training.dataset import first_and_last_day, float_matrix, observed
from training.fit import Training, train
from training.labels import Label, label_of
from training.lessons import FIRST_TREES, OWN_TREES, WEIGHTS
from training.metrics import Judged
from training.trees import fit_trees

OBSERVED = "observed"
ORACLE = "oracle"


@dataclass(frozen=True)
class Day:
    """One as-of day of a province: the training of that day, and all open employers with features, label and truth.

    `rows` has what truth.truth_after says, and `label` (NaN where not known).
    """

    world: World
    training: Training
    rows: pd.DataFrame
    months: int
    seed: int

    @cached_property
    def risk(self) -> Floats:
        """The model's probabilities, shape (employers,)."""
        return self.training.model.risk(float_matrix(self.rows, self.names))

    @property
    def names(self) -> list[str]:
        """The features the model reads."""
        return self.training.model.card.features

    @cached_property
    def scores(self) -> dict[str, tuple[Floats, bool]]:
        """The model and every baseline, and whether each is a probability; all learned from observed labels."""
        return {
            "model": (self.risk, True),
            **baselines(self.training.fit.rows, self.rows, self.names, self.seed),
        }

    def judged(self, truth: str) -> dict[str, Judged]:
        """Every ranking and the oracle, against `truth` (of TRUTHS, or what was OBSERVED), where it is known."""
        label = self.rows["label" if truth == OBSERVED else truth]
        known = label.notna().to_numpy()
        scores = dict(self.scores)
        if truth != OBSERVED:
            scores[ORACLE] = (self.oracle(truth), True)
        money = self.rows["money" if truth == OBSERVED else "truly_owed"].to_numpy(dtype=np.float64)
        return {
            name: Judged(score[known], label[known].to_numpy(dtype=np.float64), {"money": money[known]}, is_risk)
            for name, (score, is_risk) in scores.items()
        }

    def oracle(self, truth: str) -> Floats:
        """As many of the same trees on the same days, taught the truth that nobody has."""
        taught = with_truth(self.training.seen.rows, self.world.truth, self.months)
        taught = taught.assign(label=taught[truth]).dropna(subset=["label"])
        taught = taught.drop(columns=WEIGHTS, errors="ignore")
        booster = fit_trees(taught, self.names, self.seed, FIRST_TREES + OWN_TREES)
        return np.asarray(booster.predict(float_matrix(self.rows, self.names), num_threads=1), dtype=np.float64)


def the_day(world: World, engine: Engine, as_of: dt.date, months: int, label: Label, seed: int = 1) -> Day:
    """Train as of a day (one that ends a month) and see what followed."""
    lake = world.lake
    training = train(lake, engine, as_of, label=label, months=months, seed=seed)
    known_by = first_and_last_day(lake, engine)[1]
    seen = observed(lake, engine, [as_of], list(EMPLOYER_FEATURES), months=months, known_by=known_by)
    rows = seen.rows.assign(label=label_of(seen.rows, label))
    return Day(world, training, with_truth(rows, world.truth, months), months, seed)


def every_truth(day: Day) -> Iterator[tuple[str, dict[str, Judged]]]:
    """Each truth, then what was observed, with all rankings judged on it."""
    for truth in (*TRUTHS, OBSERVED):
        yield truth, day.judged(truth)
