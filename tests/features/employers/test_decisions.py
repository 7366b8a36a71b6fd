"""Decisions not paid: what complaints and inspections found owed and nobody has recovered."""

from tests.features.worlds import features_as_of

DAY = "2024-06-30"


def test_what_was_found_owed_and_is_not_recovered(engine):
    known = features_as_of(
        engine, DAY, "unpaid_decisions_36m", "still_owed_36m", "still_owed_share_36m", "oldest_unpaid_days",
        complaints="""
        complaint_id | employer_id | filed_on   | outcome  | decided_on | amount_proven | amount_recovered
        1            | owes        | 2024-06-01 | proven   | 2024-06-10 | 300           | 100
        2            | paid        | 2024-06-01 | proven   | 2024-06-10 | 300           | 300
        3            | unproven    | 2024-06-01 | unproven | 2024-06-10 | 300           |
        4            | tomorrow    | 2024-06-01 | proven   | 2024-07-01 | 300           |
        """,
        inspections="""
        inspection_id | employer_id | opened_on  | closed_on  | finding              | amount_owed | amount_recovered
        1             | owes        | 2024-05-31 | 2024-06-10 | contribution_arrears | 100         |
        2             | paid        | 2024-05-31 | 2024-06-10 | arrears              | 100         | 999
        3             | one_cent    | 2024-05-31 | 2024-06-30 | arrears              | 100         | 99.99
        """,
    )  # fmt: skip
    assert known["unpaid_decisions_36m"] == {"owes": 2, "paid": 0, "unproven": 0, "tomorrow": 0, "one_cent": 1}
    assert known["still_owed_36m"] == {"owes": 300, "paid": 0, "unproven": 0, "tomorrow": 0, "one_cent": 0.01}
    assert known["still_owed_share_36m"] == {
        "owes": 0.75, "paid": 0, "unproven": None, "tomorrow": None, "one_cent": 0.0001,
    }  # fmt: skip
    assert known["oldest_unpaid_days"] == {"owes": 30, "paid": None, "unproven": None, "tomorrow": None, "one_cent": 30}


def test_a_window_holds_its_first_day_and_the_oldest_has_none(engine):
    known = features_as_of(
        engine, DAY, "unpaid_decisions_36m", "still_owed_36m", "still_owed_share_36m", "oldest_unpaid_days",
        complaints="""
        complaint_id | employer_id | filed_on   | outcome | decided_on | amount_proven
        1            | inside      | 2021-07-01 | proven  | 2021-08-01 | 300
        2            | outside     | 2021-06-30 | proven  | 2021-08-01 | 300
        """,
    )  # fmt: skip
    assert known["unpaid_decisions_36m"] == {"inside": 1, "outside": 0}
    assert known["still_owed_36m"] == {"inside": 300, "outside": 0}
    assert known["still_owed_share_36m"] == {"inside": 1, "outside": None}
    assert known["oldest_unpaid_days"] == {"inside": 1095, "outside": 1096}
