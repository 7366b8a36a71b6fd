"""Other claims under the same identity number, as they stood on the day."""

from features.limits import COMPARED_CLAIMS
from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"
NAMES = (
    "other_claims", "other_active", "other_active_same_scheme", "same_benefit_elsewhere", "same_event_claims",
    "same_event_claimed_before", "same_amount_claims", "overlap_days", "overlap_days_same_scheme", "days_to_nearest_claim",
)  # fmt: skip


def test_two_pensions_and_a_benefit_that_has_ended(duckdb):
    known = claims_as_of(
        duckdb, DAY, *NAMES,
        claims="""
        claim_id | scheme       | filed_at            | person_id | region | starts_on  | ends_on    | amount
        first    | pension      | 2024-01-10T10:00:00 | 1         | north  | 2024-01-01 |            | 100
        second   | pension      | 2024-06-01T10:00:00 | 1         | south  | 2024-06-11 |            | 100
        ended    | unemployment | 2024-03-01T10:00:00 | 1         | north  | 2024-03-01 | 2024-06-29 | 50
        bill     | medical      | 2024-06-20T10:00:00 | 1         | north  | 2024-06-15 |            | 70
        alone    | pension      | 2024-01-10T10:00:00 | 2         | north  | 2024-01-01 |            | 100
        nobody   | pension      | 2024-01-10T10:00:00 |           | north  | 2024-01-01 |            | 100
        """,
    )  # fmt: skip
    alone = {"alone": 0, "nobody": None}
    assert known == {
        "other_claims": {**alone, "first": 3, "second": 3, "ended": 3, "bill": 3},
        "other_active": {**alone, "first": 1, "second": 1, "ended": 2, "bill": 2},
        "other_active_same_scheme": {**alone, "first": 1, "second": 1, "ended": 0, "bill": 0},
        "same_benefit_elsewhere": {**alone, "first": 1, "second": 1, "ended": 0, "bill": 0},
        "same_event_claims": {**alone, "first": 0, "second": 0, "ended": 0, "bill": 0},
        "same_event_claimed_before": {**alone, "first": 0, "second": 0, "ended": 0, "bill": 0},
        "same_amount_claims": {**alone, "first": 1, "second": 1, "ended": 0, "bill": 0},
        "overlap_days": {"first": 121, "second": 20, "ended": 121, "bill": 1, "alone": None, "nobody": None},
        "overlap_days_same_scheme": {
            "first": 20, "second": 20, "ended": None, "bill": None, "alone": None, "nobody": None,
        },
        "days_to_nearest_claim": {
            "first": 143, "second": 143, "ended": None, "bill": None, "alone": None, "nobody": None,
        },
    }  # fmt: skip


def test_one_bill_filed_twice_and_what_was_known_of_it(duckdb):
    claims = """
        claim_id | scheme  | filed_at            | person_id | starts_on  | amount | known_on
        bill     | medical | 2024-06-10T10:00:00 | 1         | 2024-06-01 | 70     | 2024-06-10
        again    | medical | 2024-06-24T10:00:00 | 1         | 2024-06-01 | 70     | 2024-06-24
        changed  | medical | 2024-06-12T10:00:00 | 1         | 2024-06-01 | 70     | 2024-06-12
        changed  | medical | 2024-06-12T10:00:00 | 2         | 2024-06-01 | 70     | 2024-06-20
        """
    names = ("same_event_claims", "same_event_claimed_before", "overlap_days_same_scheme", "days_to_nearest_claim")
    assert claims_as_of(duckdb, "2024-06-19", *names, claims=claims) == {
        "same_event_claims": {"bill": 1, "changed": 1},
        "same_event_claimed_before": {"bill": 0, "changed": 1},
        "overlap_days_same_scheme": {"bill": 1, "changed": 1},
        "days_to_nearest_claim": {"bill": 2, "changed": 2},
    }
    assert claims_as_of(duckdb, "2024-06-24", *names, claims=claims) == {
        "same_event_claims": {"bill": 1, "again": 1, "changed": 0},
        "same_event_claimed_before": {"bill": 0, "again": 1, "changed": 0},
        "overlap_days_same_scheme": {"bill": 1, "again": 1, "changed": None},
        "days_to_nearest_claim": {"bill": 14, "again": 14, "changed": None},
    }


def test_the_first_of_several_claims_of_one_event_repeats_none(duckdb):
    known = claims_as_of(
        duckdb, DAY, "same_event_claims", "same_event_claimed_before",
        claims="""
        claim_id | scheme       | filed_at            | person_id | starts_on  | ends_on
        c        | unemployment | 2024-03-04T09:00:00 | 1         | 2024-03-01 | 2024-05-31
        a        | unemployment | 2024-03-20T09:00:00 | 1         | 2024-03-01 | 2024-05-31
        b        | unemployment | 2024-03-20T15:00:00 | 1         | 2024-03-01 | 2024-05-31
        earlier  | unemployment | 2023-03-04T09:00:00 | 1         | 2023-03-01 | 2023-05-31
        bill     | medical      | 2024-03-02T09:00:00 | 1         | 2024-03-01 |
        """,
    )  # fmt: skip
    assert known["same_event_claims"] == {"c": 2, "a": 2, "b": 2, "earlier": 0, "bill": 0}
    assert known["same_event_claimed_before"] == {"c": 0, "a": 1, "b": 2, "earlier": 0, "bill": 0}


def test_only_the_newest_are_compared_and_all_are_counted(duckdb):
    number = COMPARED_CLAIMS + 5
    lines = [
        f"c{n:02} | pension | 2024-05-{n % 28 + 1:02}T10:00:00 | 1 | 2024-01-01 | 2024-06-01" for n in range(number)
    ]
    claims = "\n".join(["claim_id | scheme | filed_at | person_id | starts_on | known_on", *lines])
    known = claims_as_of(duckdb, DAY, "other_claims", "other_active", claims=claims)
    assert set(known["other_claims"].values()) == {number - 1}
    assert known["other_active"] == {f"c{n:02}": COMPARED_CLAIMS - (n >= 5) for n in range(number)}
