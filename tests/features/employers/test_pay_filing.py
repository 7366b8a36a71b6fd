"""How payroll is filed: whether at all, when, and whether it is taken back."""

import pytest

from tests.features.worlds import features_as_of

DAY = "2024-06-30"


def test_months_without_payroll_count_from_the_first_with_any(engine):
    known = features_as_of(
        engine, DAY, "payroll_months_missing_12m", "months_since_payroll",
        payroll="""
        employer_id | worker_id | month      | wage_due
        gap         | 1         | 2024-01-01 | 100
        gap         | 1         | 2024-03-01 | 100
        gap         | 1         | 2024-05-01 | 100
        stopped     | 1         | 2023-05-01 | 100
        whole       | 1         | 2024-04-01 | 100
        whole       | 1         | 2024-05-01 | 100
        whole       | 1         | 2024-06-01 | 100
        new         | 1         | 2024-06-01 | 100
        """,
    )  # fmt: skip
    assert known["payroll_months_missing_12m"] == {"gap": 2, "stopped": 12, "whole": 0, "new": None}
    assert known["months_since_payroll"] == {"gap": 1, "stopped": 13, "whole": 0, "new": 0}


def test_payroll_is_late_from_the_twenty_first_day_and_a_correction_is_no_new_report(engine):
    known = features_as_of(
        engine, DAY, "reported_days_12m", "late_reported_share_12m",
        payroll="""
        employer_id | worker_id | month      | wage_due | known_on
        in_time     | 1         | 2024-03-01 | 100      | 2024-04-20
        in_time     | 1         | 2024-03-01 | 200      | 2024-06-20
        late        | 1         | 2024-03-01 | 100      | 2024-04-21
        early       | 1         | 2024-03-01 | 100      | 2024-03-10
        two         | 1         | 2024-03-01 | 100      | 2024-04-10
        two         | 2         | 2024-03-01 | 100      | 2024-05-10
        """,
    )  # fmt: skip
    assert known["reported_days_12m"] == {"in_time": 20, "late": 21, "early": 0, "two": 25}
    assert known["late_reported_share_12m"] == {"in_time": 0, "late": 1, "early": 0, "two": 0.5}


def test_a_wage_due_is_corrected_downwards_from_the_day_it_is(engine):
    known = features_as_of(
        engine, DAY, "lowered_share_12m",
        payroll="""
        employer_id | worker_id | month      | wage_due | known_on
        lowered     | 1         | 2024-03-01 | 100      | 2024-04-10
        lowered     | 1         | 2024-03-01 | 99.99    | 2024-06-30
        lowered     | 2         | 2024-03-01 | 100      | 2024-04-10
        tomorrow    | 1         | 2024-03-01 | 100      | 2024-04-10
        tomorrow    | 1         | 2024-03-01 | 99.99    | 2024-07-01
        raised      | 1         | 2024-03-01 | 100      | 2024-04-10
        raised      | 1         | 2024-03-01 | 100.01   | 2024-05-10
        set_right   | 1         | 2024-03-01 | 100      | 2024-04-10
        set_right   | 1         | 2024-03-01 | 50       | 2024-05-10
        set_right   | 1         | 2024-03-01 | 80       | 2024-06-10
        """,
    )  # fmt: skip
    assert known["lowered_share_12m"] == {"lowered": pytest.approx(0.5), "tomorrow": 0, "raised": 0, "set_right": 0}
