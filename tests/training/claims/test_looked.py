"""Reviews that lists drew with a known chance speak of all claims that lists could draw; those by lot alone do not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.training.claims.worlds import FIRST, listed_claims
from training.claims.looked import drawn_reviews, reviewed_side_by_side
from training.looked import exact, of_effective
from training.propensity import effective_size

ONE_LIST = {
    "claim_id": ["lot", "top", "companion", "tip", "nobody"], "region": ["North"] * 5,
    "finding": ["fraud", "fraud", "genuine", "fraud", None], "first_trigger": ["random", "alert", "alert", "tip", None],
    "chance": [0.1, 1.0, None, None, None], "listed_on": [FIRST, FIRST, None, None, None],
    "decided_on": [FIRST] * 4 + [None],
}  # fmt: skip


def one_list(**others: list[object]) -> pd.DataFrame:
    return pd.DataFrame({**ONE_LIST, **others}).astype({"chance": "float64"})


def looked(rows: pd.DataFrame) -> dict[str, dict[str, object]]:
    return reviewed_side_by_side(rows, rows["sign"].to_numpy(), "fraud", 400, 1)


def test_lists_that_follow_each_other_speak_of_all_claims() -> None:
    """Over 60 worlds: one over the chance alone counts what was decided early once, and the rest once a list."""
    off, by_chance, holds = [], [], 0
    for seed in range(60):
        rows = listed_claims(4000, seed)
        truth, drawn = rows["wrong"].mean(), drawn_reviews(rows, "fraud")
        label, weight = drawn.label[drawn.known], drawn.weight[drawn.known]
        said = of_effective(float(np.average(label, weights=weight)), effective_size(weight))
        off.append(said["value"] - truth)
        told = rows[rows["chance"].notna()]
        by_chance.append(np.average(told["wrong"], weights=1 / told["chance"]) - truth)
        holds += said["low"] <= truth <= said["high"]
    assert abs(np.mean(off)) < 2.6 * np.std(off) / np.sqrt(60)
    assert abs(np.mean(by_chance)) > 5 * np.std(by_chance) / np.sqrt(60)
    assert holds >= 55


def test_the_random_arm_of_lists_says_how_much_it_rests_on() -> None:
    rows = listed_claims(4000, 1)
    said = looked(rows)["random_arm"]
    assert said["effective_size"] < said["inspected"] == said["visits"]
    tips, last = rows[rows["first_trigger"] == "tip"], rows["listed_on"].dropna().max()
    assert said["not_drawn"] == (tips["decided_on"] <= last).sum() > 0
    assert (said["chance_not_told"], said["listed_without_chance"]) == (0, 0)


def test_of_one_list_each_review_stands_for_one_over_its_chance() -> None:
    drawn = drawn_reviews(one_list(decided_on=[FIRST + pd.Timedelta(days=1)] * 4 + [None]), "fraud")
    assert drawn.weight.tolist() == [10, 1, 0, 0, 0]
    assert drawn.said == {"visits": 2, "chance_not_told": 0, "listed_without_chance": 1, "not_drawn": 0}


def test_a_claim_decided_counts_on_each_later_list_of_its_region() -> None:
    week = pd.Timedelta(days=7)
    rows = one_list(listed_on=[FIRST, FIRST + week, None, None, None], decided_on=[*[FIRST + week] * 3, FIRST, None])
    assert drawn_reviews(rows, "fraud").weight.tolist() == [11, 1, 1, 2, 0]
    elsewhere = rows.assign(region=["North", "South", "South", "South", "North"])
    assert drawn_reviews(elsewhere, "fraud").weight.tolist() == [10, 1, 1, 1, 0]
    assert drawn_reviews(rows.assign(listed_on=None), "fraud").weight.tolist() == [10, 1, 0, 0, 0]


def test_the_top_of_lists_alone_is_no_sample() -> None:
    rows = listed_claims(4000, 1)
    assert looked(rows[rows["first_trigger"] != "random"])["random_arm"]["inspected"] == 0


def test_lots_of_which_no_chance_is_told_are_an_even_draw_with_an_exact_interval() -> None:
    rows = listed_claims(4000, 1).assign(chance=np.nan)
    lots = rows[rows["first_trigger"] == "random"]
    said = looked(rows)["random_arm"]
    assert said["prevalence"] == exact(int(lots["wrong"].sum()), len(lots)) and "effective_size" not in said
    assert said["chance_not_told"] == said["inspected"] == len(lots)


@pytest.mark.parametrize("kind", ["duplicate", "fraud"])
def test_what_was_found_otherwise_counts_as_not_found_of_the_kind(kind: str) -> None:
    drawn = drawn_reviews(one_list(finding=["fraud", "duplicate", "error", "genuine", None]), kind)  # type: ignore[arg-type]
    assert np.nan_to_num(drawn.label).tolist() == ([0, 1, 0, 0, 0] if kind == "duplicate" else [1, 0, 0, 0, 0])
