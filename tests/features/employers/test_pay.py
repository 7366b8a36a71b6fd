"""Pay: what was due, what was paid by the day, and how late."""

import pytest

from tests.features.worlds import features_as_of

DAY = "2024-06-30"

# One unpaid month an employer: the first month inside a window, or the last outside it.
EDGES = """
    employer_id | worker_id | month      | wage_due
    in_3        | 1         | 2024-04-01 | 100
    not_in_3    | 1         | 2024-03-01 | 100
    in_6        | 1         | 2024-01-01 | 100
    not_in_6    | 1         | 2023-12-01 | 100
    in_12       | 1         | 2023-07-01 | 100
    not_in_12   | 1         | 2023-06-01 | 100
    """
IN_6 = {"in_3", "not_in_3", "in_6"}
IN_12 = IN_6 | {"not_in_6", "in_12"}


def whose(values, value):
    """The employers that have `value`."""
    return {employer for employer, has in values.items() if has == value}


def test_a_window_holds_whole_months(engine):
    known = features_as_of(
        engine, DAY, "unpaid_share_3m", "unpaid_share_12m", "unpaid_amount_12m", "unpaid_worker_months_6m",
        "payroll_months_12m", "workers_3m", "mean_wage_3m", "workers_change", payroll=EDGES,
    )  # fmt: skip
    assert whose(known["unpaid_share_3m"], 1) == {"in_3"}
    assert whose(known["workers_3m"], 1) == {"in_3"}
    assert whose(known["workers_3m"], None) == {*IN_12, "not_in_12"} - {"in_3"}
    assert whose(known["mean_wage_3m"], 100) == {"in_3"}
    assert whose(known["workers_change"], 0) == {"in_3"}
    assert whose(known["unpaid_worker_months_6m"], 1) == IN_6
    assert whose(known["unpaid_share_12m"], 1) == IN_12
    assert whose(known["unpaid_amount_12m"], 100) == IN_12
    assert whose(known["payroll_months_12m"], 1) == IN_12


def test_a_month_that_has_not_ended_is_not_among_the_last_three(engine):
    known = features_as_of(engine, "2024-06-29", "unpaid_share_3m", "workers_3m", payroll=EDGES)
    assert whose(known["unpaid_share_3m"], 1) == {"in_3", "not_in_3"}
    assert whose(known["workers_3m"], 1) == {"in_3", "not_in_3"}


def test_wages_are_unpaid_until_the_day_they_are_paid(engine):
    known = features_as_of(
        engine, DAY, "unpaid_share_3m", "unpaid_share_12m", "unpaid_amount_12m", "unpaid_worker_months_6m",
        payroll="""
        employer_id | worker_id | month      | wage_due | wage_paid | paid_on
        today       | 1         | 2024-05-01 | 100      | 100       | 2024-06-30
        tomorrow    | 1         | 2024-05-01 | 100      | 100       | 2024-07-01
        no_day      | 1         | 2024-05-01 | 100      | 100       |
        half        | 1         | 2024-05-01 | 100      | 150       | 2024-06-10
        half        | 2         | 2024-05-01 | 100      | 0         |
        one_cent    | 1         | 2024-05-01 | 100      | 99.99     | 2024-06-10
        """,
    )  # fmt: skip
    # what one worker got too much makes up for nobody else's wage
    shares = {"today": 0, "tomorrow": 1, "no_day": 0, "half": 0.5, "one_cent": 0.0001}
    assert known["unpaid_share_3m"] == shares
    assert known["unpaid_share_12m"] == shares
    assert known["unpaid_amount_12m"] == {
        "today": 0,
        "tomorrow": 100,
        "no_day": 0,
        "half": 100,
        "one_cent": pytest.approx(0.01),
    }
    assert known["unpaid_worker_months_6m"] == {"today": 0, "tomorrow": 1, "no_day": 0, "half": 1, "one_cent": 1}


def test_nobody_is_owed_a_wage_of_nothing(engine):
    known = features_as_of(
        engine, DAY, "unpaid_worker_months_6m", "unpaid_amount_12m", "unpaid_share_3m",
        payroll="""
        employer_id | worker_id | month      | wage_due | wage_paid | paid_on
        on_leave    | 1         | 2024-05-01 | 0        | 0         |
        on_leave    | 2         | 2024-05-01 | 0        |           |
        """,
    )  # fmt: skip
    assert known["unpaid_amount_12m"] == {"on_leave": 0}
    assert known["unpaid_share_3m"] == {"on_leave": None}
    assert known["unpaid_worker_months_6m"] == {"on_leave": 0}


def test_pay_is_late_from_the_day_after_the_legal_day(engine):
    """Wages of March are due thirty days after its end: on 30 April."""
    known = features_as_of(
        engine, DAY, "late_share_12m", "mean_days_late_12m",
        payroll="""
        employer_id | worker_id | month      | wage_due | wage_paid | paid_on
        in_time     | 1         | 2024-03-01 | 100      | 100       | 2024-04-30
        a_day_late  | 1         | 2024-03-01 | 100      | 100       | 2024-05-01
        one_of_two  | 1         | 2024-03-01 | 100      | 100       | 2024-05-10
        one_of_two  | 2         | 2024-03-01 | 100      | 100       | 2024-03-31
        one_of_two  | 3         | 2024-03-01 | 100      |           |
        never       | 1         | 2024-03-01 | 100      |           |
        first_month | 1         | 2023-07-01 | 100      | 100       | 2023-09-01
        before      | 1         | 2023-06-01 | 100      | 100       | 2023-09-01
        """,
    )  # fmt: skip
    assert known["late_share_12m"] == {
        "in_time": 0, "a_day_late": 1, "one_of_two": 0.5, "never": None, "first_month": 1, "before": None,
    }  # fmt: skip
    assert known["mean_days_late_12m"] == {
        "in_time": 0, "a_day_late": 1, "one_of_two": 5, "never": None, "first_month": 2, "before": None,
    }  # fmt: skip


def test_workers_and_wages_a_month(engine):
    known = features_as_of(
        engine, DAY, "workers_3m", "workers_change", "mean_wage_3m", "payroll_months_12m",
        payroll="""
        employer_id | worker_id | month      | wage_due
        shrinks     | 1         | 2024-06-01 | 300
        shrinks     | 1         | 2024-01-01 | 100
        shrinks     | 2         | 2024-01-01 | 100
        shrinks     | 3         | 2024-01-01 | 100
        grows       | 1         | 2024-06-01 | 100
        grows       | 2         | 2024-06-01 | 200
        grows       | 3         | 2024-06-01 | 600
        grows       | 1         | 2024-05-01 | 100
        stopped     | 1         | 2024-01-01 | 100
        """,
    )  # fmt: skip
    assert known["workers_3m"] == {"shrinks": 1, "grows": 2, "stopped": None}
    assert known["workers_change"] == {"shrinks": -0.5, "grows": 0, "stopped": None}
    assert known["mean_wage_3m"] == {"shrinks": 300, "grows": 250, "stopped": None}
    assert known["payroll_months_12m"] == {"shrinks": 2, "grows": 2, "stopped": 1}
