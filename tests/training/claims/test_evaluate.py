"""The report of claims: rankings with intervals, those reviewed by lot beside, and what is too few said to be so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from features.engine import connect
from features.errors import BadInput
from features.lake.lake import Lake
from training.claims.evaluate import evaluate_claims
from training.claims.report import write_claims_report
from training.claims.texts import TEXTS
from training.counts import told

DAYS = [dt.date(2024, 5, 31), dt.date(2024, 8, 31)]


@pytest.fixture(scope="module")
def report(fund: Lake) -> dict[str, Any]:
    return evaluate_claims(fund, connect(threads=1), DAYS, reviews=1)


def test_every_figure_has_an_interval_around_it(report: dict[str, Any]) -> None:
    fraud = report["kinds"]["fraud"]
    for found in [fraud["model"], *fraud["baselines"].values()]:
        for name in (
            "auc",
            "average_precision",
            "precision@day",
            "recall@capacity",
            "money@capacity",
            "saved@capacity",
        ):
            assert found[name]["low"] <= found[name]["value"] <= found[name]["high"], name
    assert {"random", "amount", "account_count", "logistic_regression"} <= set(fraud["baselines"])


def test_the_order_is_worth_something_and_lot_is_not(report: dict[str, Any]) -> None:
    fraud = report["kinds"]["fraud"]
    assert fraud["model"]["auc"]["value"] > 0.9
    assert fraud["baselines"]["random"]["auc"]["value"] == 0.5  # what to expect of lots, not one draw


def test_what_nobody_could_learn_is_said(report: dict[str, Any]) -> None:
    assert report["kinds"]["duplicate"]["too_few_to_say"]
    assert all("duplicate: 0 found" in one["without_a_model"]["duplicate"]["en"] for one in report["days"])


def test_open_claims_alone_are_ordered(report: dict[str, Any]) -> None:
    for one in report["days"]:
        assert one["dropped"]["claim_decided"] > 20
        assert one["reviewed"] == sum(row["claims"] for row in one["found"].values())


def test_those_reviewed_by_lot_are_fewer_and_stand_beside(report: dict[str, Any]) -> None:
    looked = report["kinds"]["fraud"]["days"][0]["looked_at"]
    assert 0 < looked["random_arm"]["inspected"] < looked["naive"]["inspected"]
    assert looked["random_arm"]["chance_not_told"] == looked["random_arm"]["inspected"]


def test_what_is_not_over_is_refused(fund: Lake) -> None:
    with pytest.raises(BadInput, match="not over yet"):
        evaluate_claims(fund, connect(threads=1), [dt.date(2024, 11, 30)], reviews=1)


def test_the_page_says_it_in_both_languages_and_loads_nothing_from_elsewhere(
    report: dict[str, Any], tmp_path: Path
) -> None:
    write_claims_report(report, tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert TEXTS["does_not_show"]["en"] in page and TEXTS["does_not_show"]["zh"] in page
    assert TEXTS["sections"]["no_figures"]["zh"] in page
    kept = [
        name
        for day in report["days"] + report["kinds"]["fraud"]["days"]
        for part in ("dropped", "trained_on")
        for name in day.get(part, {})
    ]
    assert {"claim_decided", "found_calibrating"} <= set(kept)
    assert all(f"<li>{told(name)['en']} {told(name)['zh']}: " in page and told(name)["zh"] != name for name in kept)
    assert report["days"][0]["without_a_model"]["duplicate"]["zh"] in page
    by_lot = report["kinds"]["fraud"]["days"][0]["looked_at"]["random_arm"]["chance_not_told"]
    assert f"{by_lot} by lot have no chance told" in page and f"其中{by_lot}次随机抽查未注明概率" in page
    assert page.count("<svg") == 2
    assert "<script" not in page and 'src="http' not in page
