"""What was true after a day, and what is said of estimates over many provinces."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments.employer_risk.estimates import bias_and_coverage, days_before
from experiments.employer_risk.look_alikes import on_the_list
from experiments.employer_risk.truth import truth_after, visits_after, with_truth

DAY = dt.date(2024, 6, 30)


def told(owed: dict[str, dict[str, float]]) -> pd.DataFrame:
    rows = [
        {"employer_id": employer, "month": pd.Timestamp(f"{month}-01"), "in_arrears": amount > 0, "amount_owed": amount}
        for employer, months in owed.items()
        for month, amount in months.items()
    ]
    return pd.DataFrame(rows)


TRUTH = told(
    {
        "owes": {"2024-06": 10, "2024-07": 20, "2024-08": 0},
        "begins": {"2024-06": 0, "2024-07": 0, "2024-08": 5},
        "too_late": {"2024-06": 0, "2024-08": 0, "2024-09": 7},
        "was": {"2024-05": 9, "2024-06": 0, "2024-07": 0, "2024-08": 0},
    }
)


def test_the_horizon_begins_after_the_day_and_ends_with_its_last_month():
    found = truth_after(TRUTH, DAY, 2)
    assert found["truly_in_arrears"].to_dict() == {"begins": 1, "owes": 1, "too_late": 0, "was": 0}
    assert found["truly_owing"].to_dict() == {"begins": False, "owes": True, "too_late": False, "was": False}
    assert found["truly_begins"].dropna().to_dict() == {"begins": 1, "too_late": 0, "was": 0}
    assert found["truly_owed"].to_dict() == {"begins": 5, "owes": 20, "too_late": 0, "was": 0}


def test_a_visit_in_each_month_of_the_horizon_counts():
    """July and August: one owes for half of August, one has closed, one is in no row; June and September are outside."""
    rows = [
        ("owes", "2024-06", 1, 1),
        ("owes", "2024-08", 1, 0.5),
        ("closed", "2024-08", 0.25, 1),
        ("gone", "2024-09", 0, 0),
    ]
    visits = pd.DataFrame(rows, columns=["employer_id", "month", "reached", "owing"])
    visits = visits.assign(month=pd.to_datetime(visits["month"] + "-01"))
    found = visits_after(visits, pd.Series(["gone", "owes", "closed", "sound"]), DAY, 2)
    assert found.T.to_dict("list") == {"gone": [2, 0], "owes": [2, 0.5], "closed": [1.25, 0.25], "sound": [2, 0]}


def test_rows_keep_their_order_and_who_is_in_no_truth_owes_nothing():
    rows = pd.DataFrame({"as_of": [DAY, dt.date(2024, 5, 31), DAY], "employer_id": ["owes", "was", "stranger"]})
    joined = with_truth(rows, TRUTH, 2)
    assert joined["employer_id"].tolist() == ["owes", "was", "stranger"]
    assert joined["truly_in_arrears"].tolist() == [1, 0, 0]
    assert joined["truly_owing"].tolist() == [True, True, False]
    assert joined["truly_begins"].isna().tolist() == [True, True, False]


def test_bias_and_coverage_by_hand():
    one = {"lot": {"base_rate": {"value": 0.06, "low": 0.04, "high": 0.08, "truth": 0.05}}}
    other = {"lot": {"base_rate": {"value": 0.02, "low": 0.01, "high": 0.03, "truth": 0.05}}}
    found = bias_and_coverage([one, other])["lot"]["base_rate"]
    assert found == pytest.approx(
        {"runs": 2, "mean": 0.04, "truth": 0.05, "bias": -0.01, "rmse": np.sqrt(0.0005), "coverage": 0.5}
    )
    assert bias_and_coverage([one, other])["lot"]["auc"] == {"runs": 0}


@pytest.mark.parametrize(("months", "day"), [(6, DAY), (12, dt.date(2023, 12, 31)), (1, dt.date(2024, 11, 30))])
def test_the_last_day_whose_horizon_is_over(months: int, day: dt.date):
    assert days_before(dt.date(2024, 12, 31), months) == day


def test_look_alikes_are_compared_with_others_who_owe_nothing_either():
    """Of ten who owe nothing the two chronic are listed, and so is one who owes."""
    ids = [f"e{n}" for n in range(11)]
    rows = pd.DataFrame(
        {
            "employer_id": ids,
            "truly_in_arrears": [1.0] + [0.0] * 10,
            "truly_owing": False,
            "industry": "x",
            "size_band": "1-9",
        }
    )
    kinds = pd.DataFrame(
        {"chronic": [i in ("e1", "e2") for i in ids], "seasonal": False, "innocent_address": False}, ids
    )
    risk = np.array([0.9, 0.8, 0.7] + [0.1] * 8)
    found = on_the_list(SimpleNamespace(risk=risk, rows=rows, world=SimpleNamespace(kinds=kinds)), capacity=3)
    assert (found["chronic"]["employers"], found["chronic"]["value"], found["chronic"]["alike"]) == (2, 1, 0)
    assert (found["others"]["employers"], found["others"]["value"]) == (8, 0)
