"""The pair model: from comparisons to the probability that two records that share a key are one person's.

Nobody has to label a pair. Each pair is learned twice, as one person's and as two people's, weighted by how likely it is by
its evidence (weights.py) and, in a further round, by trees that did not see it. Evidence takes fields to be independent,
which those of a household are not; so no pair counts for more than its likeness to corrupted copies allows. Copies stay in
with a small weight, reviewers' decisions with a large one.
"""

from __future__ import annotations

from dataclasses import dataclass

import lightgbm as lgb
import numpy as np

from features.same_person.columns import Bools, Floats
from training.same_person.limits import COPIES_WEIGHT, LEAVES, LOT_WEIGHT, REVIEW_WEIGHT, ROUNDS, TREES, UNLIKE_COPIES

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
    likely = np.where(examples.certain, 1.0, _like_copies(examples, directions, seed))
    shares = [_mean(likely)]
    for round_ in range(ROUNDS):
        likely = _judged(examples, likely, directions, seed + round_)
        shares.append(_mean(likely))
    return Fitted(_trees(*_weighted(examples, likely, np.ones(len(likely), bool)), directions, seed), shares)


def _mean(likely: Floats) -> float:
    return float(likely.mean()) if len(likely) else 0.0


def _like_copies(examples: Examples, directions: list[int], seed: int) -> Floats:
    """(unlabelled,) the probabilities by evidence, at most UNLIKE_COPIES times what they would be were pairs like copies.

    The share of one person's pairs, times how much denser copies are there than all pairs, is that. Pairs by strong rules
    are left out of what copies are set against, and both sides weigh the same in all.
    """
    copies, unlabelled = examples.copies, examples.unlabelled[~examples.certain]
    if not len(copies) or not len(unlabelled):
        return examples.likely
    x, y = np.vstack([copies, unlabelled]), np.r_[np.ones(len(copies)), np.zeros(len(unlabelled))]
    weight = np.r_[np.full(len(copies), len(unlabelled) / len(copies)), np.ones(len(unlabelled))]
    even = np.asarray(_trees(x, y, weight, directions, seed).predict(examples.unlabelled, num_threads=1))
    likely: Floats = np.minimum(
        examples.likely, UNLIKE_COPIES * examples.likely.mean() * even / np.clip(1 - even, 1e-12, None)
    )
    return likely


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
