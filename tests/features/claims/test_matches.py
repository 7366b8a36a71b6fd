"""Matches: other claims that are likely the same person's."""

from features.claims import CLAIM_FEATURES
from features.limits import SUREST_MATCH
from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"
PENSIONS = """
    claim_id | scheme       | filed_at            | region | starts_on  | ends_on    | amount | account
    first    | pension      | 2024-01-01T09:00:00 | north  | 2024-01-01 |            | 2000   | 62 1
    second   | pension      | 2024-06-01T09:00:00 | south  | 2024-06-01 |            | 1500   | 622
    jobless  | unemployment | 2024-03-01T09:00:00 | north  | 2024-03-01 | 2024-06-29 | 1000   | 621
    working  | unemployment | 2024-03-01T09:00:00 | north  | 2024-03-01 | 2024-06-30 | 1000   | 621
    planned  | pension      | 2024-06-01T09:00:00 | north  | 2024-07-01 |            | 1500   | 621
    alone    | pension      | 2024-06-01T09:00:00 | north  | 2024-06-01 |            | 1500   |
    """
PAIRS = """
    claim_id | other_claim_id | probability | known_on
    first    | second         | 0.9         | 2024-06-01
    first    | jobless        | 0.95        | 2024-03-01
    first    | working        | 0.5         | 2024-03-01
    second   | working        | 0.49        | 2024-06-01
    planned  | first          | 0.8         | 2024-06-01
    """
BEST = ("best_match", "best_match_same_scheme", "second_match", "likely_matches", "likely_matches_other_region")


def test_only_claims_active_on_the_day_match(engine):
    """`jobless` ended the day before, `planned` has not begun: neither is a match of others; both have matches themselves."""
    known = claims_as_of(engine, DAY, *BEST, claims=PENSIONS, pairs=PAIRS)
    assert known == {
        "best_match": {"first": 0.9, "second": 0.9, "jobless": 0.95, "working": 0.5, "planned": 0.8, "alone": 0},
        "best_match_same_scheme": {"first": 0.9, "second": 0.9, "jobless": 0, "working": 0, "planned": 0.8, "alone": 0},
        "second_match": {"first": 0.5, "second": 0.49, "jobless": 0, "working": 0.49, "planned": 0, "alone": 0},
        "likely_matches": {"first": 2, "second": 1, "jobless": 1, "working": 1, "planned": 1, "alone": 0},
        "likely_matches_other_region": {"first": 1, "second": 1, "jobless": 0, "working": 0, "planned": 0, "alone": 0},
    }


def test_nobody_is_surer_than_the_limit_that_two_claims_are_one_persons(duckdb):
    """And the sentences say so: 99.9 %, not the 100 % that it would be rounded to."""
    sure = PAIRS.replace("0.95", "1.00")
    known = claims_as_of(duckdb, DAY, "best_match", claims=PENSIONS, pairs=sure)
    assert known["best_match"]["jobless"] == SUREST_MATCH < 1
    said = CLAIM_FEATURES["best_match"].reason
    assert "99.9%" in said.say("en", SUREST_MATCH) and "99.9%" in said.say("zh", SUREST_MATCH)


def test_a_pair_counts_from_the_day_it_was_known(engine):
    known = claims_as_of(engine, "2024-05-31", "best_match", claims=PENSIONS, pairs=PAIRS)
    assert known["best_match"] == {"first": 0.95, "jobless": 0.95, "working": 0.5}


def test_what_the_best_match_is_like(engine):
    """Between `first` and `second`: 30 days of June both; filed 152 days apart; a quarter less; `second` is the later."""
    names = (
        "match_overlap_days",
        "match_days_between",
        "match_same_account",
        "match_amount_difference",
        "match_filed_earlier",
    )
    known = claims_as_of(engine, DAY, *names, claims=PENSIONS, pairs=PAIRS)
    some = {name: {claim: known[name][claim] for claim in ("first", "second", "jobless", "alone")} for name in names}
    assert some == {
        "match_overlap_days": {"first": 30, "second": 30, "jobless": 121, "alone": None},
        "match_days_between": {"first": 152, "second": 152, "jobless": 60, "alone": None},
        "match_same_account": {"first": 0, "second": 0, "jobless": 1, "alone": None},
        "match_amount_difference": {"first": 0.25, "second": 0.25, "jobless": 0.5, "alone": None},
        "match_filed_earlier": {"first": 0, "second": 1, "jobless": 1, "alone": None},
    }


ONCE = """
    claim_id | scheme  | filed_at            | starts_on  | amount
    bill     | medical | 2024-06-20T09:00:00 | 2024-06-10 | 100
    old      | medical | 2024-02-01T09:00:00 | 2024-01-10 | 100
    new      | medical | 2024-06-01T09:00:00 | 2024-06-10 | 100
    note     | medical | 2024-06-20T09:00:00 | 2024-06-10 | 100
    older    | medical | 2024-02-01T09:00:00 | 2024-01-10 | 100
    """
OF_BILL = """
    claim_id | other_claim_id | probability | known_on
    bill     | old            | 0.9         | 2024-06-20
    bill     | new            | 0.6         | 2024-06-20
    note     | older          | 0.9         | 2024-06-20
    new      | note           | 0.6         | 2024-06-20
    """


def test_without_a_last_day_a_claim_is_active_while_paid_lately(engine):
    """A payment of 30 March is 92 days old on the day, one of 29 March 93; who was never paid has only just filed."""
    known = claims_as_of(
        engine, DAY, "best_match", "match_overlap_days", claims=ONCE, pairs=OF_BILL,
        payouts="""
        payout_id | claim_id | paid_at             | amount
        1         | old      | 2024-03-30T08:00:00 | 100
        2         | older    | 2024-03-29T08:00:00 | 100
        """,
    )  # fmt: skip
    assert known["best_match"]["bill"] == 0.9
    assert known["best_match"]["note"] == 0.6
    assert known["match_overlap_days"]["note"] == 1  # what is paid once is for one day


def test_without_payouts_a_claim_without_a_last_day_goes_on(engine):
    known = claims_as_of(engine, DAY, "best_match", claims=ONCE, pairs=OF_BILL)
    assert known["best_match"]["bill"] == 0.9


def test_claims_that_were_not_compared_have_no_matches_to_speak_of(engine):
    known = claims_as_of(engine, DAY, *BEST, claims=PENSIONS)
    assert {value for values in known.values() for value in values.values()} == {None}
