"""Figures against scikit-learn's, ties by lot, and intervals that cover."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from training.metrics import Judged, bootstrap, expected_calibration_error, figures, interval


def judged(score: list[float], label: list[float]) -> Judged:
    return Judged(
        np.array(score, float), np.array(label, float), {"money": np.array(label, float) * 100}, probability=False
    )


def test_auc_and_average_precision_are_scikit_learns_also_with_ties() -> None:
    random = np.random.default_rng(3)
    label = (random.random(2000) < 0.1).astype(float)
    score = np.round(random.random(2000) + label * 0.3, 1)
    found = figures(judged(list(score), list(label)), capacity=100)
    assert found["auc"] == pytest.approx(roc_auc_score(label, score))
    assert found["average_precision"] == pytest.approx(average_precision_score(label, score))


def test_at_capacity_ties_count_as_if_broken_by_lot() -> None:
    found = figures(judged([9, 5, 5, 5, 5, 1], [1, 1, 0, 0, 1, 0]), capacity=3)
    assert found["precision@capacity"] == pytest.approx((1 + 2 * 0.5) / 3)
    assert found["money@capacity"] == pytest.approx(200)
    assert found["recall@capacity"] == pytest.approx(2 / 3)


def test_a_weight_is_as_good_as_a_copy() -> None:
    once = judged([3, 2, 1], [1, 0, 1])
    twice = judged([3, 3, 2, 1], [1, 1, 0, 1])
    weighted = figures(once, capacity=2, weight=np.array([2.0, 1.0, 1.0]))
    assert weighted == pytest.approx(figures(twice, capacity=2))


def test_calibration_error_is_the_mean_distance() -> None:
    score = np.repeat([0.1, 0.5], 100)
    label = np.r_[np.repeat([1.0, 0.0], [20, 80]), np.repeat([1.0, 0.0], [50, 50])]
    assert expected_calibration_error(score, label, np.ones(200), bins=2) == pytest.approx(0.05)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(7)
    inside = 0
    for seed in range(100, 200):
        label = (random.random(400) < 0.3).astype(float)
        score = random.normal(size=400) + label
        one = judged(list(score), list(label))
        draws = bootstrap({"one": one}, 20, seed, draws=100)["one"]
        found = interval(figures(one, 20)["auc"], [draw["auc"] for draw in draws])
        inside += found["low"] <= 0.7602 <= found["high"]  # Φ(1/√2): the AUC of two normals one apart
    assert inside / 100 >= 0.85


def test_without_positives_nothing_is_said() -> None:
    found = figures(judged([1, 2], [0, 0]), capacity=1)
    assert interval(found["auc"], [])["value"] is None
