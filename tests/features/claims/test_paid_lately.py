"""What was paid on a claim lately: the money that may still be had back."""

from tests.features.claims.worlds import claims_as_of


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
