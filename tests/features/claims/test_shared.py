"""What claims share: persons and claims on one account, phone, address, agent or employer."""

from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"


def test_persons_and_claims_on_the_account_as_known_on_the_day(engine):
    known = claims_as_of(
        engine, DAY, "persons_on_account", "claims_on_account_30d",
        claims="""
        claim_id | scheme  | filed_at            | person_id | account | known_on
        new      | medical | 2024-06-30T23:59:00 | 1         | 62 99-1 |
        edge     | medical | 2024-06-01T00:00:00 | 2         | 62991   |
        old      | medical | 2024-05-31T12:00:00 | 2         | ６２９９１   |
        tomorrow | medical | 2024-06-30T12:00:00 | 3         | 62991   | 2024-07-01
        other    | medical | 2024-06-30T12:00:00 | 3         | 7       |
        none     | medical | 2024-06-30T12:00:00 | 3         |         |
        moved    | medical | 2024-06-30T12:00:00 | 9         | 62991   | 2024-06-30
        moved    | medical | 2024-06-30T12:00:00 | 9         | 7       | 2024-07-01
        gone     | medical | 2024-06-28T12:00:00 | 8         | 62991   | 2024-06-28
        gone     | medical | 2024-06-28T12:00:00 | 8         | 7       | 2024-06-30
        """,
    )  # fmt: skip
    assert known == {
        "persons_on_account": {"new": 3, "edge": 3, "old": 3, "moved": 3, "other": 2, "gone": 2, "none": None},
        "claims_on_account_30d": {"new": 3, "edge": 3, "old": 3, "moved": 3, "other": 2, "gone": 2, "none": None},
    }
