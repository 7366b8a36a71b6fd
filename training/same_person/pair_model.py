"""The pair model: from comparisons to the probability that two records that share a key are one person's.

Nobody has to label a pair. Each pair is learned twice, as one person's and as two people's, weighted by how likely it is by
its evidence (weights.py) and, in a further round, by trees that did not see it. Copies and pairs drawn by lot are in with a
small weight, for what pairs do not show; reviewers' decisions with a large one.
"""

from __future__ import annotations

from dataclasses import dataclass

import lightgbm as lgb
import numpy as np

from features.same_person.columns import Bools, Floats
from training.same_person.limits import COPIES_WEIGHT, LEAVES, LOT_WEIGHT, REVIEW_WEIGHT, ROUNDS, TREES

FOLDS = 2
EPSILON = 1e-4


@dataclass(frozen=True, eq=False)
class Examples:
    """Comparisons (·, k) of `copies` with their originals, of `unlabelled` pairs, and of `reviewed` ones with `same`.

    `likely` (unlabelled,): probabilities by evidence; `certain`: pairs that a strong rule holds to be one person's.
    `by_lot` are pairs that the lot drew, `two` (by_lot,) how likely each is two people's by evidence.
    """

    copies: Floats
    unlabelled: Floats
    likely: Floats
    certain: Bools
    by_lot: Floats
    two: Floats
    reviewed: Floats
    same: Bools


@dataclass(frozen=True, eq=False)
class Fitted:
    """The trees, and the share of pairs that share a key and are one person's, round by round."""

    booster: lgb.Booster
    shares: list[float]


def fit(examples: Examples, directions: list[int], seed: int) -> Fitted:
    """Learn from `examples`, `directions` (k,) being 1, -1 or 0 of each comparison."""
    likely = np.where(examples.certain, 1.0, examples.likely)
    shares = [_mean(likely)]
    for round_ in range(ROUNDS):
        likely = _judged(examples, likely, directions, seed + round_)
        shares.append(_mean(likely))
    return Fitted(_trees(*_weighted(examples, likely, np.ones(len(likely), bool)), directions, seed), shares)


def _mean(likely: Floats) -> float:
    return float(likely.mean()) if len(likely) else 0.0


def _judged(examples: Examples, likely: Floats, directions: list[int], seed: int) -> Floats:
    """(unlabelled,) probabilities by trees that learned from the other half of the pairs as `likely` holds them."""
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(likely))
    judged = np.empty_like(likely)
    for one in range(FOLDS):
        booster = _trees(*_weighted(examples, likely, fold != one), directions, seed)
        judged[fold == one] = booster.predict(examples.unlabelled[fold == one], num_threads=1)
    return judged


def _weighted(examples: Examples, likely: Floats, rows: Bools) -> tuple[Floats, Floats, Floats]:
    """Comparisons, labels and weights: each unlabelled pair twice, as one person's and as two people's."""
    x, p = examples.unlabelled[rows], likely[rows]
    copies = np.full(len(examples.copies), COPIES_WEIGHT * max(p.sum(), 1.0) / max(len(examples.copies), 1))
    lot = LOT_WEIGHT * examples.two
    reviewed = np.full(len(examples.same), REVIEW_WEIGHT)
    yes, no = p > EPSILON, p < 1 - EPSILON
    return (
        np.vstack([x[yes], x[no], examples.copies, examples.by_lot, examples.reviewed]),
        np.r_[np.ones(yes.sum()), np.zeros(no.sum()), np.ones(len(copies)), np.zeros(len(lot)), examples.same * 1.0],
        np.r_[p[yes], 1 - p[no], copies, lot, reviewed],
    )


def _trees(x: Floats, y: Floats, weight: Floats, directions: list[int], seed: int) -> lgb.Booster:
    if not len(x):  # a table of one record: nobody is anybody else
        x, y, weight = np.zeros((1, x.shape[1])), np.zeros(1), np.ones(1)
    settings = {
        "objective": "binary",
        "num_leaves": LEAVES,
        # from an even chance: from a share of one in a thousand the first steps are so long that what they get wrong stays so
        "boost_from_average": False,
        "learning_rate": 0.25,
        "min_data_in_leaf": 20,
        "min_sum_hessian_in_leaf": 0.1,
        "lambda_l2": 1.0,
        "monotone_constraints": directions,
        "monotone_constraints_method": "basic",
        "max_bin": 63,
        "seed": seed,
        "num_threads": 1,  # so little is to be learned that threads wait for one another longer than they work
        "deterministic": True,
        "force_row_wise": True,
        "verbose": -1,
    }
    return lgb.train(settings, lgb.Dataset(x, y, weight=weight), num_boost_round=TREES)
