"""The employer itself: its age and capital, when anything was last heard of it, and what others of its kind are like."""

import pytest

from tests.features.worlds import features_as_of

DAY = "2024-06-30"


def test_age_and_capital_are_those_of_the_row_that_stands(engine):
    known = features_as_of(
        engine, DAY, "age_years", "capital",
        employers="""
        employer_id | name | registered_on | registered_capital | known_on
        four_years  | A    | 2020-06-30    | 1000.50            |
        unknown     | B    |               |                    | 2020-01-01
        today       | C    | 2024-06-30    | 0                  |
        corrected   | D    | 2020-06-30    | 1                  | 2020-06-30
        corrected   | D    | 2024-06-30    | 2                  | 2024-06-30
        not_yet     | E    | 2020-06-30    | 1                  | 2020-06-30
        not_yet     | E    | 2024-06-30    | 2                  | 2024-07-01
        tomorrow    | F    | 2024-07-01    | 1                  |
        """,
    )  # fmt: skip
    assert known["age_years"] == {"four_years": 4, "unknown": None, "today": 0, "corrected": 0, "not_yet": 4}
    assert known["capital"] == {"four_years": 1000.5, "unknown": None, "today": 0, "corrected": 2, "not_yet": 1}


def test_silence_ends_with_any_news(engine):
    known = features_as_of(
        engine, DAY, "silent_days",
        employers="""
        employer_id  | name | known_on
        registered   | A    | 2024-06-29
        complaint    | B    | 2023-01-01
        inspection   | C    | 2023-01-01
        payroll      | D    | 2023-01-01
        contribution | E    | 2023-01-01
        decision     | F    | 2023-01-01
        tomorrow     | G    | 2024-06-20
        """,
        complaints="""
        complaint_id | employer_id | filed_on   | outcome  | decided_on
        1            | complaint   | 2024-06-28 |          |
        2            | decision    | 2024-01-01 | unproven | 2024-06-24
        3            | tomorrow    | 2024-07-01 |          |
        """,
        inspections="inspection_id | employer_id | opened_on\n 1 | inspection | 2024-06-27",
        payroll="employer_id | worker_id | month | wage_due\n payroll | 1 | 2024-05-01 | 1",
        contributions="""
        employer_id  | worker_id | month      | scheme  | due | paid | paid_on
        contribution | 1         | 2024-01-01 | pension | 1   | 1    | 2024-06-25
        """,
    )  # fmt: skip
    assert known["silent_days"] == {
        "registered": 1, "complaint": 2, "inspection": 3, "payroll": 30, "contribution": 5, "decision": 6, "tomorrow": 10,
    }  # fmt: skip


def test_what_others_of_its_kind_are_like(engine):
    """Forty complaints against twenty builders, none against sixty caterers: half a complaint an employer."""
    builders = [f"b{number}" for number in range(20)]
    caterers = [f"c{number}" for number in range(60)]
    kinds = [f"{b} | {b} | building | north | private | 2020-01-01" for b in builders]
    kinds += [f"{c} | {c} | catering | south | state | 2020-01-01" for c in caterers]
    complaints = [f"{b}{day} | {b} | 2024-06-0{day}" for b in builders for day in (1, 2)]
    known = features_as_of(
        engine, DAY, "industry_complaint_rate", "region_complaint_rate", "ownership_complaint_rate",
        employers="\n".join(["employer_id | name | industry | region | ownership | known_on", *kinds]),
        complaints="\n".join(["complaint_id | employer_id | filed_on", *complaints]),
    )  # fmt: skip
    # each rate is drawn towards everybody's as if fifty usual employers were in the group
    builder = ((40 + 0.5 * 50) / (20 + 50)) / 0.5
    caterer = ((0 + 0.5 * 50) / (60 + 50)) / 0.5
    for name in ("industry_complaint_rate", "region_complaint_rate", "ownership_complaint_rate"):
        assert known[name] == pytest.approx({**dict.fromkeys(builders, builder), **dict.fromkeys(caterers, caterer)})


def test_a_rate_is_of_employers_that_are_open(engine):
    """Complaints of ten builders, ten caterers and twenty that closed, some of them the last of their kind."""
    kinds = [f"b{n} | b | building | 2020-01-01 |" for n in range(10)] + [
        f"c{n} | c | catering | 2020-01-01 |" for n in range(10)
    ]
    kinds += [f"gone{n} | g | {'building' if n < 10 else 'mining'} | 2020-01-01 | 2024-06-30" for n in range(20)]
    filed = [f"{n} | b{n} | 2024-06-01" for n in range(10)] + [f"g{n} | gone{n} | 2024-06-01" for n in range(15)]
    known = features_as_of(
        engine, DAY, "industry_complaint_rate",
        employers="\n".join(["employer_id | name | industry | known_on | closed_on", *kinds]),
        complaints="\n".join(["complaint_id | employer_id | filed_on", *filed]),
    )["industry_complaint_rate"]  # fmt: skip
    builder, caterer = ((10 + 0.5 * 50) / 60) / 0.5, ((0 + 0.5 * 50) / 60) / 0.5
    assert [known[i] for i in ("b0", "gone0", "c0", "gone10")] == pytest.approx([builder, builder, caterer, 1])


def test_there_is_no_rate_where_nobody_is_complained_of(engine):
    known = features_as_of(
        engine, DAY, "industry_complaint_rate", "region_complaint_rate", "ownership_complaint_rate",
        employers="employer_id | name | industry | known_on\n a | A | building | 2020-01-01",
        complaints="complaint_id | employer_id | filed_on\n 1 | a | 2024-07-01",
    )  # fmt: skip
    assert [known[name] for name in known] == [{"a": None}] * 3
