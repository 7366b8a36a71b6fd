"""Where everything is known: the naive figures are off, the weighted ones and those by lot are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from tests.training.worlds import inspected_world
from training.looked import exact, side_by_side
from training.propensity import OPENED, learn_propensity

NAMES = ["sign", "noise"]


def world(seed: int, employers: int = 8000) -> tuple[pd.DataFrame, dict[str, Any]]:
    rows = inspected_world(employers, days=4, seed=seed)
    last = rows["as_of"] == rows["as_of"].max()
    propensity = {arm: learn_propensity(rows[~last], NAMES, arm) for arm in OPENED}
    test = rows[last].reset_index(drop=True)
    looked = side_by_side(test, test["sign"].to_numpy(), propensity, 400, seed)
    assert looked is not None
    return test, looked


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_naive_prevalence_is_off_and_the_others_are_not(seed: int) -> None:
    test, looked = world(seed)
    truth, found = test["owes"].mean(), looked["prevalence"]
    assert found["naive"]["low"] > truth + 0.02
    assert found["weighted"]["value"] == pytest.approx(truth, abs=0.015)
    assert found["weighted"]["low"] <= truth <= found["weighted"]["high"]
    assert found["random_arm"]["low"] <= truth <= found["random_arm"]["high"]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_weighted_auc_is_that_of_all_employers(seed: int) -> None:
    test, looked = world(seed)
    truth = roc_auc_score(test["owes"], test["sign"])
    naive, weighted = looked["estimates"]["naive"]["auc"], looked["estimates"]["weighted"]["auc"]
    assert weighted["low"] <= truth <= weighted["high"]
    assert abs(weighted["value"] - truth) < abs(naive["value"] - truth)


def test_precision_at_capacity_is_among_the_first_of_all() -> None:
    test, looked = world(1)
    first = test.nlargest(400, "sign")
    found = looked["estimates"]["weighted"]["precision@capacity"]
    assert found["low"] <= first["owes"].mean() <= found["high"]


def test_what_too_few_say_is_left_out() -> None:
    _, looked = world(1, employers=3000)
    by_lot = looked["estimates"]["random_arm"]
    assert by_lot["too_few_to_say"] and "auc" not in by_lot
    assert by_lot["base_rate"]["low"] < by_lot["base_rate"]["value"] < by_lot["base_rate"]["high"]


def test_without_findings_there_is_nothing_to_say() -> None:
    rows = inspected_world(50, 1, 1)
    rows[["arrears", "cleared"]] = 0.0
    assert side_by_side(rows, np.zeros(50), {}, 5, 1) is None


def test_without_chances_nothing_is_weighted() -> None:
    rows = inspected_world(500, 1, 1)
    found = side_by_side(rows, rows["sign"].to_numpy(), {"": None, "planned_": None}, 50, 1)
    assert found is not None
    assert found["estimates"]["weighted"] == {
        "inspected": found["estimates"]["naive"]["inspected"],
        "not_weighted": True,
    }


@pytest.mark.parametrize(
    ("positives", "inspected", "low", "high"), [(0, 10, 0, 0.3085), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1)]
)
def test_exact_intervals_are_those_of_the_tables(positives: int, inspected: int, low: float, high: float) -> None:
    found = exact(positives, inspected)
    assert (found["low"], found["high"]) == pytest.approx((low, high), abs=5e-5)
