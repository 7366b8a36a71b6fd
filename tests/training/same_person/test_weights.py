"""Evidence learned without labels: what pairs drawn by lot have in common says little, what they never have says much."""

from __future__ import annotations

import numpy as np

from features.same_person.evidence import Weights, levels_of
from training.same_person.weights import learn_weights

NAMES = ("given_alike", "surname_alike", "phone_slips", "phone_rarity")


def drawn(number: int, chance, alike: float) -> np.ndarray:
    """Pairs whose fields agree with the chance `alike`."""
    given, surname, phone = (chance.random((3, number)) < alike).astype(float)
    return np.column_stack([given, surname, np.where(phone == 1, 0, 6), np.where(phone == 1, 3, 0)])


def learned(same: int, other: int):
    chance = np.random.default_rng(1)
    copies, lot = drawn(500, chance, 0.9), drawn(5_000, chance, 0.02)
    blocked = np.vstack([drawn(same, chance, 0.95), drawn(other, chance, 0.1)])
    return learn_weights(copies, blocked, lot, NAMES, 2_000, 1.0)


def test_pairs_of_one_person_are_told_from_those_of_two():
    _, likely, of_lot = learned(same=400, other=2_000)
    assert likely[:400].mean() > 0.9
    assert likely[400:].mean() < 0.02
    assert of_lot.mean() < 0.001


def test_where_there_are_none_none_are_found():
    assert learned(same=0, other=2_000)[1].sum() < 5


def test_a_rare_value_weighs_more_and_what_is_missing_nothing():
    weights = learned(same=400, other=2_000)[0]
    pairs = np.array([[1, 1, 0, 5], [1, 1, 0, 2], [1, 1, np.nan, np.nan], [np.nan] * 4])
    rare, common, without, nothing = weights.of(pairs, NAMES)
    assert rare - common == 3
    assert common > without > nothing == 0


def test_weights_are_read_back_as_they_were():
    weights = learned(same=400, other=2_000)[0]
    pairs = drawn(50, np.random.default_rng(2), 0.5)
    np.testing.assert_array_equal(Weights.from_plain(weights.as_plain()).of(pairs, NAMES), weights.of(pairs, NAMES))
    assert set(levels_of(pairs, NAMES)) == {"given", "surname", "phone"}
