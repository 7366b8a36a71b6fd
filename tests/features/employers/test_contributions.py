"""Contributions: what was due to the funds, what was paid by the day, and how it fits the payroll."""

import pytest

from tests.features.employers.places import PLACES, in_places
from tests.features.worlds import features_as_of

DAY = "2024-06-30"


def test_contributions_are_unpaid_until_the_day_they_are_paid(engine):
    known = features_as_of(
        engine, DAY, "contributions_unpaid_share_3m", "contributions_unpaid_12m",
        contributions="""
        employer_id | worker_id | month      | scheme  | due | paid | paid_on
        today       | 1         | 2024-05-01 | pension | 100 | 100  | 2024-06-30
        tomorrow    | 1         | 2024-05-01 | pension | 100 | 100  | 2024-07-01
        one_scheme  | 1         | 2024-05-01 | pension | 75  | 90   | 2024-06-10
        one_scheme  | 1         | 2024-05-01 | medical | 25  |      |
        """,
    )  # fmt: skip
    assert known["contributions_unpaid_share_3m"] == {"today": 0, "tomorrow": 1, "one_scheme": 0.25}
    assert known["contributions_unpaid_12m"] == {"today": 0, "tomorrow": 100, "one_scheme": 25}


def test_a_window_ends_with_the_newest_month_fallen_due(engine):
    known = features_as_of(
        engine, DAY, "contributions_unpaid_share_3m", "contributions_unpaid_12m", "pension_unpaid_share_6m", "contributions_unpaid_months_12m",
        contributions="""
        employer_id | worker_id | month      | scheme  | base | due
        not_due     | 1         | 2024-06-01 | pension | 500  | 100
        in_3        | 1         | 2024-03-01 | pension | 500  | 100
        in_6        | 1         | 2023-12-01 | pension | 500  | 100
        in_12       | 1         | 2023-06-01 | pension | 500  | 100
        not_in_12   | 1         | 2023-05-01 | pension | 500  | 100
        """,
    )  # fmt: skip
    no = {"not_due": None, "in_3": None, "in_6": None, "in_12": None, "not_in_12": None}
    assert known["contributions_unpaid_share_3m"] == {**no, "in_3": 1}
    assert known["pension_unpaid_share_6m"] == {**no, "in_3": 1, "in_6": 1}
    assert known["contributions_unpaid_12m"] == {"not_due": 0, "in_3": 100, "in_6": 100, "in_12": 100, "not_in_12": 0}
    assert known["contributions_unpaid_months_12m"] == {"not_due": 0, "in_3": 1, "in_6": 1, "in_12": 1, "not_in_12": 0}


def test_lines_that_may_be_overdue_are_those_of_months_with_anything_overdue(engine):
    """In two months one of two lines is overdue: the books say that of the month, not of how many lines, so both may be."""
    known = features_as_of(
        engine, DAY, "contributions_owing_lines_3m", "contributions_owing_lines_12m", "contributions_owing_lines_24m",
        "contributions_oldest_unpaid_months", "contributions_months_since_due",
        contributions="""
        employer_id | worker_id | month      | scheme  | due | paid | paid_on
        some        | 1         | 2024-04-01 | pension | 100 |      |
        some        | 2         | 2024-04-01 | pension | 100 | 100  | 2024-05-10
        some        | 1         | 2024-03-01 | pension | 100 | 100  | 2024-04-10
        some        | 2         | 2024-03-01 | pension | 100 | 100  | 2024-04-10
        some        | 1         | 2023-07-01 | pension | 100 |      |
        some        | 2         | 2023-07-01 | pension | 100 | 100  | 2023-08-10
        none        | 1         | 2024-05-01 | pension | 100 | 100  | 2024-06-10
        long_ago    | 1         | 2022-06-01 | pension | 100 |      |
        longer_ago  | 1         | 2022-05-01 | pension | 100 |      |
        not_due     | 1         | 2024-06-01 | pension | 100 |      |
        """,
    )  # fmt: skip
    of_year = {"long_ago": None, "longer_ago": None, "not_due": None}
    assert known["contributions_owing_lines_3m"] == {"some": 0.5, "none": 0, **of_year}
    assert known["contributions_owing_lines_12m"] == {"some": pytest.approx(4 / 6), "none": 0, **of_year}
    assert known["contributions_owing_lines_24m"] == {**known["contributions_owing_lines_12m"], "long_ago": 1}
    months = {"some": 11, "none": 0, "long_ago": 24, "longer_ago": 0, "not_due": 0}
    assert known["contributions_oldest_unpaid_months"] == months
    since = {"some": 1, "none": 0, "long_ago": 23, "longer_ago": 24, "not_due": None}
    assert known["contributions_months_since_due"] == since


def test_contributions_and_payroll_of_whole_months_are_compared(engine):
    known = features_as_of(
        engine, DAY, "insured_share_3m", "base_to_wages_3m", "base_to_wages_12m", "base_to_wages_change", "insured_share_change",
        contributions="""
        employer_id | worker_id | month      | scheme  | base | due
        in_3        | 1         | 2024-04-01 | pension | 500  | 100
        not_in_3    | 1         | 2024-03-01 | pension | 500  | 100
        falls       | 1         | 2024-04-01 | pension | 500  | 100
        falls       | 1         | 2024-03-01 | pension | 1000 | 100
        falls       | 2         | 2023-07-01 | pension | 1000 | 100
        falls       | 1         | 2023-06-01 | pension | 9000 | 100
        """,
        payroll="""
        employer_id | worker_id | month      | wage_due
        in_3        | 1         | 2024-04-01 | 1000
        not_in_3    | 1         | 2024-03-01 | 1000
        falls       | 1         | 2024-04-01 | 500
        falls       | 2         | 2024-04-01 | 500
        falls       | 1         | 2024-03-01 | 1000
        falls       | 2         | 2023-07-01 | 1000
        """,
    )  # fmt: skip
    assert known["insured_share_3m"] == {"in_3": 1, "not_in_3": None, "falls": 0.5}
    assert known["base_to_wages_3m"] == {"in_3": 0.5, "not_in_3": None, "falls": 0.5}
    assert known["base_to_wages_12m"] == {"in_3": 0.5, "not_in_3": 0.5, "falls": pytest.approx(2500 / 3000)}
    assert known["base_to_wages_change"] == {"in_3": None, "not_in_3": None, "falls": -0.5}
    assert known["insured_share_change"] == {"in_3": None, "not_in_3": None, "falls": -0.5}


def test_each_scheme_lapses_by_itself(engine):
    known = features_as_of(
        engine, DAY, "pension_unpaid_share_6m", "medical_unpaid_share_6m", "other_unpaid_share_6m",
        contributions="""
        employer_id | worker_id | month      | scheme       | due | paid | paid_on
        a           | 1         | 2024-05-01 | pension      | 100 |      |
        a           | 1         | 2024-05-01 | medical      | 100 | 100  | 2024-06-30
        a           | 1         | 2024-05-01 | unemployment | 30  | 30   | 2024-06-30
        a           | 1         | 2024-05-01 | work_injury  | 10  |      |
        """,
    )  # fmt: skip
    assert known["pension_unpaid_share_6m"] == {"a": 1}
    assert known["medical_unpaid_share_6m"] == {"a": 0}
    assert known["other_unpaid_share_6m"] == {"a": 0.25}


def test_contributions_paid_long_after(engine):
    """Of March, due by 30 April: 90 days later is 29 July."""
    known = features_as_of(
        engine, "2024-12-31", "contributions_paid_back_share_24m", "contributions_days_late_12m", "contributions_worst_days_late_12m",
        "contributions_late_share_3m", "contributions_months_since_all_paid", "contributions_unpaid_break",
        contributions="""
        employer_id | worker_id | month      | scheme  | due | paid | paid_on
        paid_back   | 1         | 2024-03-01 | pension | 100 | 100  | 2024-07-29
        paid_back   | 1         | 2024-04-01 | pension | 100 | 100  | 2024-05-20
        a_day_less  | 1         | 2024-03-01 | pension | 100 | 100  | 2024-07-28
        lapsed      | 1         | 2024-08-01 | pension | 100 | 100  | 2024-09-20
        lapsed      | 1         | 2024-09-01 | pension | 100 | 100  | 2024-10-31
        lapsed      | 1         | 2024-10-01 | pension | 100 |      |
        lapsed      | 1         | 2024-11-01 | pension | 100 |      |
        """,
    )  # fmt: skip
    assert known["contributions_paid_back_share_24m"] == {"paid_back": 0.5, "a_day_less": 0, "lapsed": 0}
    assert known["contributions_days_late_12m"] == {"paid_back": 45, "a_day_less": 89, "lapsed": 0.5}
    assert known["contributions_worst_days_late_12m"] == {"paid_back": 90, "a_day_less": 89, "lapsed": 1}
    assert known["contributions_late_share_3m"] == {"paid_back": None, "a_day_less": None, "lapsed": 1}
    assert known["contributions_months_since_all_paid"] == {"paid_back": 7, "a_day_less": 8, "lapsed": 2}
    assert known["contributions_unpaid_break"] == {
        "paid_back": None,
        "a_day_less": None,
        "lapsed": pytest.approx(2 / 3),
    }


def test_the_least_base_is_that_of_the_region(engine):
    """Shipped: 4,320 in qinglan, 3,060 in dongdu; the table knows no other place."""
    lines = [
        f"{e} | {n} | 2024-05-01 | pension | {base} | 10"
        for e in PLACES
        for n, base in enumerate((3060, 4320, 4320.01, 0))
    ]
    known = features_as_of(
        engine, DAY, "least_base_share_6m", employers=in_places(PLACES),
        contributions="\n".join(["employer_id | worker_id | month | scheme | base | due", *lines]),
    )  # fmt: skip
    assert known["least_base_share_6m"] == {"qinglan": 0.5, "dongdu": 0.25, "elsewhere": None, "nowhere": None}


def test_contributions_are_late_from_the_day_after_the_legal_day(engine):
    known = features_as_of(
        engine, DAY, "contributions_late_share_12m",
        contributions="""
        employer_id | worker_id | month      | scheme  | due | paid | paid_on
        in_time     | 1         | 2024-03-01 | pension | 100 | 100  | 2024-04-30
        a_day_late  | 1         | 2024-03-01 | pension | 100 | 100  | 2024-05-01
        half        | 1         | 2024-03-01 | pension | 100 | 100  | 2024-05-01
        half        | 1         | 2024-03-01 | medical | 100 | 100  | 2024-04-01
        never       | 1         | 2024-03-01 | pension | 100 |      |
        first_month | 1         | 2023-06-01 | pension | 100 | 100  | 2024-05-01
        before      | 1         | 2023-05-01 | pension | 100 | 100  | 2024-05-01
        """,
    )  # fmt: skip
    assert known["contributions_late_share_12m"] == {
        "in_time": 0, "a_day_late": 1, "half": 0.5, "never": None, "first_month": 1, "before": None,
    }  # fmt: skip


def test_contributions_are_compared_with_the_payroll(engine):
    known = features_as_of(
        engine, DAY, "insured_share_3m", "base_to_wages_3m",
        contributions="""
        employer_id | worker_id | month      | scheme  | base | due
        half        | 1         | 2024-05-01 | pension | 1500 | 10
        half        | 1         | 2024-05-01 | medical | 1500 | 10
        uninsured   | 1         | 2024-05-01 | medical | 1500 | 10
        no_payroll  | 1         | 2024-05-01 | pension | 1500 | 10
        """,
        payroll="""
        employer_id | worker_id | month      | wage_due
        half        | 1         | 2024-05-01 | 3000
        half        | 2         | 2024-05-01 | 3000
        uninsured   | 1         | 2024-05-01 | 3000
        nothing     | 1         | 2024-05-01 | 3000
        """,
    )  # fmt: skip
    # a worker insured in several schemes counts once, for pension; nobody insured is "cannot be compared"
    absent = {"uninsured": None, "no_payroll": None, "nothing": None}
    assert known["insured_share_3m"] == {"half": 0.5, **absent}
    assert known["base_to_wages_3m"] == {"half": 0.25, **absent}
