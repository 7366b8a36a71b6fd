"""Chances of being inspected: near the true ones, learned in time, cut where they are small."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.training.worlds import inspected_world
from training.limits import LARGEST_WEIGHT
from training.propensity import cross_fitted, effective_size, learn_propensity, weights

NAMES = ["sign", "noise"]


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return inspected_world(employers=4000, days=6, seed=1)


def test_chances_are_near_the_true_ones(rows: pd.DataFrame) -> None:
    days = sorted(rows["as_of"].unique())
    learned = learn_propensity(rows[rows["as_of"] < days[-1]], NAMES)
    assert learned is not None
    last = rows[rows["as_of"] == days[-1]]
    true = 1 - (1 - last["chance"]) * (1 - 1 / 30)
    found = learned.chance(last)
    assert np.abs(found - true).mean() < np.abs(true.mean() - true).mean() / 3
    assert found.mean() == pytest.approx(true.mean(), abs=0.01)
    assert learned.by_lot == pytest.approx(1 / 30, abs=0.005)
    assert found.min() >= learned.by_lot


def test_what_happened_on_later_days_changes_no_chance_of_the_day(rows: pd.DataFrame) -> None:
    days = sorted(rows["as_of"].unique())
    late = rows["as_of"].isin(days[3:])
    otherwise = rows.assign(chosen=rows["chosen"].where(~late, 1 - rows["chosen"]))
    once, again = cross_fitted(rows, NAMES), cross_fitted(otherwise, NAMES)
    assert once is not None and again is not None
    np.testing.assert_array_equal(once, again)


def test_the_first_days_are_cross_fitted_by_employer(rows: pd.DataFrame) -> None:
    first = rows[rows["as_of"] == rows["as_of"].min()]
    found = cross_fitted(first, NAMES)
    assert found is not None
    assert np.abs(found - first["chance"]).mean() < 0.05


def test_too_few_inspections_teach_nothing(rows: pd.DataFrame) -> None:
    few = rows.assign(chosen=(np.arange(len(rows)) < 30) * 1.0)
    assert learn_propensity(few, NAMES) is None
    assert cross_fitted(few, NAMES) is None


def test_weights_are_stabilised_and_cut() -> None:
    found = weights(np.array([0.2, 0.1, 1e-6]), looked_at=0.1)
    assert found.tolist() == pytest.approx([0.5, 1.0, LARGEST_WEIGHT])


@pytest.mark.parametrize(("weight", "size"), [([1, 1, 1, 1], 4), ([1, 0, 0, 0], 1), ([3, 1], 1.6), ([], 0)])
def test_effective_size(weight: list[float], size: float) -> None:
    assert effective_size(np.array(weight, float)) == pytest.approx(size)
