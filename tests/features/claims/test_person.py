"""The person named: register, identity number, name, birth, region and death, as known on the day."""

from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"


def test_the_claim_against_the_register_of_persons(duckdb):
    known = claims_as_of(
        duckdb, DAY, "in_register", "born_differs_from_register", "name_differs_from_register", "region_differs_from_residence",
        claims="""
        claim_id | scheme  | filed_at            | person_id           | name   | born_on    | region
        same     | medical | 2024-06-10T10:00:00 | 1-0                 | Wang　W | 1980-02-01 | north
        differs  | medical | 2024-06-10T10:00:00 | 20                  | 李      | 1980-01-02 | south
        not_yet  | medical | 2024-06-10T10:00:00 | 30                  | A      | 1980-01-02 | south
        stranger | medical | 2024-06-10T10:00:00 | 40                  | A      |            |
        nobody   | medical | 2024-06-10T10:00:00 |                     | A      |            |
        """,
        persons="""
        person_id | name  | born_on    | region | known_on
        10        | WANGW | 1980-02-01 | north  | 2020-01-01
        20        | 王    | 1980-02-01 | north  | 2020-01-01
        30        | B     | 1980-02-01 | north  | 2024-07-01
        """,
    )  # fmt: skip
    agrees = {"same": 0, "differs": 1, "not_yet": None, "stranger": None, "nobody": None}
    assert known == {
        "in_register": {"same": 1, "differs": 1, "not_yet": 0, "stranger": 0, "nobody": None},
        "born_differs_from_register": agrees,
        "name_differs_from_register": agrees,
        "region_differs_from_residence": agrees,
    }


def test_a_number_of_fifteen_digits_is_the_same_persons_as_that_of_eighteen(engine):
    known = claims_as_of(
        engine, DAY, "in_register", "name_differs_from_register", "other_active_same_scheme",
        claims="""
        claim_id | scheme  | filed_at            | person_id          | name | starts_on
        today    | pension | 2024-06-10T10:00:00 | 11010519491231002X | 王   | 2024-06-01
        old      | pension | 2010-06-10T10:00:00 | 110105491231002    | 李   | 2010-06-01
        register | pension | 2024-06-10T10:00:00 | 110105500101001    | 张   | 2024-06-01
        """,
        persons="""
        person_id          | name | born_on    | region | known_on
        11010519491231002X | 王   | 1949-12-31 | north  | 2000-01-01
        110105500101001    | 张   | 1950-01-01 | north  | 2000-01-01
        """,
    )  # fmt: skip
    assert known == {
        "in_register": {"today": 1, "old": 1, "register": 1},
        "name_differs_from_register": {"today": 0, "old": 1, "register": 0},
        "other_active_same_scheme": {"today": 1, "old": 1, "register": 0},
    }


def test_what_an_identity_number_tells_of_itself(engine):
    known = claims_as_of(
        engine, DAY, "identity_number_holds", "born_differs_from_number",
        claims="""
        claim_id   | scheme  | filed_at            | person_id          | born_on
        holds      | medical | 2024-06-10T10:00:00 | 11010519491231002x | 1949-12-31
        one_digit  | medical | 2024-06-10T10:00:00 | 11010519491231003X | 1949-12-30
        no_such    | medical | 2024-06-10T10:00:00 | 110105194913310024 | 1949-12-31
        short      | medical | 2024-06-10T10:00:00 | 110105491231002    | 1949-12-31
        short_off  | medical | 2024-06-10T10:00:00 | 110105491231002    | 1949-12-30
        unborn     | medical | 2024-06-10T10:00:00 | 11010519491231002X |
        other_form | medical | 2024-06-10T10:00:00 | AB123              | 1949-12-31
        nobody     | medical | 2024-06-10T10:00:00 |                    | 1949-12-31
        """,
    )  # fmt: skip
    assert known == {
        "identity_number_holds": {
            "holds": 1, "one_digit": 0, "no_such": 0, "short": None, "short_off": None, "unborn": 1, "other_form": None,
            "nobody": None,
        },
        "born_differs_from_number": {
            "holds": 0, "one_digit": 1, "no_such": 1, "short": 0, "short_off": 1, "unborn": None, "other_form": None,
            "nobody": None,
        },
    }  # fmt: skip


def test_a_death_counts_from_the_day_it_was_known(duckdb):
    tables = dict(
        claims="""
        claim_id | scheme  | filed_at            | person_id | starts_on
        dead     | pension | 2024-01-10T10:00:00 | d         | 2024-01-01
        filed_on | pension | 2024-05-25T10:00:00 | d         | 2024-06-01
        alive    | pension | 2024-01-10T10:00:00 | a         | 2024-01-01
        stranger | pension | 2024-01-10T10:00:00 | s         | 2024-01-01
        nobody   | pension | 2024-01-10T10:00:00 |           | 2024-01-01
        """,
        persons="""
        person_id | name | died_on    | death_known_on
        d         | D    | 2024-05-20 | 2024-06-20
        a         | A    |            |
        """,
        payouts="""
        payout_id | claim_id | paid_at             | amount
        1         | dead     | 2024-05-20T10:00:00 | 100
        2         | dead     | 2024-05-21T10:00:00 | 10.50
        3         | dead     | 2024-06-20T10:00:00 | 20
        4         | dead     | 2024-06-21T10:00:00 | 30
        5         | dead     | 2024-07-01T10:00:00 | 1000
        6         | alive    | 2024-06-21T10:00:00 | 7
        """,
    )  # fmt: skip
    names = (
        "death_known",
        "days_death_unknown",
        "days_filed_after_death",
        "paid_after_death",
        "paid_after_death_known",
    )
    nothing = {"alive": None, "stranger": None, "nobody": None}
    assert claims_as_of(duckdb, DAY, *names, **tables) == {
        "death_known": {**nothing, "dead": 1, "filed_on": 1, "alive": 0},
        "days_death_unknown": {**nothing, "dead": 31, "filed_on": 31},
        "days_filed_after_death": {**nothing, "dead": 0, "filed_on": 5},
        "paid_after_death": {**nothing, "dead": 60.5, "filed_on": 0},
        "paid_after_death_known": {**nothing, "dead": 30, "filed_on": 0},
    }
    before = claims_as_of(duckdb, "2024-06-19", *names, **tables)
    assert before["death_known"] == {**nothing, "dead": 0, "filed_on": 0, "alive": 0}
    assert all(value is None for name in names[1:] for value in before[name].values())
