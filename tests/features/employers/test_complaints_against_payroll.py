"""Complaints for the size of the workforce, and beyond what payroll itself admits."""

import pytest

from tests.features.worlds import features_as_of

DAY = "2024-06-30"


def test_complaints_for_every_hundred_workers(engine):
    known = features_as_of(
        engine, DAY, "complaints_per_100_workers_12m", "complaints_per_100_workers_36m", "claimed_months_of_wage_12m",
        complaints="""
        complaint_id | employer_id | filed_on   | workers | amount_claimed
        c1           | a           | 2024-06-01 | 2       | 900
        c2           | a           | 2023-06-30 | 1       | 500
        c3           | unknown     | 2024-06-01 | 1       | 500
        """,
        payroll="""
        employer_id | worker_id | month      | wage_due
        a           | 1         | 2024-05-01 | 100
        a           | 2         | 2024-05-01 | 200
        a           | 1         | 2024-04-01 | 150
        a           | 2         | 2024-04-01 | 150
        quiet       | 1         | 2024-05-01 | 100
        """,
    )  # fmt: skip
    assert known["complaints_per_100_workers_12m"] == {"a": 50, "unknown": None, "quiet": 0}
    assert known["complaints_per_100_workers_36m"] == {"a": 100, "unknown": None, "quiet": 0}
    assert known["claimed_months_of_wage_12m"] == {"a": 3, "unknown": None, "quiet": None}


PAYROLL = """
    employer_id | worker_id | month      | wage_due | wage_paid | paid_on
    all_paid    | 1         | 2024-05-01 | 100      | 100       | 2024-06-30
    late        | 1         | 2024-04-01 | 100      | 100       | 2024-05-31
    unpaid      | 1         | 2024-05-01 | 100      | 40        | 2024-06-30
    not_due     | 1         | 2024-06-01 | 100      |           |
    not_due     | 1         | 2024-05-01 | 100      | 100       | 2024-06-30
    """
EMPLOYERS = ("all_paid", "late", "unpaid", "not_due", "no_payroll")


def test_what_is_claimed_and_proven_beyond_what_payroll_admits(engine):
    complaints = [
        f"{e}-{t} | {e} | 2024-06-01 | {t} | 70 | proven | 65 | 2024-06-20"
        for e in EMPLOYERS
        for t in ("wages", "contract")
    ]
    known = features_as_of(
        engine, DAY, "claimed_beyond_payroll_12m", "proven_beyond_payroll_36m", "wage_complaints_all_paid_12m", payroll=PAYROLL,
        complaints="\n".join(
            ["complaint_id | employer_id | filed_on | topic | amount_claimed | outcome | amount_proven | decided_on", *complaints]
        ),
    )  # fmt: skip
    assert known["claimed_beyond_payroll_12m"] == {
        "all_paid": 70,
        "late": 0,
        "unpaid": 10,
        "not_due": 70,
        "no_payroll": None,
    }
    assert known["proven_beyond_payroll_36m"] == {
        "all_paid": 65,
        "late": 0,
        "unpaid": 5,
        "not_due": 65,
        "no_payroll": None,
    }
    assert known["wage_complaints_all_paid_12m"] == {
        "all_paid": 1,
        "late": 0,
        "unpaid": 0,
        "not_due": 1,
        "no_payroll": None,
    }


def test_a_decision_is_proof_from_its_day(engine):
    known = features_as_of(
        engine, "2024-06-30", "proven_beyond_payroll_36m", payroll=PAYROLL,
        complaints="""
        complaint_id | employer_id | filed_on   | topic | outcome | amount_proven | decided_on
        c1           | all_paid    | 2024-06-01 | wages | proven  | 65            | 2024-07-01
        c2           | not_due     | 2024-06-01 |       | proven  | 65            | 2024-06-30
        """,
    )  # fmt: skip
    assert known["proven_beyond_payroll_36m"] == pytest.approx({"all_paid": 0, "late": 0, "unpaid": 0, "not_due": 65})
