"""Complaints: how often, how much, how lately, and what came of it."""

import pytest

from tests.features.worlds import features_as_of

DAY = "2024-06-30"

# One complaint an employer, on the first day inside a window or on the last day outside it.
EDGES = """
    complaint_id | employer_id | filed_on   | workers | topic    | amount_claimed | outcome | decided_on | amount_proven
    1            | today       | 2024-06-30 | 10      | contract | 500            | proven  | 2024-06-30 | 80
    2            | in_3        | 2024-03-31 | 10      | contract | 500            | proven  | 2024-06-30 | 80
    3            | not_in_3    | 2024-03-30 | 10      | contract | 500            | proven  | 2024-06-30 | 80
    4            | in_6        | 2023-12-31 | 10      | contract | 500            | proven  | 2024-06-30 | 80
    5            | not_in_6    | 2023-12-30 | 10      | contract | 500            | proven  | 2024-06-30 | 80
    6            | in_12       | 2023-07-01 | 10      | contract | 500            | proven  | 2024-06-30 | 80
    7            | not_in_12   | 2023-06-30 | 10      | contract | 500            | proven  | 2024-06-30 | 80
    8            | in_36       | 2021-07-01 | 10      | contract | 500            | proven  | 2024-06-30 | 80
    9            | not_in_36   | 2021-06-30 | 10      | contract | 500            | proven  | 2024-06-30 | 80
    10           | tomorrow    | 2024-07-01 | 10      | contract | 500            |         |            |
    """
IN_3 = {"today", "in_3"}
IN_6 = IN_3 | {"not_in_3", "in_6"}
IN_12 = IN_6 | {"not_in_6", "in_12"}
IN_36 = IN_12 | {"not_in_12", "in_36"}
EVER = IN_36 | {"not_in_36"}


def whose(values, value):
    """The employers that have `value`."""
    return {employer for employer, has in values.items() if has == value}


def test_a_window_holds_its_first_day_and_not_the_day_before(engine):
    known = features_as_of(
        engine, DAY, "complaints_3m", "complaints_6m", "complaints_12m", "complaints_36m", "complaints_ever", "complaint_days_36m",
        "amount_claimed_3m", "amount_claimed_12m", "amount_claimed_36m", "mean_amount_claimed_36m", "workers_complaining_12m",
        "other_complaints_12m", "group_complaints_36m", "wage_complaint_share_36m", "proven_complaints_36m", "proven_share_36m",
        "amount_proven_36m", "complaint_acceleration", complaints=EDGES,
    )  # fmt: skip
    assert whose(known["complaints_3m"], 1) == IN_3
    assert whose(known["complaints_6m"], 1) == IN_6
    assert whose(known["complaints_12m"], 1) == IN_12
    assert whose(known["complaints_36m"], 1) == IN_36
    assert whose(known["complaints_ever"], 1) == EVER
    assert whose(known["complaint_days_36m"], 1) == IN_36
    assert whose(known["amount_claimed_3m"], 500) == IN_3
    assert whose(known["amount_claimed_12m"], 500) == IN_12
    assert whose(known["amount_claimed_36m"], 500) == IN_36
    assert whose(known["mean_amount_claimed_36m"], 500) == IN_36
    assert whose(known["mean_amount_claimed_36m"], None) == {"not_in_36", "tomorrow"}
    assert whose(known["workers_complaining_12m"], 10) == IN_12
    assert whose(known["other_complaints_12m"], 1) == IN_12
    assert whose(known["group_complaints_36m"], 1) == IN_36
    assert whose(known["wage_complaint_share_36m"], 0) == IN_36
    assert whose(known["proven_complaints_36m"], 1) == IN_36
    assert whose(known["proven_share_36m"], 1) == IN_36
    assert whose(known["amount_proven_36m"], 80) == IN_36
    assert whose(known["complaint_acceleration"], 3) == IN_3
    assert whose(known["complaint_acceleration"], -1) == IN_12 - IN_3


def test_complaints_fade_and_age(engine):
    known = features_as_of(
        engine, DAY, "complaints_fading", "complaints_fading_slowly", "days_since_complaint", "days_since_first_complaint",
        "complaint_days_36m", "complaints_36m",
        employers="employer_id | name | known_on\n a | A | 2020-01-01\n never | N | 2020-01-01",
        complaints="""
        complaint_id | employer_id | filed_on
        1            | a           | 2024-06-30
        2            | a           | 2024-01-02
        3            | a           | 2024-01-02
        4            | a           | 2022-07-01
        """,
    )  # fmt: skip
    # 2024-01-02 is 180 days before the day, 2022-07-01 730 days
    assert known["complaints_fading"] == pytest.approx({"a": 1 + 0.5 + 0.5 + 2 ** -(730 / 180), "never": 0})
    assert known["complaints_fading_slowly"] == pytest.approx({"a": 1 + 2 * 2 ** -(180 / 730) + 0.5, "never": 0})
    assert known["days_since_complaint"] == {"a": 0, "never": None}
    assert known["days_since_first_complaint"] == {"a": 730, "never": None}
    assert known["complaints_36m"] == {"a": 4, "never": 0}
    assert known["complaint_days_36m"] == {"a": 3, "never": 0}


def test_complaints_come_faster_or_slower(engine):
    known = features_as_of(
        engine, DAY, "complaint_acceleration",
        complaints="""
        complaint_id | employer_id | filed_on
        1            | faster      | 2024-06-01
        2            | faster      | 2024-05-01
        3            | faster      | 2023-09-01
        4            | slower      | 2023-09-01
        5            | slower      | 2023-10-01
        """,
    )  # fmt: skip
    assert known["complaint_acceleration"] == {"faster": 2 * 4 - 3, "slower": 0 - 2}


def test_what_complaints_are_about(engine):
    known = features_as_of(
        engine, DAY, "workers_complaining_12m", "group_complaints_36m", "wage_complaint_share_36m", "other_complaints_12m",
        "mean_amount_claimed_36m", "amount_claimed_12m",
        complaints="""
        complaint_id | employer_id | filed_on   | topic    | workers | amount_claimed
        1            | nine        | 2024-06-01 | wages    | 9       | 100.50
        2            | ten         | 2024-06-01 | wages    | 10      | 100.25
        3            | ten         | 2024-06-02 | overtime |         | 200.25
        4            | ten         | 2024-06-02 |          | 1       |
        5            | unsaid      | 2024-06-02 |          | 9       | 50
        """,
    )  # fmt: skip
    assert known["group_complaints_36m"] == {"nine": 0, "ten": 1, "unsaid": 0}
    assert known["workers_complaining_12m"] == {"nine": 9, "ten": 12, "unsaid": 9}  # no number: one worker
    assert known["wage_complaint_share_36m"] == pytest.approx(
        {"nine": 1, "ten": 2 / 3, "unsaid": 1}
    )  # as labels have it
    assert known["other_complaints_12m"] == {"nine": 0, "ten": 1, "unsaid": 0}
    assert known["amount_claimed_12m"] == {"nine": 100.5, "ten": 300.5, "unsaid": 50}
    assert known["mean_amount_claimed_36m"] == pytest.approx(
        {"nine": 100.5, "ten": 300.5 / 2, "unsaid": 50}
    )  # one states none


def test_decisions_count_from_the_day_they_are_known(engine):
    known = features_as_of(
        engine, DAY, "proven_complaints_36m", "proven_share_36m", "undecided_complaints_36m", "dropped_complaints_36m",
        "amount_proven_36m", "amount_undecided_36m",
        complaints="""
        complaint_id | employer_id | filed_on   | amount_claimed | outcome   | decided_on | amount_proven | known_on
        1            | today       | 2024-01-01 | 90             | proven    | 2024-06-30 | 70            |
        2            | tomorrow    | 2024-01-01 | 90             | proven    | 2024-07-01 | 70            |
        3            | told_later  | 2024-01-01 | 90             | proven    | 2024-02-01 | 70            | 2024-07-01
        4            | mixed       | 2024-01-01 | 90             | proven    | 2024-02-01 | 70            |
        5            | mixed       | 2024-01-01 | 90             | unproven  | 2024-02-01 | 30            |
        6            | mixed       | 2024-01-01 | 90             | withdrawn | 2024-02-01 |               |
        7            | mixed       | 2024-01-01 | 90             | settled   | 2024-02-01 | 50            |
        8            | mixed       | 2024-01-01 | 25             |           |            |               |
        """,
    )  # fmt: skip
    assert known["proven_complaints_36m"] == {"today": 1, "tomorrow": 0, "told_later": 0, "mixed": 1}
    assert known["proven_share_36m"] == {"today": 1, "tomorrow": None, "told_later": None, "mixed": 0.25}
    assert known["undecided_complaints_36m"] == {"today": 0, "tomorrow": 1, "told_later": 0, "mixed": 1}
    assert known["dropped_complaints_36m"] == {"today": 0, "tomorrow": 0, "told_later": 0, "mixed": 2}
    assert known["amount_proven_36m"] == {
        "today": 70,
        "tomorrow": 0,
        "told_later": 0,
        "mixed": 70,
    }  # only what was proven
    assert known["amount_undecided_36m"] == {"today": 0, "tomorrow": 90, "told_later": 0, "mixed": 25}


def test_a_complaint_that_states_no_amount_does_not_lower_the_mean(engine):
    known = features_as_of(
        engine, DAY, "mean_amount_claimed_36m",
        complaints="""
        complaint_id | employer_id | filed_on   | amount_claimed
        1            | some        | 2024-01-01 | 90
        2            | some        | 2024-01-01 |
        3            | none        | 2024-01-01 |
        """,
    )  # fmt: skip
    assert known["mean_amount_claimed_36m"] == {"some": 90, "none": None}


def test_a_decision_without_a_day_is_never_known(engine):
    known = features_as_of(
        engine, "2024-06-30", "proven_complaints_36m", "undecided_complaints_36m",
        complaints="""
        complaint_id | employer_id | filed_on   | outcome
        1            | a           | 2024-01-10 | proven
        """,
    )  # fmt: skip
    assert known == {"proven_complaints_36m": {"a": 0}, "undecided_complaints_36m": {"a": 1}}
