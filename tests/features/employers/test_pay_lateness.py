"""How late pay was that has been made."""

import pytest

from tests.features.worlds import features_as_of

DAY = "2024-06-30"
LATE = ("late_share_3m", "long_late_share_12m", "very_long_late_share_12m", "mean_days_late_3m", "worst_days_late_12m")


def test_thirty_days_late_is_not_more_than_thirty(engine):
    """Wages of January are due by 1 March 2024 (thirty days), so 31 March is thirty days late and 30 April sixty."""
    known = features_as_of(
        engine, DAY, *LATE,
        payroll="""
        employer_id | worker_id | month      | wage_due | wage_paid | paid_on
        thirty      | 1         | 2024-01-01 | 100      | 100       | 2024-03-31
        more        | 1         | 2024-01-01 | 100      | 100       | 2024-04-01
        sixty       | 1         | 2024-01-01 | 100      | 100       | 2024-04-30
        more_still  | 1         | 2024-01-01 | 100      | 100       | 2024-05-01
        """,
    )  # fmt: skip
    assert known["long_late_share_12m"] == {"thirty": 0, "more": 1, "sixty": 1, "more_still": 1}
    assert known["very_long_late_share_12m"] == {"thirty": 0, "more": 0, "sixty": 0, "more_still": 1}
    assert known["worst_days_late_12m"] == {"thirty": 30, "more": 31, "sixty": 60, "more_still": 61}
    assert known["late_share_3m"] == known["mean_days_late_3m"] == dict.fromkeys(known["late_share_3m"])


def test_the_worst_month_is_a_mean_over_its_workers(engine):
    known = features_as_of(
        engine, DAY, *LATE,
        payroll="""
        employer_id | worker_id | month      | wage_due | wage_paid | paid_on
        a           | 1         | 2024-03-01 | 100      | 100       | 2024-05-10
        a           | 2         | 2024-03-01 | 100      | 100       | 2024-04-30
        a           | 3         | 2024-03-01 | 100      |           |
        a           | 1         | 2024-04-01 | 100      | 100       | 2024-06-01
        early       | 1         | 2024-06-01 | 100      | 100       | 2024-06-30
        """,
    )  # fmt: skip
    assert known["worst_days_late_12m"] == {"a": 5, "early": None}  # wages not yet due cannot be late
    assert known["mean_days_late_3m"] == {"a": 4, "early": None}
    assert known["late_share_3m"] == {"a": pytest.approx(2 / 3), "early": None}


def test_break_and_trend_of_lateness(engine):
    days = {"2023-12": "2024-01-30", "2024-01": "2024-03-01", "2024-02": "2024-03-30"}  # in time
    before = [f"a | 1 | {month}-01 | 100 | 100 | {day}" for month, day in days.items()]
    lately = ["a | 1 | 2024-03-01 | 100 | 100 | 2024-05-06", "a | 1 | 2024-04-01 | 100 | 100 | 2024-06-12"]
    short = ["short | 1 | 2024-03-01 | 100 | 100 | 2024-05-06", "short | 1 | 2024-04-01 | 100 | 100 | 2024-06-12"]
    known = features_as_of(
        engine, DAY, "late_share_break", "days_late_break", "days_late_trend_12m",
        payroll="\n".join(["employer_id | worker_id | month | wage_due | wage_paid | paid_on", *before, *lately, *short]),
    )  # fmt: skip
    assert known["late_share_break"] == {"a": 1, "short": None}
    assert known["days_late_break"] == {"a": 9.5, "short": None}
    assert known["days_late_trend_12m"] == {"a": pytest.approx(3.2), "short": None}
