"""The report: every ranking with intervals, every dropped row counted, and what the figures do not show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from features.engine import connect
from features.errors import BadInput
from features.lake.lake import Lake
from training.counts import told
from training.evaluate import evaluate
from training.report import TEXTS, write_report

DAYS = [dt.date(2022, 3, 31), dt.date(2022, 6, 30)]


@pytest.fixture(scope="module")
def report(lake: Lake) -> dict[str, Any]:
    return evaluate(lake, connect(threads=1), DAYS, label="complaint", months=6, capacity=30)


def test_every_figure_has_an_interval_around_it(report: dict[str, Any]) -> None:
    for found in [report["model"], *report["baselines"].values()]:
        for name in ("auc", "average_precision", "precision@1%", "recall@5%", "lift@capacity", "money@capacity"):
            assert found[name]["low"] <= found[name]["value"] <= found[name]["high"], name
    assert set(report["baselines"]) == {"random", "complaint_count", "logistic_ten", "trees_ten", "logistic_regression"}
    assert report["model"]["ece"]["value"] < 0.2


def test_the_order_is_worth_something_and_lot_is_not(report: dict[str, Any]) -> None:
    assert report["model"]["auc"]["value"] > 0.75
    assert report["baselines"]["random"]["auc"]["value"] == 0.5  # what to expect of lots, not one draw


def test_closed_employers_are_counted_out(report: dict[str, Any]) -> None:
    assert [one["dropped"]["closed"] for one in report["days"]] == [6, 6]
    assert [one["employers"] for one in report["days"]] == [294, 294]


def test_small_groups_are_too_few_to_say(lake: Lake) -> None:
    one = evaluate(lake, connect(threads=1), DAYS[:1], label="event", months=3, capacity=30)["days"][0]
    small = [row for row in one["slices"]["industry"] if row["positives"] < 20]
    assert small
    assert all(row["too_few_to_say"] for row in small)


def test_a_horizon_that_is_not_over_is_refused(lake: Lake) -> None:
    with pytest.raises(BadInput, match="not over yet"):
        evaluate(lake, connect(threads=1), [dt.date(2022, 12, 1)], label="complaint", months=6, capacity=30)


def test_the_page_says_it_in_both_languages_and_loads_nothing_from_elsewhere(
    report: dict[str, Any], tmp_path: Path
) -> None:
    write_report(report, tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert TEXTS["does_not_show"]["zh"] in page
    assert "What these figures do not show" in page
    assert TEXTS["sections"]["beginning"]["zh"] in page
    assert TEXTS["sections"]["no_findings"]["en"] in page
    kept = [name for day in report["days"] for name in (*day["dropped"], *day["trained_on"])]
    assert {"closed", "fitted", "dropped_closed"} <= set(kept)
    assert all(f"<li>{told(name)['en']} {told(name)['zh']}: " in page and told(name)["zh"] != name for name in kept)
    assert page.count("<svg") == 2
    assert "<script" not in page
    assert 'src="http' not in page


def test_arrears_that_begin_have_their_own_base_rate(inspected_lake: Lake) -> None:
    report = evaluate(
        inspected_lake, connect(threads=1), [dt.date(2022, 3, 31)], label="complaint", months=6, capacity=60
    )
    begin, day = report["beginning"], report["days"][0]
    assert begin["model"]["base_rate"]["value"] == day["beginning"]["positives"] / day["beginning"]["employers"]
    assert begin["model"]["base_rate"]["value"] < report["model"]["base_rate"]["value"]
    assert set(begin["baselines"]) == set(report["baselines"])


def test_where_too_few_begin_nothing_is_said(findings: dict[str, Any]) -> None:
    assert findings["beginning"]["too_few_to_say"] and "model" not in findings["beginning"]


def test_without_inspections_nothing_is_said_of_who_was_looked_at(report: dict[str, Any]) -> None:
    assert [one["looked_at"] for one in report["days"]] == [None, None]


@pytest.mark.parametrize("months", [3, 12])
def test_other_horizons(lake: Lake, months: int) -> None:
    report = evaluate(lake, connect(threads=1), [dt.date(2021, 12, 30)], label="complaint", months=months, capacity=30)
    assert report["horizon_months"] == months
    assert report["model"]["auc"]["value"] > 0.6


@pytest.fixture(scope="module")
def findings(inspected_lake: Lake) -> dict[str, Any]:
    return evaluate(inspected_lake, connect(threads=1), [dt.date(2022, 3, 31)], label="finding", months=6, capacity=60)


def test_naive_weighted_and_random_stand_side_by_side(findings: dict[str, Any], tmp_path: Path) -> None:
    looked = findings["days"][0]["looked_at"]["estimates"]
    assert set(looked) == {"naive", "weighted", "weighted_planned", "random_arm"}
    assert looked["random_arm"]["inspected"] < looked["weighted_planned"]["inspected"] < looked["naive"]["inspected"]
    assert looked["weighted"]["effective_size"] < looked["naive"]["inspected"]
    assert (
        looked["weighted"]["base_rate"]["value"] < looked["naive"]["base_rate"]["value"]
    )  # bad payers are visited more
    assert 0 < looked["weighted"]["mean_risk"] < looked["naive"]["mean_risk"]
    write_report(findings, tmp_path)
    assert TEXTS["looked"]["random_arm"]["zh"] in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_model_of_findings_is_weighted_and_says_so(findings: dict[str, Any]) -> None:
    day = findings["days"][0]
    assert 0 < day["weighting"]["effective_size"] < day["weighting"]["inspected"]
    assert any("one over their chance" in note["en"] for note in day["notes"])


def test_expected_money_stands_beside_probability(findings: dict[str, Any]) -> None:
    assert {"hits@capacity", "workers@capacity", "money@capacity"} <= set(findings["harm"]["by_expected_money"])
    ratio = findings["days"][0]["harm"]["money"]["ratio"]
    assert ratio["low"] < 1 < ratio["high"] or 0.6 < ratio["value"] < 1.6
