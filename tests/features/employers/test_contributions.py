"""Contributions: what was due to the funds, what was paid by the day, and how it fits the payroll."""

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


def test_a_window_holds_whole_months(engine):
    known = features_as_of(
        engine, DAY, "contributions_unpaid_share_3m", "contributions_unpaid_12m", "insured_share_3m", "base_to_wages_3m",
        contributions="""
        employer_id | worker_id | month      | scheme  | base | due
        in_3        | 1         | 2024-04-01 | pension | 500  | 100
        not_in_3    | 1         | 2024-03-01 | pension | 500  | 100
        in_12       | 1         | 2023-07-01 | pension | 500  | 100
        not_in_12   | 1         | 2023-06-01 | pension | 500  | 100
        """,
        payroll="""
        employer_id | worker_id | month      | wage_due
        in_3        | 1         | 2024-04-01 | 1000
        not_in_3    | 1         | 2024-03-01 | 1000
        """,
    )  # fmt: skip
    assert known["contributions_unpaid_share_3m"] == {"in_3": 1, "not_in_3": None, "in_12": None, "not_in_12": None}
    assert known["contributions_unpaid_12m"] == {"in_3": 100, "not_in_3": 100, "in_12": 100, "not_in_12": 0}
    assert known["insured_share_3m"] == {"in_3": 1, "not_in_3": None, "in_12": None, "not_in_12": None}
    assert known["base_to_wages_3m"] == {"in_3": 0.5, "not_in_3": None, "in_12": None, "not_in_12": None}


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
        first_month | 1         | 2023-07-01 | pension | 100 | 100  | 2024-05-01
        before      | 1         | 2023-06-01 | pension | 100 | 100  | 2024-05-01
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
