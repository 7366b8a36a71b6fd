"""Where everything is known: the naive figures are off, the weighted ones and those by lot are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from tests.training.worlds import inspected_world, listed_world
from training.drawn import drawn_visits
from training.labels import INVERSE
from training.looked import exact, of_effective, side_by_side
from training.propensity import OPENED, effective_size, learn_propensity

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


def test_lists_that_draw_unevenly_speak_of_everybody_they_could_draw() -> None:
    """Over 60 worlds: those by lot alone say too little, weighted by their chances with the certain ones they do not."""
    off, by_lot_alone, holds = [], [], 0
    for seed in range(60):
        rows = listed_world(4000, seed)
        truth, drawn = rows["owes"].mean(), drawn_visits(rows)
        label, weight = drawn.label[drawn.known], drawn.weight[drawn.known]
        said = of_effective(float(np.average(label, weights=weight)), effective_size(weight))
        off.append(said["value"] - truth)
        by_lot_alone.append(rows.loc[rows["by_lot"] > 0, "owes"].mean() - truth)
        holds += said["low"] <= truth <= said["high"]
        assert not drawn.even
    assert abs(np.mean(off)) < 2.6 * np.std(off) / np.sqrt(60)
    assert abs(np.mean(by_lot_alone)) > 5 * np.std(by_lot_alone) / np.sqrt(60)
    assert holds >= 55


def test_the_random_arm_of_lists_says_how_much_it_rests_on() -> None:
    rows = listed_world(4000, 1)
    looked = side_by_side(rows, rows["sign"].to_numpy(), {}, 400, 1)
    assert looked is not None
    said = looked["estimates"]["random_arm"]
    assert looked["prevalence"]["random_arm"]["interval"] == "effective_size"
    assert said["effective_size"] < said["inspected"] == said["visits"]
    assert (said["chance_not_told"], said["listed_without_chance"]) == (0, 0)


def test_an_even_draw_over_everybody_has_an_exact_interval() -> None:
    _, looked = world(1)
    said = looked["estimates"]["random_arm"]
    assert looked["prevalence"]["random_arm"]["interval"] == "exact" and "effective_size" not in said
    assert said["visits"] == said["chance_not_told"] == said["inspected"]


def test_the_top_of_a_list_alone_is_no_sample() -> None:
    rows = listed_world(4000, 1)
    rows.loc[rows["by_lot"] > 0, [*INVERSE, "drawn_arrears", "drawn_cleared", "by_lot"]] = 0.0
    looked = side_by_side(rows, rows["sign"].to_numpy(), {}, 400, 1)
    assert looked is not None and looked["estimates"]["random_arm"]["inspected"] == 0


def test_each_visit_counts_and_an_employer_found_both_ways_is_both() -> None:
    rows = listed_world(4000, 1)
    twice = rows.index[rows["by_lot"] > 0][0]
    rows.loc[twice, [*INVERSE, "drawn_arrears", "drawn_cleared"]] = [4.0, 12.0, 1.0, 1.0]
    drawn = drawn_visits(rows)
    assert (drawn.label[twice], drawn.weight[twice]) == (0.25, 16.0)
    assert drawn.said["visits"] == drawn.known.sum() + 1


def test_a_lot_whose_chance_is_not_told_is_one_of_an_even_draw() -> None:
    rows = listed_world(4000, 1)
    untold = rows.index[rows["by_lot"] > 0][:8]
    rows.loc[untold, "even_arrears"] = rows.loc[untold, "drawn_arrears"]
    rows.loc[untold, "even_cleared"] = rows.loc[untold, "drawn_cleared"]
    rows.loc[untold, "even"], rows.loc[untold, list(INVERSE)] = 1.0, 0.0
    drawn = drawn_visits(rows)
    assert drawn.weight[untold].tolist() == [4000 / 8] * 8
    assert drawn.said["chance_not_told"] == 8


@pytest.mark.parametrize(("positives", "inspected"), [(0, 10), (3, 40), (10, 10)])
def test_of_equal_weights_the_effective_interval_is_the_exact_one(positives: int, inspected: int) -> None:
    one, other = of_effective(positives / inspected, inspected), exact(positives, inspected)
    assert (one["low"], one["high"]) == pytest.approx((other["low"], other["high"]))
