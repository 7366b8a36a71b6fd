"""A person's claims far above usual, and what reviews last found of the account."""

from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"
USUAL = "\n".join(f"usual{n} | other | 2024-05-0{n}T12:00:00 | 1 | 62 | 100 |" for n in range(1, 6))
HEADER = "claim_id | scheme | filed_at | person_id | account | amount | known_on"


def far_above(engine, rows, day=DAY):
    known = claims_as_of(engine, day, "far_above_usual_1d", "far_above_usual_7d", claims=f"{HEADER}\n{USUAL}\n{rows}")
    return known["far_above_usual_1d"], known["far_above_usual_7d"]


def test_the_amount_against_what_the_person_claimed_more_than_a_week_before(engine):
    rows = """new | other | 2024-06-30T12:00:00 | 1 | 62 | 300 |
        edge    | other | 2024-06-23T12:00:00 | 1 | 62 | 700 |
        newer   | other | 2024-06-24T12:00:00 | 1 | 62 | 9000 |
        silent  | other | 2024-06-30T12:00:00 | 1 | 62 |     |
        alone   | other | 2024-06-30T12:00:00 | 2 | 62 | 300 |"""
    known = claims_as_of(engine, DAY, "amount_to_earlier_mean", claims=f"{HEADER}\n{USUAL}\n{rows}")
    value = known["amount_to_earlier_mean"]  # five of 100 and one of 700
    assert (value["new"], value["edge"], value["silent"], value["alone"]) == (1.5, 7, None, None)


def test_a_claim_is_far_above_usual_from_two_and_a_half_times_the_mean_before(engine):
    of_day, of_week = far_above(
        engine,
        """edge | other | 2024-06-30T12:00:00 | 1 | 62 | 250 |
        below | other | 2024-06-30T12:00:00 | 1 | 62 | 249.99 |
        same  | other | 2024-06-30T12:00:00 | 1 | 62 | 9000 |
        other | other | 2024-06-30T12:00:00 | 2 | 62 | 9000 |
        none  | other | 2024-06-30T12:00:00 |   | 62 | 9000 |""",
    )
    assert of_day["edge"] == of_day["usual1"] == 2  # edge and same: those of one day are not set against one another
    assert (of_week["edge"], of_week["other"], of_week["none"]) == (2, 0, None)


def test_claims_far_above_usual_count_on_the_days_they_were_filed(engine):
    of_day, of_week = far_above(
        engine,
        """in  | other | 2024-06-24T12:00:00 | 1 | 62 | 500 |
        out    | other | 2024-06-23T12:00:00 | 1 | 62 | 500 |""",
    )
    assert (of_day["in"], of_week["in"]) == (0, 1)


def test_after_four_claims_nothing_is_usual(engine):
    four = "\n".join(USUAL.splitlines()[:4])
    rows = f"{HEADER}\n{four}\nlarge | other | 2024-06-30T12:00:00 | 1 | 62 | 9000 |"
    assert claims_as_of(engine, DAY, "far_above_usual_1d", claims=rows)["far_above_usual_1d"]["large"] == 0


def test_a_corrected_amount_counts_from_the_day_of_the_correction(engine):
    rows = """late | other | 2024-06-29T12:00:00 | 1 | 62 | 100 | 2024-06-29
        late     | other | 2024-06-29T12:00:00 | 1 | 62 | 900 | 2024-06-30"""
    assert far_above(engine, rows, "2024-06-29")[1]["late"] == 0
    assert far_above(engine, rows)[1]["late"] == 1


def test_what_reviews_found_of_the_account_in_the_last_days(engine):
    known = claims_as_of(
        engine, DAY, "account_confirmed_share_7d", "account_confirmed_share_14d", "account_confirmed_share_28d",
        "days_confirmed_on_account", "days_since_genuine_on_account",
        claims="""
        claim_id | scheme | filed_at            | person_id | account
        new      | other  | 2024-06-30T12:00:00 | 1         | 62
        a        | other  | 2024-05-30T12:00:00 | 2         | 62
        b        | other  | 2024-05-30T12:00:00 | 3         | 62
        c        | other  | 2024-05-30T12:00:00 | 3         | 62
        d        | other  | 2024-05-30T12:00:00 | 4         | 62
        e        | other  | 2024-05-30T12:00:00 | 4         | 62
        far      | other  | 2024-05-30T12:00:00 | 4         | 7
        """,
        claim_decisions="""
        claim_id | decided_on | finding | known_on
        a        | 2024-06-24 | fraud   |
        b        | 2024-06-23 | genuine |
        c        | 2024-06-03 | fraud   |
        d        | 2024-06-02 | fraud   |
        e        | 2024-06-29 | genuine | 2024-07-01
        """,
    )  # fmt: skip
    assert {name: value["new"] for name, value in known.items()} == {
        "account_confirmed_share_7d": 1, "account_confirmed_share_14d": 1 / 2, "account_confirmed_share_28d": 2 / 3,
        "days_confirmed_on_account": 27, "days_since_genuine_on_account": 7,
    }  # fmt: skip
    assert {value["far"] for value in known.values()} == {None}
    assert known["account_confirmed_share_7d"]["a"] is None  # its own review tells nothing of others
