"""The report: every ranking with intervals, every dropped row counted, and what the figures do not show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from features.engine import connect
from features.errors import BadInput
from features.lake.lake import Lake
from training.evaluate import evaluate
from training.report import TEXTS, write_report

DAYS = [dt.date(2022, 3, 31), dt.date(2022, 6, 30)]


@pytest.fixture(scope="module")
def report(lake: Lake) -> dict[str, Any]:
    return evaluate(lake, connect(), DAYS, label="complaint", months=6, capacity=30)


def test_every_figure_has_an_interval_around_it(report: dict[str, Any]) -> None:
    for found in [report["model"], *report["baselines"].values()]:
        for name in ("auc", "average_precision", "precision@1%", "recall@5%", "lift@capacity", "money@capacity"):
            assert found[name]["low"] <= found[name]["value"] <= found[name]["high"], name
    assert set(report["baselines"]) == {"random", "complaint_count", "logistic_regression"}
    assert report["model"]["ece"]["value"] < 0.2


def test_the_order_is_worth_something_and_lot_is_not(report: dict[str, Any]) -> None:
    assert report["model"]["auc"]["value"] > 0.75
    assert 0.35 < report["baselines"]["random"]["auc"]["value"] < 0.65


def test_closed_employers_are_counted_out(report: dict[str, Any]) -> None:
    assert [one["dropped"]["closed by the day of the snapshot"] for one in report["days"]] == [6, 6]
    assert [one["employers"] for one in report["days"]] == [294, 294]


def test_small_groups_are_too_few_to_say(lake: Lake) -> None:
    one = evaluate(lake, connect(), DAYS[:1], label="event", months=3, capacity=30)["days"][0]
    small = [row for row in one["slices"]["industry"] if row["positives"] < 20]
    assert small
    assert all(row["too_few_to_say"] for row in small)


def test_a_horizon_that_is_not_over_is_refused(lake: Lake) -> None:
    with pytest.raises(BadInput, match="not over yet"):
        evaluate(lake, connect(), [dt.date(2022, 12, 1)], label="complaint", months=6, capacity=30)


def test_the_page_says_it_in_both_languages_and_loads_nothing_from_elsewhere(
    report: dict[str, Any], tmp_path: Path
) -> None:
    write_report(report, tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert TEXTS["does_not_show"]["zh"] in page
    assert "What these figures do not show" in page
    assert page.count("<svg") == 2
    assert "<script" not in page
    assert 'src="http' not in page
