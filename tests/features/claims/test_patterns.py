"""How many claims for how much the same person made and the same account received in the last days."""

import pytest

from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"
CLAIMS = """
claim_id | scheme  | filed_at            | person_id | account | amount
new      | medical | 2024-06-30T10:00:00 | 1         | x       | 100
week     | medical | 2024-06-24T10:00:00 | 1         | y       | 200.50
unstated | medical | 2024-06-24T10:00:00 | 1         | x       |
month    | medical | 2024-06-01T10:00:00 | 2         | x       | 300
old      | medical | 2024-05-31T10:00:00 | 2         | z       | 9000
nobody   | medical | 2024-06-30T10:00:00 |           |         | 50
"""


def test_claims_and_their_mean_amount_over_days(duckdb):
    counts, of_person = (
        [f"claims_of_person_{d}d" for d in (1, 7, 30)],
        [f"mean_amount_of_person_{d}d" for d in (1, 7, 30)],
    )
    of_account = [f"mean_amount_of_account_{d}d" for d in (1, 7, 30)]
    known = claims_as_of(duckdb, DAY, *counts, *of_person, *of_account, "accounts_of_person", claims=CLAIMS)

    def of(claim, names):
        return [known[name][claim] for name in names]

    assert of("new", counts) == of("week", counts) == [1, 3, 3]
    assert of("old", counts) == [0, 0, 1]
    assert of("new", of_person) == [100, 150.25, 150.25]
    assert of("old", of_person) == [None, None, 300]
    assert of("new", of_account) == [100, 100, 200]
    assert of("week", of_account) == [None, 200.5, 200.5]
    assert of("old", of_account) == [None, None, None]
    assert of("nobody", [*counts, *of_person, *of_account]) == [None] * 9
    assert known["accounts_of_person"] == {"new": 2, "week": 2, "unstated": 2, "month": 2, "old": 2, "nobody": None}


def test_the_amount_against_the_account_s_mean(duckdb):
    known = claims_as_of(duckdb, DAY, "amount_to_account_mean", claims=CLAIMS)["amount_to_account_mean"]
    assert known == {
        "new": pytest.approx(0.5), "week": pytest.approx(1), "unstated": None, "month": pytest.approx(1.5), "old": None,
        "nobody": None,
    }  # fmt: skip


def test_payments_to_the_account_and_to_the_person_on_any_claim(duckdb):
    known = claims_as_of(
        duckdb, DAY, "payments_to_account_30d", "paid_to_account_30d", "paid_to_person_30d", claims=CLAIMS,
        payouts="""
        payout_id | claim_id | paid_at             | amount | account | known_on
        1         | new      | 2024-06-30T10:00:00 | 10     |         |
        2         | week     | 2024-06-01T10:00:00 | 20     | x       |
        3         | week     | 2024-05-31T10:00:00 | 40     | y       |
        4         | month    | 2024-06-30T10:00:00 | 80     | x       | 2024-07-01
        5         | nobody   | 2024-06-30T10:00:00 | 5      |         |
        """,
    )  # fmt: skip
    on_x = {"new": 2, "unstated": 2, "month": 2, "week": 0, "old": 0, "nobody": None}
    assert known["payments_to_account_30d"] == on_x
    assert known["paid_to_account_30d"] == {name: number and number * 15 for name, number in on_x.items()}
    assert known["paid_to_person_30d"] == {"new": 30, "week": 30, "unstated": 30, "month": 0, "old": 0, "nobody": None}
