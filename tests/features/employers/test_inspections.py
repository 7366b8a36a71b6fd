"""Inspections: what inspectors found, how lately, and what it came to."""

from tests.features.worlds import features_as_of

DAY = "2024-06-30"


def test_a_window_holds_its_first_day_and_not_the_day_before(engine):
    known = features_as_of(
        engine, DAY, "inspections_36m", "arrears_findings_36m", "amount_owed_36m", "workers_owed_36m", "recovered_share_36m",
        "days_since_inspection", "days_since_arrears_finding",
        inspections="""
        inspection_id | employer_id | opened_on  | closed_on  | finding | workers_owed | amount_owed | amount_recovered
        1             | inside      | 2021-07-01 | 2024-06-30 | arrears | 4            | 100         | 25
        2             | outside     | 2021-06-30 | 2024-06-30 | arrears | 4            | 100         | 25
        """,
    )  # fmt: skip
    assert known["inspections_36m"] == {"inside": 1, "outside": 0}
    assert known["arrears_findings_36m"] == {"inside": 1, "outside": 0}
    assert known["amount_owed_36m"] == {"inside": 100, "outside": 0}
    assert known["workers_owed_36m"] == {"inside": 4, "outside": 0}
    assert known["recovered_share_36m"] == {"inside": 0.25, "outside": None}
    assert known["days_since_inspection"] == {"inside": 1095, "outside": 1096}
    assert known["days_since_arrears_finding"] == {"inside": 1095, "outside": 1096}


def test_what_inspections_found(engine):
    known = features_as_of(
        engine, DAY, "arrears_findings_36m", "contribution_findings_36m", "clean_inspections_36m", "not_found_36m",
        "inspections_36m", "open_inspections_36m", "days_since_inspection", "days_since_arrears_finding",
        employers="employer_id | name | known_on\n a | A | 2020-01-01\n never | N | 2020-01-01",
        inspections="""
        inspection_id | employer_id | opened_on  | closed_on  | finding
        1             | a           | 2024-01-01 | 2024-01-05 | arrears
        2             | a           | 2024-02-01 | 2024-02-05 | contribution_arrears
        3             | a           | 2024-03-01 | 2024-03-05 | other_violation
        4             | a           | 2024-04-01 | 2024-04-05 | clean
        5             | a           | 2024-05-01 | 2024-05-05 | not_found
        6             | a           | 2024-06-20 |            |
        """,
    )  # fmt: skip
    assert known["inspections_36m"] == {"a": 6, "never": 0}
    assert known["arrears_findings_36m"] == {"a": 1, "never": 0}
    assert known["contribution_findings_36m"] == {"a": 1, "never": 0}
    assert known["clean_inspections_36m"] == {"a": 1, "never": 0}
    assert known["not_found_36m"] == {"a": 1, "never": 0}
    assert known["open_inspections_36m"] == {"a": 1, "never": 0}
    assert known["days_since_inspection"] == {"a": 10, "never": None}
    assert known["days_since_arrears_finding"] == {"a": 181, "never": None}  # from the opening, not the finding


def test_findings_count_from_the_day_the_inspection_is_closed(engine):
    known = features_as_of(
        engine, DAY, "arrears_findings_36m", "open_inspections_36m", "amount_owed_36m", "workers_owed_36m",
        "recovered_share_36m", "days_since_arrears_finding", "inspections_36m",
        inspections="""
        inspection_id | employer_id | opened_on  | closed_on  | finding | workers_owed | amount_owed | amount_recovered
        1             | today       | 2024-06-01 | 2024-06-30 | arrears | 4            | 100         | 250
        2             | tomorrow    | 2024-06-01 | 2024-07-01 | arrears | 4            | 100         | 250
        """,
    )  # fmt: skip
    assert known["inspections_36m"] == {"today": 1, "tomorrow": 1}
    assert known["arrears_findings_36m"] == {"today": 1, "tomorrow": 0}
    assert known["open_inspections_36m"] == {"today": 0, "tomorrow": 1}
    assert known["amount_owed_36m"] == {"today": 100, "tomorrow": 0}
    assert known["workers_owed_36m"] == {"today": 4, "tomorrow": 0}
    assert known["recovered_share_36m"] == {"today": 1, "tomorrow": None}  # recovered counts up to what was owed
    assert known["days_since_arrears_finding"] == {"today": 29, "tomorrow": None}
