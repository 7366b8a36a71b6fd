"""Pay: what was due, what was paid by the day, and how late."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta

from tests.features.worlds import features_as_of

DAY = "2024-06-30"

# One unpaid month an employer: the first month inside a window, or the last outside it. On 30 June the newest
# month that has ended is June, the newest that has fallen due is May: its thirty days end with that day.
EDGES = """
    employer_id | worker_id | month      | wage_due
    not_due     | 1         | 2024-06-01 | 100
    in_1        | 1         | 2024-05-01 | 100
    not_in_1    | 1         | 2024-04-01 | 100
    in_3        | 1         | 2024-03-01 | 100
    not_in_3    | 1         | 2024-02-01 | 100
    in_6        | 1         | 2023-12-01 | 100
    not_in_6    | 1         | 2023-11-01 | 100
    in_12       | 1         | 2023-06-01 | 100
    not_in_12   | 1         | 2023-05-01 | 100
    """
IN_3 = {"in_1", "not_in_1", "in_3"}
IN_6 = IN_3 | {"not_in_3", "in_6"}
IN_12 = IN_6 | {"not_in_6", "in_12"}


def whose(values, value):
    """The employers that have `value`."""
    return {employer for employer, has in values.items() if has == value}


def test_a_window_ends_with_the_newest_month_fallen_due(engine):
    known = features_as_of(
        engine, DAY, "unpaid_share_1m", "unpaid_share_3m", "unpaid_share_6m", "unpaid_share_12m", "unpaid_amount_12m", "unpaid_worker_months_6m",
        "unpaid_worker_share_1m", "unpaid_worker_share_3m", "unpaid_worker_share_6m", "unpaid_worker_share_12m", "unpaid_amount_1m",
        "unpaid_months_12m", "not_yet_due_amount", payroll=EDGES,
    )  # fmt: skip
    assert whose(known["unpaid_share_1m"], 1) == whose(known["unpaid_worker_share_1m"], 1) == {"in_1"}
    assert whose(known["unpaid_share_3m"], 1) == whose(known["unpaid_worker_share_3m"], 1) == IN_3
    assert whose(known["unpaid_share_6m"], 1) == whose(known["unpaid_worker_share_6m"], 1) == IN_6
    assert whose(known["unpaid_worker_months_6m"], 1) == IN_6
    assert whose(known["unpaid_share_12m"], 1) == whose(known["unpaid_worker_share_12m"], 1) == IN_12
    assert whose(known["unpaid_months_12m"], 1) == whose(known["unpaid_amount_12m"], 100) == IN_12
    assert whose(known["unpaid_amount_1m"], 100) == {"in_1"}
    assert whose(known["not_yet_due_amount"], 100) == {"not_due"}


def test_months_since_wages_were_due_are_counted_from_the_newest_month_fallen_due(engine):
    known = features_as_of(engine, DAY, "months_since_wages_due", payroll=EDGES)["months_since_wages_due"]
    assert known == {
        "not_due": None, "in_1": 0, "not_in_1": 1, "in_3": 2, "not_in_3": 3, "in_6": 5, "not_in_6": 6, "in_12": 11, "not_in_12": 12,
    }  # fmt: skip


def test_what_is_paid_late_and_what_in_part_is_told_of_the_same_windows(engine):
    """Each month is paid in half, on 10 July: later than any that has fallen due by the 15th, of which May is the newest."""
    lines = [f"{line} | 50 | 2024-07-10" for line in EDGES.strip().splitlines()[1:]]
    late = ("late_share_1m", "late_share_3m", "late_share_6m", "late_share_12m")
    part = ("part_paid_share_1m", "part_paid_share_3m", "part_paid_share_6m", "part_paid_share_12m")
    known = features_as_of(engine, "2024-07-15", *late, *part, payroll=payroll(*lines))
    for names in (late, part):
        assert [whose(known[name], 1) for name in names] == [{"in_1"}, IN_3, IN_6, IN_12]
        assert [whose(known[name], 0) for name in names] == [set()] * 4  # of the others no payroll is known


def test_wages_are_no_arrears_before_their_legal_day(engine):
    """Wages of May are legally due by 30 June: the day before nobody owes them."""
    before = features_as_of(
        engine, "2024-06-29", "unpaid_share_1m", "unpaid_amount_12m", "not_yet_due_amount", payroll=EDGES
    )
    assert before["unpaid_share_1m"] == {**dict.fromkeys({"not_due", "not_in_12", *IN_12}), "not_in_1": 1}
    assert before["not_yet_due_amount"]["in_1"] == 100 and before["unpaid_amount_12m"]["in_1"] == 0


def test_a_window_holds_whole_months(engine):
    known = features_as_of(
        engine, DAY, "payroll_months_12m", "workers_3m", "mean_wage_3m", "workers_change", "mean_wage_change", payroll=EDGES,
    )  # fmt: skip
    ended_3 = {"not_due", "in_1", "not_in_1"}
    assert whose(known["workers_3m"], 1) == ended_3
    assert whose(known["workers_3m"], None) == {*IN_12, "not_in_12"} - ended_3
    assert whose(known["mean_wage_3m"], 100) == ended_3
    assert whose(known["workers_change"], 0) == whose(known["mean_wage_change"], 0) == ended_3
    assert whose(known["payroll_months_12m"], 1) == {"not_due", *IN_12} - {"in_12"}


def test_a_month_that_has_not_ended_is_not_among_the_last_three(engine):
    known = features_as_of(engine, "2024-06-29", "workers_3m", payroll=EDGES)
    assert whose(known["workers_3m"], 1) == {"in_1", "not_in_1", "in_3"}


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
        first_month | 1         | 2023-06-01 | 100      | 100       | 2023-08-01
        before      | 1         | 2023-05-01 | 100      | 100       | 2023-09-01
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


def months(employer, *paid, last="2024-05", due=100):
    """One worker's twelve months up to `last`, oldest first: the amounts paid of `due`, in time; None is no payroll."""
    end = dt.date.fromisoformat(f"{last}-01")
    every = [end - relativedelta(months=len(paid) - 1 - n) for n in range(len(paid))]
    return [
        f"{employer} | 1 | {month} | {due} | {amount} | {month + relativedelta(months=1)}"
        for month, amount in zip(every, paid, strict=True)
        if amount is not None
    ]


def payroll(*lines):
    return "\n".join(["employer_id | worker_id | month | wage_due | wage_paid | paid_on", *lines])


def test_trend_and_break_of_what_is_unpaid(engine):
    known = features_as_of(
        engine, DAY, "unpaid_share_break", "unpaid_share_trend_12m", "unpaid_months_12m", "months_since_all_paid", "oldest_unpaid_months",
        payroll=payroll(
            *months("steady", *[50] * 12), *months("sinking", *range(110, -10, -10), due=110), *months("begins", *[100] * 9, 0, 0, 0),
            *months("recovers", 0, *[100] * 11), *months("two", 100, 0), *months("three", 100, 100, 50),
        ),
    )  # fmt: skip
    assert known["unpaid_share_trend_12m"] == {
        "steady": 0, "sinking": pytest.approx(1 / 11, abs=1e-6), "begins": pytest.approx(27 / 286, abs=1e-6),
        "recovers": pytest.approx(-11 / 286, abs=1e-6), "two": None, "three": pytest.approx(0.25),
    }  # fmt: skip
    assert known["unpaid_share_break"] == {
        "steady": 0, "sinking": pytest.approx(6 / 11), "begins": 1, "recovers": pytest.approx(-1 / 9), "two": None, "three": None,
    }  # fmt: skip
    assert known["unpaid_months_12m"] == {"steady": 12, "sinking": 11, "begins": 3, "recovers": 1, "two": 1, "three": 1}
    assert known["months_since_all_paid"] == {
        "steady": 12,
        "sinking": 11,
        "begins": 3,
        "recovers": 0,
        "two": 1,
        "three": 1,
    }
    assert known["oldest_unpaid_months"] == {
        "steady": 12,
        "sinking": 11,
        "begins": 3,
        "recovers": 12,
        "two": 1,
        "three": 1,
    }


def test_arrears_reach_back_two_years_at_most(engine):
    known = features_as_of(
        engine, DAY, "oldest_unpaid_months",
        payroll=payroll(*months("inside", 0, last="2022-06"), *months("outside", 0, last="2022-05")),
    )  # fmt: skip
    assert known["oldest_unpaid_months"] == {"inside": 24, "outside": 0}


def test_paid_in_part_is_neither_paid_nor_unpaid(engine):
    known = features_as_of(
        engine, DAY, "part_paid_share_6m", "unpaid_worker_share_3m",
        payroll="""
        employer_id | worker_id | month      | wage_due | wage_paid | paid_on
        a           | 1         | 2024-05-01 | 100      | 99.99     | 2024-06-10
        a           | 2         | 2024-05-01 | 100      | 100       | 2024-06-10
        a           | 3         | 2024-05-01 | 100      |           |
        a           | 4         | 2024-05-01 | 0        |           |
        in_6        | 1         | 2023-12-01 | 100      | 50        | 2024-06-10
        not_in_6    | 1         | 2023-11-01 | 100      | 50        | 2024-06-10
        """,
    )  # fmt: skip
    third = pytest.approx(1 / 3)
    assert known["part_paid_share_6m"] == {"a": third, "in_6": 1, "not_in_6": None}
    assert known["unpaid_worker_share_3m"] == {"a": pytest.approx(2 / 3), "in_6": None, "not_in_6": None}
