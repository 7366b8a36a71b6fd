"""The pair model: from comparisons to the probability that two records that share a key are one person's.

Nobody has to label a pair. The first round learns corrupted copies against pairs that share a key; each further round
learns the pairs themselves, each as likely as the round before held it to be (expectation and maximisation), judged
by trees that did not see it. Copies stay in with a small weight, reviewers' decisions with a large one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np

from features.same_person.columns import Bools, Floats
from training.same_person.limits import COPIES_WEIGHT, LEAVES, REVIEW_WEIGHT, ROUNDS, TREES

FOLDS = 2
EPSILON = 1e-4


@dataclass(frozen=True, eq=False)
class Examples:
    """Comparisons (·, k) of `copies` with their originals, of `unlabelled` pairs, and of `reviewed` ones with `same`.

    `certain` (unlabelled,): pairs that a strong rule holds to be one person's; the first round takes none of them as a negative.
    """

    copies: Floats
    unlabelled: Floats
    certain: Bools
    reviewed: Floats
    same: Bools


@dataclass(frozen=True, eq=False)
class Fitted:
    """The trees, and the share of pairs that share a key and are one person's, round by round."""

    booster: lgb.Booster
    shares: list[float]


def fit(examples: Examples, directions: list[int], seed: int) -> Fitted:
    """Learn from `examples`, `directions` (k,) being 1, -1 or 0 of each comparison."""
    likely = _first_round(examples, directions, seed)
    shares = [float(likely.mean())]
    for round_ in range(ROUNDS):
        likely = _judged(examples, likely, directions, seed + round_)
        shares.append(float(likely.mean()))
    return Fitted(_trees(*_weighted(examples, likely, np.ones(len(likely), bool)), directions, seed), shares)


def _first_round(examples: Examples, directions: list[int], seed: int) -> Floats:
    """(unlabelled,) probabilities by copies against pairs that share a key.

    Those pairs hold one person's too. So copies are first set against all pairs: where both are as dense as they get,
    pairs are one person's. Without these, the pairs left tell two people's, and the share can be found.
    """
    even = _against_copies(examples, np.where(examples.certain, 0.0, 1.0), directions, seed)
    odds = _odds(even(examples.unlabelled))
    likely = np.minimum(1, odds / np.median(_odds(even(examples.copies))))
    for _ in range(2):
        likely[examples.certain] = 1
        even = _against_copies(examples, 1 - likely, directions, seed)
        likely = _with_share(even(examples.unlabelled))
    return likely


def _against_copies(
    examples: Examples, two_people: Floats, directions: list[int], seed: int
) -> Callable[[Floats], Floats]:
    """What tells copies from unlabelled pairs, these weighted as `two_people` and both weighing the same in all."""
    copies, unlabelled = examples.copies, examples.unlabelled
    even = two_people.sum() / len(copies)
    x, y = np.vstack([copies, unlabelled]), np.r_[np.ones(len(copies)), np.zeros(len(unlabelled))]
    booster = _trees(x, y, np.r_[np.full(len(copies), even), two_people], directions, seed)
    return lambda pairs: np.asarray(booster.predict(pairs), dtype=np.float64)


def _odds(probability: Floats) -> Floats:
    return probability / np.clip(1 - probability, 1e-12, None)


def _with_share(even: Floats) -> Floats:
    """Probabilities made with as many of one person as of two, turned to the share that the pairs themselves tell.

    Saerens, Latinne and Decaestecker (2002): the share is repeated until it is the average of what it makes.
    """
    odds = _odds(even)
    share = 0.1
    for _ in range(200):
        likely = odds * share / (odds * share + 1 - share)
        share = float(np.clip(likely.mean(), 1e-6, 1 - 1e-6))
    return likely


def _judged(examples: Examples, likely: Floats, directions: list[int], seed: int) -> Floats:
    """(unlabelled,) probabilities by trees that learned from the other half of the pairs as `likely` holds them."""
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(likely))
    judged = np.empty_like(likely)
    for one in range(FOLDS):
        booster = _trees(*_weighted(examples, likely, fold != one), directions, seed)
        judged[fold == one] = booster.predict(examples.unlabelled[fold == one])
    return judged


def _weighted(examples: Examples, likely: Floats, rows: Bools) -> tuple[Floats, Floats, Floats]:
    """Comparisons, labels and weights: each unlabelled pair twice, as one person's and as two people's."""
    x, p = examples.unlabelled[rows], likely[rows]
    copies = np.full(len(examples.copies), COPIES_WEIGHT * max(p.sum(), 1.0) / max(len(examples.copies), 1))
    reviewed = np.full(len(examples.same), REVIEW_WEIGHT)
    yes, no = p > EPSILON, p < 1 - EPSILON
    return (
        np.vstack([x[yes], x[no], examples.copies, examples.reviewed]),
        np.r_[np.ones(yes.sum()), np.zeros(no.sum()), np.ones(len(copies)), examples.same.astype(np.float64)],
        np.r_[p[yes], 1 - p[no], copies, reviewed],
    )


def _trees(x: Floats, y: Floats, weight: Floats, directions: list[int], seed: int) -> lgb.Booster:
    settings = {
        "objective": "binary",
        "num_leaves": LEAVES,
        "learning_rate": 0.1,
        "min_data_in_leaf": 20,
        "min_sum_hessian_in_leaf": 1.0,
        "lambda_l2": 1.0,
        "monotone_constraints": directions,
        "monotone_constraints_method": "intermediate",
        "max_bin": 63,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
        "verbose": -1,
    }
    return lgb.train(settings, lgb.Dataset(x, y, weight=weight), num_boost_round=TREES)
