import datetime as dt

import numpy as np
import pytest

from serving.arms import Arms, Policy, bin_weights, choose, inclusion_probabilities, systematic
from serving.limits import LEAST_DRAW

DAY = dt.date(2024, 6, 30)
RNG = np.random.default_rng(5)
RISK = np.sort(RNG.beta(0.4, 3, 300))[::-1]
LOOKED_AT = RNG.random(300) < 0.8
IDS = [f"{i:04}" for i in range(300)]


def drawn(seed: int, policy: Policy = "bins", capacity: int = 30, share: float = 0.5) -> Arms:
    order = np.argsort(-RISK, kind="stable")
    return choose(
        order, RISK, LOOKED_AT, IDS, capacity=capacity, random_share=share, policy=policy, seed=seed, as_of=DAY
    )


@pytest.mark.parametrize("policy", ["fixed", "bins"])
def test_everybody_is_drawn_as_often_as_its_probability_says(policy: Policy) -> None:
    seeds = 2000
    times = np.zeros(len(RISK))
    for seed in range(seeds):
        arms = drawn(seed, policy)
        assert len(arms.by_lot) == len(set(arms.by_lot)) == 15 and not set(arms.by_lot) & set(arms.certain)
        times[arms.by_lot] += 1
    chance = arms.probability[15:]
    away = (times[15:] / seeds - chance) / np.sqrt(chance * (1 - chance) / seeds)
    assert chance.sum() == pytest.approx(15) and np.abs(away).max() < 4.5 and np.abs(away).mean() < 1.0


@pytest.mark.parametrize("policy", ["fixed", "bins"])
def test_outcomes_weighted_by_the_inverse_probability_are_unbiased(policy: Policy) -> None:
    """Horvitz and Thompson's estimate of how many of all have the outcome, though the high scores are drawn more."""
    outcome = np.random.default_rng(6).random(len(RISK)) < RISK
    estimates, unweighted = [], []
    for seed in range(2000):
        arms = drawn(seed, policy)
        listed = np.concatenate([arms.certain, arms.by_lot])
        estimates.append((outcome[listed] / arms.probability[listed]).sum())
        unweighted.append(outcome[arms.by_lot].mean() * (len(RISK) - 15) + outcome[arms.certain].sum())
    error = np.std(estimates) / np.sqrt(len(estimates))
    assert abs(np.mean(estimates) - outcome.sum()) < 4 * error
    if policy == "bins":
        assert abs(np.mean(unweighted) - outcome.sum()) > 10 * error, "what the weights are for"


def test_more_are_drawn_where_the_score_is_uncertain_and_everybody_keeps_a_least_probability() -> None:
    arms = drawn(1)
    chance = arms.probability[15:]
    even = 15 / len(chance)
    assert chance[0] > 1.4 * even and chance[-1] < 0.8 * even
    assert chance.min() >= LEAST_DRAW * even
    assert (np.diff(chance) <= 1e-12).all()


def test_more_are_drawn_where_few_outcomes_are_known() -> None:
    bins, risk = np.repeat([0, 1], 500), np.full(1000, 0.2)
    known = np.arange(1000) < 400
    weights = bin_weights(bins, risk, known)
    assert weights[-1] > 2 * weights[0]
    nothing_known = bin_weights(np.repeat([0, 1], 500), np.repeat([0.01, 0.5], 500), np.zeros(1000, dtype=bool))
    assert nothing_known[-1] / nothing_known[0] < 1.7 < np.sqrt(0.25 / 0.0099)


@pytest.mark.parametrize("places", [0, 1, 7, 99, 100, 150])
def test_probabilities_add_up_to_the_places_and_none_is_above_one(places: int) -> None:
    weights = np.r_[np.full(5, 1000.0), np.linspace(1, 3, 95)]
    chance = inclusion_probabilities(weights, places, 0.25)
    assert chance.sum() == pytest.approx(min(places, 100)) and chance.max() <= 1
    assert chance.min() >= min(1, 0.25 * places / 100) - 1e-12
    assert len(set(systematic(chance, 0.9999999).tolist())) == min(places, 100)


def test_every_bin_gets_its_expected_number_but_for_one() -> None:
    for seed in range(50):
        arms = drawn(seed)
        for bin_ in np.unique(arms.bins[15:]):
            own = np.flatnonzero(arms.bins == bin_)
            own = own[own >= 15]
            assert abs(np.isin(arms.by_lot, own).sum() - arms.probability[own].sum()) < 1


def test_the_lot_does_not_depend_on_the_order_of_rows() -> None:
    mixed = np.random.default_rng(0).permutation(len(RISK))
    order = np.argsort(-RISK[mixed], kind="stable")
    again = choose(
        order, RISK[mixed], LOOKED_AT[mixed], [IDS[i] for i in mixed],
        capacity=30, random_share=0.5, policy="bins", seed=3, as_of=DAY,
    )  # fmt: skip
    assert sorted(mixed[again.by_lot]) == sorted(drawn(3).by_lot)


@pytest.mark.parametrize(
    ("capacity", "share", "by_lot"), [(1, 0.1, 0), (2, 0.1, 1), (4, 0.1, 1), (4, 0.0, 0), (5, 0.1, 1), (15, 0.1, 2)]
)
def test_a_short_list_has_one_place_by_lot_at_least(capacity: int, share: float, by_lot: int) -> None:
    arms = drawn(1, "fixed", capacity, share)
    assert (len(arms.by_lot), len(arms.certain)) == (by_lot, capacity - by_lot)
