"""Work: what payroll and contributions say of the claim's person, before the benefit and while it is claimed."""

import pytest

from tests.features.claims.worlds import claims_as_of, claims_on

DAY = "2024-06-30"


def value(known, name):
    """The value of the one claim."""
    (found,) = known[name].values()
    return found


JOBLESS = """
    claim_id | scheme       | filed_at            | person_id | starts_on  | ends_on    | amount | employer_id
    c        | unemployment | 2024-02-20T09:00:00 | 110x      | 2024-02-15 | 2024-06-29 | 1000   | old
    """
PAYROLL = """
    employer_id | worker_id | month      | wage_due | known_on
    old         | 110x      | 2024-01-01 | 5000     | 2024-01-31
    old         | 110x      | 2024-02-01 | 2500     | 2024-02-29
    new         | 110X      | 2024-03-01 | 4000     | 2024-03-31
    new         | 110X      | 2024-04-01 | 6000     | 2024-04-30
    new         | 110X      | 2024-05-01 | 7000     | 2024-05-31
    new         | 110X      | 2024-05-01 | 0        | 2024-06-01
    new         | 110X      | 2024-06-01 | 9000     | 2024-06-30
    new         | other     | 2024-05-01 | 9000     | 2024-05-31
    """
WHILE = ("months_on_payroll", "wage_while_claiming")


def test_whole_months_on_a_payroll_while_claiming_as_known_on_the_day(engine):
    """February is claimed for in part, June not to its end; of May it is known from 1 June that there was no work."""
    days = ("2024-03-30", "2024-04-30", "2024-05-31", DAY)
    known = claims_on(engine, days, *WHILE, claims=JOBLESS, payroll=PAYROLL).values()
    assert [value(on_day, "months_on_payroll") for on_day in known] == [0, 2, 3, 2]
    wages = [value(on_day, "wage_while_claiming") for on_day in known]
    assert wages[0] is None and wages[1:] == pytest.approx([5000, 17000 / 3, 5000])


def test_months_without_benefit_and_other_schemes_have_none(engine):
    known = claims_as_of(engine, DAY, *WHILE, claims=JOBLESS.replace("unemployment", "medical     "), payroll=PAYROLL)
    assert value(known, "months_on_payroll") is None


PAYOUTS = """
    payout_id | claim_id | paid_at             | amount | period
    1         | c        | 2024-04-10T09:00:00 | 1000   | 2024-03-01
    2         | c        | 2024-05-10T09:00:00 | 250    | 2024-04-01
    3         | c        | 2024-06-10T09:00:00 | 1000   | 2024-05-01
    4         | c        | 2024-07-01T09:00:00 | 1000   | 2024-06-01
    """


def test_what_was_paid_for_months_of_work_counts_parts_of_months(engine):
    """For April a quarter was paid; in May there was no work; what is paid in July is not known in June."""
    known = claims_as_of(engine, DAY, "benefit_months_on_payroll", claims=JOBLESS, payroll=PAYROLL, payouts=PAYOUTS)
    assert value(known, "benefit_months_on_payroll") == 1.25


def test_a_pensioner_s_months_on_a_payroll_of_the_last_twelve(engine):
    known = claims_as_of(
        engine, DAY, "pension_months_on_payroll", "on_payroll_month_before",
        claims="""
        claim_id | scheme  | filed_at            | person_id | starts_on
        c        | pension | 2023-05-01T09:00:00 | 1         | 2023-06-01
        """,
        payroll="""
        employer_id | worker_id | month      | wage_due
        a           | 1         | 2023-05-01 | 1
        a           | 1         | 2023-06-01 | 1
        a           | 1         | 2023-07-01 | 1
        b           | 1         | 2023-07-01 | 1
        a           | 1         | 2024-06-01 | 1
        """,
    )  # fmt: skip
    assert value(known, "pension_months_on_payroll") == 2  # June 2023 is thirteen months ago
    assert value(known, "on_payroll_month_before") == 1


INSURED = """
    employer_id | worker_id | month      | scheme  | base | due | paid | paid_on    | known_on
    a           | other     | 2022-01-01 | pension | 3000 | 9   |      |            |
    a           | 1         | 2022-05-01 | pension | 2000 | 9   | 9    | 2022-06-10 |
    a           | 1         | 2023-06-01 | pension | 2000 | 9   | 9    | 2023-07-10 |
    a           | 1         | 2023-06-01 | medical | 1000 | 9   | 9    | 2023-07-10 |
    a           | 1         | 2023-12-01 | pension | 3060 | 9   | 9    | 2024-05-20 |
    b           | 1         | 2024-05-01 | pension | 5000 | 9   | 9    | 2024-05-20 |
    b           | 1         | 2024-05-01 | pension | 4940 | 9   | 9    | 2024-05-20 | 2024-06-01
    a           | 1         | 2024-06-01 | pension | 4940 | 9   | 9    | 2024-07-20 | 2024-07-01
    """
BIRTH = """
    claim_id | scheme    | filed_at            | person_id | region | starts_on  | amount | employer_id
    c        | maternity | 2024-06-20T09:00:00 | 1         | dongdu | 2024-06-10 | 8000   | a
    """


def test_contributions_before_the_benefit(engine):
    """Of 24 months before June 2024 (least base in dongdu 3,060) three are insured; May 2022 is a month too old."""
    names = (
        "months_contributed_before", "least_base_share_before", "base_growth_before", "paid_on_one_day_share",
        "paid_back_share_before", "amount_over_base", "months_since_first_contribution", "named_employer_not_last",
    )  # fmt: skip
    known = claims_as_of(engine, DAY, *names, claims=BIRTH, contributions=INSURED)
    assert {name: value(known, name) for name in names} == {
        "months_contributed_before": 3,
        "least_base_share_before": 0.5,
        "base_growth_before": 1.0,  # (3,060 + 4,940) / 2 against 2,000
        "paid_on_one_day_share": pytest.approx(2 / 3),
        "paid_back_share_before": pytest.approx(1 / 3),  # December's legal day was 30 January
        "amount_over_base": pytest.approx(8000 / (10000 / 3)),
        "months_since_first_contribution": 25,
        "named_employer_not_last": 1,
    }


def test_payments_and_corrections_count_from_their_day(engine):
    known = claims_as_of(
        engine, "2024-06-20", "paid_on_one_day_share", "paid_back_share_before", claims=BIRTH,
        contributions=INSURED.replace("2024-05-20 |", "2024-06-21 |"),
    )  # fmt: skip
    assert value(known, "paid_on_one_day_share") == pytest.approx(1 / 3)
    assert value(known, "paid_back_share_before") == 0


def test_who_was_insured_in_the_register_s_first_month_may_have_been_before(engine):
    known = claims_as_of(
        engine, DAY, "months_since_first_contribution", claims=BIRTH, contributions=INSURED.replace("other", "1    ")
    )
    assert value(known, "months_since_first_contribution") is None


def test_insured_by_two_employers_at_once(engine):
    rows = INSURED + "b | 1 | 2023-12-01 | pension | 1 | 9 | | | \n b | 1 | 2023-06-01 | pension | 1 | 9 | | |"
    known = claims_as_of(
        engine, DAY, "months_insured_twice", "regions_insured_at_once", claims=BIRTH, contributions=rows,
        employers="""
        employer_id | name | region | known_on
        a           | A    | north  | 2020-01-01
        b           | B    | north  | 2020-01-01
        b           | B    | south  | 2024-06-30
        """,
    )  # fmt: skip
    assert value(known, "months_insured_twice") == 1  # June 2023 is thirteen months ago
    assert value(known, "regions_insured_at_once") == 2


def test_insured_without_a_wage_where_the_employer_filed_payroll(engine):
    """`a` filed nothing for June 2023; for December it names others, in May `b` names the person."""
    known = claims_as_of(
        engine, DAY, "insured_unpaid_share", claims=BIRTH, contributions=INSURED,
        payroll="""
        employer_id | worker_id | month      | wage_due
        a           | other     | 2023-12-01 | 1
        b           | 1         | 2024-05-01 | 1
        """,
    )  # fmt: skip
    assert value(known, "insured_unpaid_share") == 0.5


def test_who_else_claims_from_the_employer(engine):
    names = ("claiming_at_employer", "same_agent_at_employer", "insured_at_employer", "claiming_share_at_employer")
    known = claims_as_of(
        engine, DAY, *names,
        claims="""
        claim_id | scheme    | filed_at            | person_id | starts_on  | employer_id | agent_id
        c        | maternity | 2024-06-20T09:00:00 | 1         | 2024-06-10 | a           | x
        again    | medical   | 2024-06-01T09:00:00 | 1         | 2024-05-10 | a           | y
        other    | maternity | 2023-12-31T09:00:00 | 2         | 2024-06-10 | a           | x
        third    | maternity | 2024-06-20T09:00:00 | 3         | 2024-06-10 | a           |
        old      | maternity | 2023-12-30T09:00:00 | 4         | 2023-12-10 | a           | x
        alone    | maternity | 2024-06-20T09:00:00 | 5         | 2024-06-10 |             | x
        """,
        contributions="""
        employer_id | worker_id | month      | scheme  | due
        a           | 1         | 2024-05-01 | pension | 9
        a           | 1         | 2024-05-01 | medical | 9
        a           | 7         | 2024-05-01 | pension | 9
        a           | 8         | 2024-04-01 | pension | 9
        """,
    )  # fmt: skip
    assert known["claiming_at_employer"] == {"c": 2, "again": 2, "other": 2, "third": 2, "old": 3, "alone": None}
    assert known["same_agent_at_employer"] == {"c": 1, "again": 0, "other": 1, "third": None, "old": 2, "alone": None}
    assert known["insured_at_employer"] == {"c": 2, "again": 1, "other": 2, "third": 2, "old": 0, "alone": None}
    assert known["claiming_share_at_employer"] == {
        "c": 1,
        "again": 2,
        "other": 1,
        "third": 1,
        "old": None,
        "alone": None,
    }


def test_without_payroll_and_contributions_only_claims_speak(engine):
    names = (*WHILE, "months_contributed_before", "months_insured_twice", "insured_at_employer", "claiming_at_employer")
    known = claims_as_of(engine, DAY, *names, claims=JOBLESS)
    assert {name: value(known, name) for name in names} == {**dict.fromkeys(names), "claiming_at_employer": 0}


def test_whole_months_insured_by_another_employer_while_claiming(duckdb):
    """March and April are claimed for whole; of April the one named on the claim paid too, May came to nothing."""
    known = claims_as_of(
        duckdb, DAY, "months_insured_elsewhere", claims=JOBLESS,
        contributions="""
        employer_id | worker_id | month      | scheme  | base | due | paid | paid_on    | known_on
        new         | 110X      | 2024-02-01 | pension | 4000 | 960 | 960  | 2024-02-28 | 2024-02-29
        new         | 110X      | 2024-03-01 | pension | 4000 | 960 | 960  | 2024-03-28 | 2024-03-31
        new         | 110X      | 2024-04-01 | pension | 4000 | 960 | 960  | 2024-04-28 | 2024-04-30
        old         | 110X      | 2024-04-01 | medical | 4000 | 960 | 960  | 2024-04-28 | 2024-04-30
        old         | 110X      | 2024-05-01 | pension | 4000 | 960 | 960  | 2024-05-28 | 2024-05-31
        """,
    )  # fmt: skip
    assert value(known, "months_insured_elsewhere") == 2
