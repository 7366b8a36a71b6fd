"""Figures against scikit-learn's, ties by lot, and intervals that cover."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from training.drawing import drawn_by_name
from training.metrics import Judged, bootstrap, expected_calibration_error, figures, interval
from training.rankings import averaged, ranked


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


def test_a_subject_is_drawn_as_often_whoever_else_is_there() -> None:
    names = np.array([f"e{n}" for n in range(3000)], dtype=object)
    whole = list(drawn_by_name(names, 3, seed=1))
    part = list(drawn_by_name(names[1000:], 3, seed=1))
    assert all(np.array_equal(one[1000:], other) for one, other in zip(whole, part, strict=True))
    assert not np.array_equal(whole[0], whole[1])
    counts = np.concatenate(whole)
    assert counts.mean() == pytest.approx(1, abs=0.05)
    assert counts.var() == pytest.approx(1, abs=0.05)
    assert np.corrcoef(whole[0], whole[1])[0, 1] == pytest.approx(0, abs=0.06)


def test_the_same_subjects_on_several_days_are_no_more_subjects() -> None:
    """Four days that are all the same say no more than one: the interval must not shrink to half its width."""
    random = np.random.default_rng(5)
    label = (random.random(600) < 0.3).astype(float)
    one = {"model": judged(list(random.normal(size=600) + label), list(label))}
    names = np.array([f"e{n}" for n in range(600)], dtype=object)

    def width(days: int, by_name: bool) -> float:
        told = [ranked(one, 20, 1 if by_name else seed, names=names if by_name else None) for seed in range(days)]
        auc = averaged(told)["model"]["auc"]
        return float(auc["high"] - auc["low"])

    assert width(4, by_name=True) == pytest.approx(width(1, by_name=True))
    assert width(1, by_name=True) == pytest.approx(width(1, by_name=False), rel=0.3)
    assert width(4, by_name=False) < 0.7 * width(1, by_name=False)
