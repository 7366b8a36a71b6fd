"""The claim itself: scheme, amount, days, hour, agent and age."""

import pytest

from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"


def test_what_is_written_on_the_claim(duckdb):
    known = claims_as_of(
        duckdb, DAY, "scheme_number", "amount_claimed", "spell_days", "days_to_filing", "days_since_filed", "filing_hour",
        "filing_weekday", "filed_by_agent",
        claims="""
        claim_id | scheme       | filed_at            | starts_on  | ends_on    | amount | agent_id
        late     | unemployment | 2024-06-10T23:59:59 | 2024-06-01 | 2024-06-30 | 100.50 | d1
        ahead    | maternity    | 2024-06-30T00:00:00 | 2024-07-02 |            | 0      |
        bare     | other        | 2024-06-29T08:00:00 |            | 2024-07-01 |        |
        """,
    )  # fmt: skip
    assert known == {
        "scheme_number": {"late": 2, "ahead": 5, "bare": 6},
        "amount_claimed": {"late": 100.5, "ahead": 0, "bare": None},
        "spell_days": {"late": 30, "ahead": None, "bare": None},
        "days_to_filing": {"late": 9, "ahead": -2, "bare": None},
        "days_since_filed": {"late": 20, "ahead": 0, "bare": 1},
        "filing_hour": {"late": 23, "ahead": 0, "bare": 8},
        "filing_weekday": {"late": 1, "ahead": 7, "bare": 6},
        "filed_by_agent": {"late": 1, "ahead": 0, "bare": 0},
    }


def test_ages_are_those_of_the_law_on_the_day_the_benefit_begins(duckdb):
    known = claims_as_of(
        duckdb, DAY, "age_at_start", "years_too_young", "years_too_old",
        claims="""
        claim_id | scheme       | filed_at            | person_id | born_on    | starts_on
        on_day   | pension      | 2024-06-10T10:00:00 | m         | 1969-06-15 | 2024-06-15
        day_less | pension      | 2024-06-10T10:00:00 | m         | 1969-06-16 | 2024-06-15
        woman    | pension      | 2024-06-10T10:00:00 | f         | 1979-06-15 | 2024-06-15
        nobody   | pension      | 2024-06-10T10:00:00 |           | 1989-06-10 |
        man_60   | unemployment | 2024-06-10T10:00:00 | m         | 1963-06-15 | 2024-06-15
        woman_60 | unemployment | 2024-06-10T10:00:00 | f         | 1963-06-15 | 2024-06-15
        any_age  | medical      | 2024-06-10T10:00:00 | m         | 2023-06-15 | 2024-06-15
        unborn   | pension      | 2024-06-10T10:00:00 | m         |            | 2024-06-15
        """,
        persons="person_id | name | sex\n m | M | male\n f | F | female",
    )  # fmt: skip
    assert known["age_at_start"]["on_day"] == pytest.approx(55, abs=0.01)
    assert known["age_at_start"]["unborn"] is None
    assert known["years_too_young"] == {
        "on_day": 0, "day_less": 1, "woman": 0, "nobody": 10, "man_60": 0, "woman_60": 0, "any_age": 0, "unborn": None,
    }  # fmt: skip
    assert known["years_too_old"] == {
        "on_day": 0, "day_less": 0, "woman": 0, "nobody": 0, "man_60": 1, "woman_60": 6, "any_age": 0, "unborn": None,
    }  # fmt: skip


def test_the_age_at_which_unemployment_benefit_ends_moved_with_the_law(duckdb):
    known = claims_as_of(
        duckdb, "2025-06-30", "years_too_old",
        claims="""
        claim_id | scheme       | filed_at            | person_id | born_on    | starts_on
        before   | unemployment | 2025-01-02T10:00:00 | m         | 1963-01-01 | 2024-12-31
        after    | unemployment | 2025-01-02T10:00:00 | m         | 1963-01-01 | 2025-01-01
        """,
        persons="person_id | name | sex\n m | M | male",
    )  # fmt: skip
    assert known == {"years_too_old": {"before": 1, "after": 0}}
