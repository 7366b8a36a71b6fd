"""Rings: persons tied by what their claims name alike, and how near they are to fraud that reviews found."""

import pytest

from tests.features.claims.worlds import claims_as_of, claims_on

DAY = "2024-06-30"
SIZES = ("tied_persons", "ring_persons", "ring_claims", "ring_amount", "ring_claims_together")


def test_who_is_tied_and_who_can_be_reached(engine):
    """a - b by account, b - c by phone, c - d by the agent for one employer; e's agent is the same for another employer."""
    known = claims_as_of(
        engine, DAY, *SIZES,
        claims="""
        claim_id | scheme  | filed_at            | person_id | amount | account | phone | agent_id | employer_id
        a        | medical | 2024-06-01T09:00:00 | A         | 100    | 62-1    |       |          |
        b        | medical | 2024-06-16T09:00:00 | B         | 200    | ６２１  | 7     |          |
        b2       | medical | 2024-01-01T09:00:00 | B         | 50     |         |       |          |
        c        | medical | 2024-06-17T09:00:00 | C         | 300    |         | 7     | small    | shop
        d        | medical | 2024-06-17T09:00:00 | D         | 400    |         |       | small    | shop
        """,
    )  # fmt: skip
    assert known == {
        "tied_persons": {"a": 1, "b": 2, "b2": 2, "c": 2, "d": 1},
        "ring_persons": {"a": 3, "b": 3, "b2": 3, "c": 3, "d": 3},
        "ring_claims": {"a": 4, "b": 3, "b2": 3, "c": 4, "d": 4},
        "ring_amount": {"a": 950, "b": 800, "b2": 800, "c": 750, "d": 650},
        "ring_claims_together": {"a": 1, "b": 3, "b2": 0, "c": 2, "d": 2},  # 1 and 16 June are within half a month
    }


def test_what_too_many_name_ties_nobody(engine):
    """Twenty name one phone, twenty-one another."""
    lines = "\n".join(
        f"{phone} {n} | medical | 2024-06-01T09:00:00 | p{phone}{n} | 099{phone}"
        for phone in (20, 21)
        for n in range(phone)
    )
    known = claims_as_of(
        engine, DAY, "tied_persons", claims=f"claim_id | scheme | filed_at | person_id | phone\n{lines}"
    )
    assert known["tied_persons"] == {f"20 {n}": 19 for n in range(20)} | {f"21 {n}": 0 for n in range(21)}


def test_a_couple_s_account_ties_nobody_and_three_on_it_are_tied(engine):
    """Births 15 years apart and one address are a couple; further apart, or no address in common, or a third, are not."""
    known = claims_as_of(
        engine, DAY, "tied_persons",
        claims="""
        claim_id | scheme  | filed_at            | person_id | born_on    | account | address
        husband  | pension | 2024-06-01T09:00:00 | 1         | 1950-01-01 | 1       | east 1
        wife     | pension | 2024-06-01T09:00:00 | 2         | 1964-12-31 | 1       | East1
        mother   | pension | 2024-06-01T09:00:00 | 3         | 1950-01-01 | 2       | east 2
        son      | medical | 2024-06-01T09:00:00 | 4         | 1975-01-01 | 2       | east 2
        one      | pension | 2024-06-01T09:00:00 | 5         | 1950-01-01 | 3       | east 3
        other    | pension | 2024-06-01T09:00:00 | 6         | 1950-01-01 | 3       | east 4
        he       | pension | 2024-06-01T09:00:00 | 7         | 1950-01-01 | 5       | east 5
        she      | pension | 2024-06-01T09:00:00 | 8         | 1950-01-01 | 5       | east 5
        third    | pension | 2024-06-01T09:00:00 | 9         | 1950-01-01 | 5       | east 9
        """,
    )  # fmt: skip
    couple = dict.fromkeys(("husband", "wife"), 0)
    assert known["tied_persons"] == couple | dict.fromkeys(("mother", "son", "one", "other"), 1) | dict.fromkeys(("he", "she", "third"), 2)  # fmt: skip


def test_an_account_paid_to_ties_too_and_use_two_years_ago_no_longer(engine):
    """`b` is paid to a's account from 2024-03-01; both named the phone by 2022-06-30, two years and a day before."""
    known = claims_as_of(
        engine, "2024-07-01", "tied_persons",
        claims="""
        claim_id | scheme  | filed_at            | person_id | account | phone
        a        | pension | 2022-06-30T09:00:00 | 1         | 1       | 7
        b        | pension | 2022-06-30T09:00:00 | 2         | 2       |
        c        | pension | 2022-06-30T09:00:00 | 3         |         | 7
        d        | pension | 2022-07-02T09:00:00 | 4         | 4       |
        e        | pension | 2022-07-02T09:00:00 | 5         | 4       |
        """,
        payouts="""
        payout_id | claim_id | paid_at             | amount | account
        1         | a        | 2024-05-01T09:00:00 | 9      | 1
        2         | b        | 2024-03-01T09:00:00 | 9      | 1
        """,
    )  # fmt: skip
    assert known["tied_persons"] == {"a": 1, "b": 1, "c": 0, "d": 1, "e": 1}


CHAIN = """
    claim_id | scheme  | filed_at            | person_id | account | phone | address | known_on
    found    | medical | 2024-06-01T09:00:00 | 1         | 1       |       |         | 2024-06-01
    tied     | medical | 2024-06-01T09:00:00 | 2         | 1       | 2     |         | 2024-06-01
    second   | medical | 2024-06-01T09:00:00 | 3         |         | 2     | 3       | 2024-06-01
    third    | medical | 2024-06-01T09:00:00 | 4         |         |       | 3       | 2024-06-01
    """
FRAUD = """
    claim_id | decided_on | finding
    found    | 2024-06-20 | fraud
    """
NEAR = ("tied_confirmed", "tied_confirmed_fading", "steps_to_confirmed")


def test_how_near_a_review_found_fraud(engine):
    known = claims_as_of(engine, "2024-06-20", *NEAR, "nearness_to_confirmed", claims=CHAIN, claim_decisions=FRAUD)
    others = dict.fromkeys(("found", "second", "third"), 0)
    assert known["tied_confirmed"] == {**others, "tied": 1}
    assert known["tied_confirmed_fading"] == {**others, "tied": pytest.approx(2 ** (-38 / 365))}  # two ends of 19 days
    assert known["steps_to_confirmed"] == {"found": None, "tied": 1, "second": 2, "third": None}
    near = known["nearness_to_confirmed"]
    assert near["tied"] > near["second"] > near["third"] > 0
    assert near["found"] < near["second"]  # most of its own walks' returns are taken out


def test_findings_count_from_their_day_and_half_a_year_later(engine):
    before, later = claims_on(engine, ["2024-06-19", "2025-06-20"], *NEAR, claims=CHAIN, claim_decisions=FRAUD).values()
    assert before["tied_confirmed"]["tied"] == 0
    use = 2 ** (-384 * 2 / 365)  # both ends last used on 1 June 2024
    assert later["tied_confirmed_fading"]["tied"] == pytest.approx(0.5 * use)


def test_a_later_review_takes_a_finding_back(engine):
    known = claims_as_of(
        engine, DAY, *NEAR, claims=CHAIN, claim_decisions=f"{FRAUD.rstrip()}\n    found | 2024-06-25 | genuine"
    )
    assert known["tied_confirmed"]["tied"] == 0
    assert known["steps_to_confirmed"]["tied"] is None


def test_without_reviews_nothing_is_said_of_them(engine):
    known = claims_as_of(engine, DAY, *NEAR, "nearness_to_confirmed", "tied_persons", claims=CHAIN)
    assert known["tied_persons"] == {"found": 1, "tied": 2, "second": 2, "third": 1}
    assert {known[name]["tied"] for name in (*NEAR, "nearness_to_confirmed")} == {None}
