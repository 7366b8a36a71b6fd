"""Money: the amount against what is usual, what was paid, where it went, and what is still to be paid."""

import pytest

from features.claims import CLAIM_FEATURES
from features.limits import FORESEEN_MONTHS, PEER_CLAIMS
from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"


def test_the_amount_against_the_person_s_other_claims(duckdb):
    known = claims_as_of(
        duckdb, DAY, "amount_to_own_mean", "round_amount",
        claims="""
        claim_id | scheme  | filed_at            | person_id | amount     | known_on
        a        | medical | 2024-06-10T10:00:00 | 1         | 300        |
        b        | medical | 2024-06-11T10:00:00 | 1         | 100.50     |
        c        | medical | 2024-06-12T10:00:00 | 1         | 99.50      |
        d        | medical | 2024-06-12T10:00:00 | 1         |            |
        later    | medical | 2024-06-12T10:00:00 | 1         | 9000       | 2024-07-01
        alone    | medical | 2024-06-12T10:00:00 | 2         | 12000000   |
        nobody   | medical | 2024-06-12T10:00:00 |           | 0          |
        """,
    )  # fmt: skip
    assert known["amount_to_own_mean"] == {
        "a": pytest.approx(3), "b": pytest.approx(100.5 / 199.75), "c": pytest.approx(99.5 / 200.25), "d": None,
        "alone": None, "nobody": None,
    }  # fmt: skip
    assert known["round_amount"] == {"a": 2, "b": 0, "c": 0, "d": None, "alone": 6, "nobody": 0}


def test_the_amount_among_those_of_the_scheme_and_region_or_of_the_scheme(duckdb):
    north = [f"n{n:02} | medical | 2024-06-01T10:00:00 | north | {100 * (n + 1)} |" for n in range(PEER_CLAIMS + 1)]
    more = [
        "south   | medical | 2024-06-01T10:00:00 | south | 100  |",
        "few     | pension | 2024-06-01T10:00:00 | north | 100  |",
        "unknown | medical | 2024-06-01T10:00:00 | north |      |",
        "later   | medical | 2024-06-01T10:00:00 | north | 1    | 2024-07-01",
    ]
    head = "claim_id | scheme | filed_at | region | amount | known_on"
    known = claims_as_of(duckdb, DAY, "amount_percentile", claims="\n".join([head, *north, *more]))["amount_percentile"]
    assert (known["n00"], known[f"n{PEER_CLAIMS:02}"]) == (0, 1)  # 2,000 and 2,100 begin with other digits
    assert known["n10"] == pytest.approx(10 / PEER_CLAIMS)
    assert known["south"] == pytest.approx(0.5 / (PEER_CLAIMS + 1))  # one of all others of the scheme asks for as much
    assert (known["few"], known["unknown"]) == (None, None)


def test_what_was_paid_on_the_claim_and_where_it_went(duckdb):
    known = claims_as_of(
        duckdb, DAY, "paid_on_claim", "payments_on_claim", "payments_on_claim_30d", "repeated_payments", "payments_elsewhere",
        "accounts_paid",
        claims="""
        claim_id | scheme  | filed_at            | account
        paid     | pension | 2024-01-10T10:00:00 | 62 1
        unpaid   | pension | 2024-01-10T10:00:00 | 62 1
        """,
        payouts="""
        payout_id | claim_id | paid_at             | amount | period     | account | known_on
        1         | paid     | 2024-05-31T10:00:00 | 100    | 2024-04-01 | 621     |
        2         | paid     | 2024-06-01T10:00:00 | 100.01 | 2024-05-01 | 62-1    |
        3         | paid     | 2024-06-30T10:00:00 | 100    | 2024-05-01 | 999     |
        4         | paid     | 2024-06-30T10:00:00 | 1      |            |         |
        5         | paid     | 2024-06-30T10:00:00 | 1      |            |         |
        6         | paid     | 2024-06-30T10:00:00 | 50     | 2024-05-01 | 888     | 2024-07-01
        """,
    )  # fmt: skip
    assert known == {
        "paid_on_claim": {"paid": 302.01, "unpaid": 0},
        "payments_on_claim": {"paid": 5, "unpaid": 0},
        "payments_on_claim_30d": {"paid": 4, "unpaid": 0},
        "repeated_payments": {"paid": 1, "unpaid": 0},
        "payments_elsewhere": {"paid": 1, "unpaid": 0},
        "accounts_paid": {"paid": 2, "unpaid": 0},
    }


def test_a_payment_taken_back_counts_no_longer(duckdb):
    known = claims_as_of(
        duckdb, DAY, "paid_on_claim", "accounts_paid",
        claims="claim_id | scheme | filed_at | account\n a | pension | 2024-01-10T10:00:00 | 1",
        payouts="""
        payout_id | claim_id | paid_at             | amount | account | known_on
        1         | a        | 2024-06-01T10:00:00 | 100    | 9       | 2024-06-01
        1         | a        | 2024-06-01T10:00:00 | 40     | 1       | 2024-06-30
        """,
    )  # fmt: skip
    assert known == {"paid_on_claim": {"a": 40}, "accounts_paid": {"a": 1}}


def test_changes_of_the_claim_and_of_its_account(duckdb):
    known = claims_as_of(
        duckdb, DAY, "account_changes", "account_changes_unpaid", "times_rewritten",
        claims="""
        claim_id | scheme  | filed_at            | account | amount | known_on
        changed  | pension | 2024-01-10T10:00:00 | 1       | 10     | 2024-01-10
        changed  | pension | 2024-01-10T10:00:00 | 1       | 20     | 2024-02-10
        changed  | pension | 2024-01-10T10:00:00 | 2       | 20     | 2024-06-30
        changed  | pension | 2024-01-10T10:00:00 | 3       | 20     | 2024-07-01
        paid     | pension | 2024-01-10T10:00:00 | 1       | 10     | 2024-01-10
        paid     | pension | 2024-01-10T10:00:00 | 2       | 10     | 2024-02-10
        as_filed | pension | 2024-01-10T10:00:00 | 1       | 10     | 2024-01-10
        """,
        payouts="payout_id | claim_id | paid_at | amount\n 1 | paid | 2024-06-01T10:00:00 | 5",
    )  # fmt: skip
    assert known == {
        "account_changes": {"changed": 1, "paid": 1, "as_filed": 0},
        "account_changes_unpaid": {"changed": 1, "paid": 0, "as_filed": 0},
        "times_rewritten": {"changed": 2, "paid": 1, "as_filed": 0},
    }


def test_what_is_still_to_be_paid(duckdb):
    known = claims_as_of(
        duckdb, DAY, "still_to_be_paid",
        claims="""
        claim_id | scheme       | filed_at            | starts_on  | ends_on    | amount
        open     | pension      | 2024-01-10T10:00:00 | 2024-01-01 |            | 100
        ending   | unemployment | 2024-01-10T10:00:00 | 2024-01-01 | 2024-07-30 | 100
        ended    | unemployment | 2024-01-10T10:00:00 | 2024-01-01 | 2024-06-29 | 100
        once     | medical      | 2024-01-10T10:00:00 | 2024-01-01 |            | 100
        settled  | medical      | 2024-01-10T10:00:00 | 2024-01-01 |            | 100
        unstated | medical      | 2024-01-10T10:00:00 | 2024-01-01 |            |
        """,
        payouts="""
        payout_id | claim_id | paid_at             | amount
        1         | once     | 2024-06-01T10:00:00 | 30
        2         | settled  | 2024-06-01T10:00:00 | 120
        """,
    )["still_to_be_paid"]  # fmt: skip
    assert known["ending"] == pytest.approx(100 * 30 / 30.436875)
    assert known == {
        "open": 100 * FORESEEN_MONTHS, "ending": known["ending"], "ended": 0, "once": 70, "settled": 0, "unstated": None,
    }  # fmt: skip


def test_paid_in_the_last_365_days_as_known_on_the_day(engine):
    known = claims_as_of(
        engine, "2024-06-30", "paid_on_claim_365d",
        claims="""
        claim_id | scheme  | filed_at
        a        | pension | 2020-01-01T00:00:00
        b        | pension | 2020-01-01T00:00:00
        """,
        payouts="""
        payout_id | claim_id | paid_at             | amount | known_on
        1         | a        | 2024-06-30T10:00:00 | 10.50  |
        2         | a        | 2023-07-02T10:00:00 | 5      |
        3         | a        | 2023-07-01T10:00:00 | 3      |
        4         | a        | 2024-06-29T10:00:00 | 2      | 2024-07-01
        """,
    )  # fmt: skip
    assert known == {"paid_on_claim_365d": {"a": 15.5, "b": 0}}


def test_a_place_among_peers_is_said_as_what_it_is_reckoned_from_steps() -> None:
    said = CLAIM_FEATURES["amount_percentile"].reason
    assert said.say("en", 0.776).startswith("about 78%") and "约78%" in said.say("zh", 0.776)
