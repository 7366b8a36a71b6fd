"""What reviews found, of the claim and of others that share something with it, from the day it was known."""

import pytest

from features.limits import CLAIM_RATE_WEIGHT
from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"
KINDS = {
    "person": "person_id", "account": "account", "phone": "phone", "address": "address", "agent": "agent_id",
    "employer": "employer_id", "scheme": "scheme", "region": "region",
}  # fmt: skip
DECISIONS = """
claim_id | decided_on | finding   | known_on
asked    | 2024-06-10 | genuine   | 2024-06-10
asked    | 2024-06-20 | fraud     | 2024-06-20
asked    | 2024-06-15 | error     | 2024-06-25
fraud    | 2024-06-24 | fraud     |
repeated | 2024-06-01 | duplicate |
genuine  | 2024-06-30 | genuine   |
appealed | 2024-05-30 | fraud     |
appealed | 2024-06-30 | genuine   | 2024-07-01
"""


def claims(column: str, scheme: str = "medical", other: str = "medical") -> str:
    lines = [f"{name} | {scheme} | 2024-05-01T10:00:00 | x" for name in ("asked", "fraud", "repeated", "undecided")]
    lines += [f"{name} | {other} | 2024-05-01T10:00:00 | y" for name in ("genuine", "appealed")]
    lines += [f"none | {other} | 2024-05-01T10:00:00 |"]
    return "\n".join([f"claim_id | scheme | filed_at | {column}", *lines])


def test_reviews_of_the_claim_itself(duckdb):
    known = claims_as_of(
        duckdb, DAY, "reviews_of_claim", "claim_found_wrong", "days_since_decision",
        claims=claims("account"), claim_decisions=DECISIONS,
    )  # fmt: skip
    wanted = {
        "asked": (3, 1, 10), "fraud": (1, 1, 6), "repeated": (1, 1, 29), "genuine": (1, 0, 0), "appealed": (1, 1, 31),
        "undecided": (0, 0, None), "none": (0, 0, None),
    }  # fmt: skip
    assert {claim: tuple(values[claim] for values in known.values()) for claim in wanted} == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_shares_of_the_others_found_wrong_are_drawn_to_everybody_s(duckdb, kind):
    """Five claims are decided: three with the thing x, of which two were found fraud and one a duplicate."""
    names = [f"{kind}_confirmed_share"] + [f"{kind}_duplicate_share"] * (
        kind in ("person", "account", "agent", "scheme")
    )
    text = claims("phone", "pension", "medical") if kind == "scheme" else claims(KINDS[kind])
    known = claims_as_of(duckdb, DAY, *names, claims=text, claim_decisions=DECISIONS)
    usual = {"confirmed": 3 / 5, "duplicate": 1 / 5}
    for name in names:
        what = "duplicate" if "duplicate" in name else "confirmed"
        found = {"confirmed": {"asked": 1, "fraud": 1, "repeated": 2, "undecided": 2}, "duplicate": {"asked": 1, "fraud": 1, "repeated": 0, "undecided": 1}}[what]  # fmt: skip
        reviewed = {"asked": 2, "fraud": 2, "repeated": 2, "undecided": 3}
        assert {claim: known[name][claim] for claim in found} == {
            claim: pytest.approx((found[claim] + usual[what] * CLAIM_RATE_WEIGHT) / (number + CLAIM_RATE_WEIGHT))
            for claim, number in reviewed.items()
        }
        if kind != "scheme":
            assert known[name]["none"] is None


def test_nobody_s_share_is_known_before_anybody_was_reviewed(duckdb):
    known = claims_as_of(
        duckdb, "2024-05-29", "account_confirmed_share", "scheme_confirmed_share",
        claims=claims("account"), claim_decisions=DECISIONS,
    )  # fmt: skip
    assert {value for values in known.values() for value in values.values()} == {None}


@pytest.mark.parametrize("kind", ["person", "account"])
def test_recent_findings_of_fraud_in_other_claims(duckdb, kind):
    known = claims_as_of(
        duckdb,
        DAY,
        f"{kind}_confirmed_7d",
        f"{kind}_confirmed_30d",
        claims=claims(KINDS[kind]),
        claim_decisions=DECISIONS,
    )
    assert known[f"{kind}_confirmed_7d"] == {
        "asked": 1, "fraud": 0, "repeated": 1, "undecided": 1, "genuine": 0, "appealed": 0, "none": None,
    }  # fmt: skip
    assert known[f"{kind}_confirmed_30d"] == {
        "asked": 1, "fraud": 1, "repeated": 2, "undecided": 2, "genuine": 0, "appealed": 0, "none": None,
    }  # fmt: skip
