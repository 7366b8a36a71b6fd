"""Ties: what employers share, who came from whom, and what was proven against those tied."""

import pytest

from tests.features.worlds import features_as_of, features_on

DAY = "2024-06-30"
PROVEN = """
    inspection_id | employer_id | opened_on  | closed_on  | finding | amount_owed | amount_recovered
    1             | owes        | 2024-01-01 | 2024-03-01 | arrears | 100         |
    """


def test_who_shares_what_by_kind(engine):
    known = features_as_of(
        engine, DAY, "sharing_director_or_shareholder", "sharing_phone_or_address", "sharing_account_or_agent", "linked_employers",
        employer_ties="""
        employer_id | tie         | value | since      | until
        a           | director    | Li    | 2020-01-01 |
        b           | director    | Li    | 2020-01-01 |
        b           | shareholder | Li    | 2020-01-01 |
        c           | shareholder | Li    | 2020-01-01 |
        c           | phone       | 1     | 2020-01-01 |
        d           | phone       | 1     | 2020-01-01 |
        c           | address     | 1     | 2020-01-01 |
        d           | address     | 1     | 2020-01-01 |
        e           | account     | 1     | 2020-01-01 |
        f           | account     | 1     | 2024-07-01 |
        """,
    )  # fmt: skip
    none = dict.fromkeys("abcdef", 0)
    # a director of one is no shareholder of another; f's account begins later; two things shared are one employer
    assert known["sharing_director_or_shareholder"] == {**none, "a": 1, "b": 2, "c": 1}
    assert known["sharing_phone_or_address"] == {**none, "c": 1, "d": 1}
    assert known["sharing_account_or_agent"] == none
    assert known["linked_employers"] == {**none, "a": 3, "b": 3, "c": 3, "d": 3}


def test_what_one_had_before_another_is_not_shared_but_ties_them_as_what_has_ended(engine):
    """A telephone number that was given to another is no link of today; both had until the day what they had on it."""
    known = features_as_of(
        engine, DAY, "sharing_phone_or_address", "tied_proven", "tied_proven_fading",
        employer_ties="""
        employer_id | tie     | value | since      | until
        owes        | phone   | 1     | 2018-01-01 | 2020-07-01
        later       | phone   | 1     | 2021-01-01 |
        to_the_day  | address | 1     | 2018-01-01 | 2024-06-30
        stays       | address | 1     | 2018-01-01 | 2024-07-31
        left        | address | 1     | 2018-01-01 | 2024-06-29
        """,
        inspections=PROVEN,
    )  # fmt: skip
    sharing = {"owes": 0, "later": 0, "to_the_day": 1, "stays": 1, "left": 0}
    assert known["sharing_phone_or_address"] == sharing
    assert known["tied_proven"] == {**dict.fromkeys(sharing, 0), "later": 1}
    assert 0 < known["tied_proven_fading"]["later"] < 0.25  # the proof of March, over a tie that ended four years ago


@pytest.mark.parametrize(("holders", "shares"), [(20, 19), (21, 0)])
def test_what_too_many_share_ties_nobody(engine, holders, shares):
    lines = "\n".join(f"e{n} | address | Tower | 2020-01-01" for n in range(holders))
    known = features_as_of(
        engine, DAY, "sharing_phone_or_address", employer_ties=f"employer_id | tie | value | since\n{lines}"
    )
    assert set(known["sharing_phone_or_address"].values()) == {shares}


TO_ONE_THAT_OWES = """
    employer_id | tie      | value | since      | until      | known_on
    owes        | director | Li    | 2020-01-01 |            | 2020-01-01
    tied        | director | Li    | 2020-01-01 |            | 2024-05-01
    tied        | phone    | 1     | 2020-01-01 |            | 2020-01-01
    two_steps   | phone    | 1     | 2020-01-01 |            | 2020-01-01
    two_steps   | address  | 1     | 2020-01-01 |            | 2020-01-01
    three       | address  | 1     | 2020-01-01 |            | 2020-01-01
    """
NAMES = ("tied_proven", "days_since_tied_proven", "steps_to_proven", "tied_closed", "tied_closed_unpaid")


def test_arrears_proven_against_one_tied_by_the_day(engine):
    known = features_as_of(engine, DAY, *NAMES, employer_ties=TO_ONE_THAT_OWES, inspections=PROVEN)
    who = dict.fromkeys(("owes", "tied", "two_steps", "three"))
    assert known["tied_proven"] == {**dict.fromkeys(who, 0), "tied": 1}
    assert known["days_since_tied_proven"] == {**who, "tied": 121}
    assert known["steps_to_proven"] == {**who, "tied": 1, "two_steps": 2}  # for the one that owes its own proof is none


def test_neither_a_proof_nor_a_tie_counts_before_it_is_known(engine):
    """The finding is of 1 March, the tie is known from 1 May."""
    days = ["2024-02-29", "2024-04-30"]
    known = features_on(engine, days, *NAMES, employer_ties=TO_ONE_THAT_OWES, inspections=PROVEN)
    assert [known[day]["tied_proven"]["tied"] for day in days] == [0, 0]
    assert [known[day]["steps_to_proven"]["two_steps"] for day in days] == [None, None]


def test_old_proofs_and_ended_ties_count_less(engine):
    """A proof two years old counts half; a tie that ended two years ago half; what two both lost, a quarter."""
    known = features_as_of(
        engine, "2024-03-01", "tied_proven_fading", "tied_proven",
        employer_ties="""
        employer_id | tie      | value | since      | until
        owed        | director | Li    | 2020-01-01 |
        stands      | director | Li    | 2020-01-01 |
        owes        | phone    | 1     | 2020-01-01 |
        ended       | phone    | 1     | 2020-01-01 | 2022-03-02
        owes        | account  | 1     | 2020-01-01 | 2022-03-02
        both_ended  | account  | 1     | 2020-01-01 | 2022-03-02
        owes        | address  | 1     | 2020-01-01 |
        ends_later  | address  | 1     | 2020-01-01 | 2024-03-02
        """,
        inspections="""
        inspection_id | employer_id | opened_on  | closed_on  | finding
        1             | owes        | 2024-01-01 | 2024-03-01 | arrears
        2             | owed        | 2022-01-01 | 2022-03-02 | arrears
        """,
    )  # fmt: skip
    fading = {"owed": 0, "stands": 0.5, "owes": 0, "ended": 0.5, "both_ended": 0.25, "ends_later": 1}
    assert known["tied_proven_fading"] == pytest.approx(fading)
    assert known["tied_proven"] == {who: float(value > 0) for who, value in fading.items()}


def test_the_successor_of_one_that_closed_with_a_decision_unpaid(engine):
    known = features_as_of(
        engine, DAY, "tied_closed", "tied_closed_unpaid",
        employers="""
        employer_id | name | closed_on  | known_on
        owes        | O    | 2024-06-30 | 2020-01-01
        tied        | T    |            | 2020-01-01
        two_steps   | S    | 2024-07-01 | 2020-01-01
        three       | 3    |            | 2020-01-01
        """,
        employer_ties=TO_ONE_THAT_OWES, inspections=PROVEN,
    )  # fmt: skip
    assert known["tied_closed"] == {"owes": 0, "tied": 1, "two_steps": 0, "three": 0}
    assert known["tied_closed_unpaid"] == {"owes": 0, "tied": 1, "two_steps": 0, "three": 0}


def test_nearness_falls_with_every_step_and_is_not_one_s_own(engine):
    near = features_as_of(
        engine, DAY, "nearness_to_proven", employer_ties=TO_ONE_THAT_OWES, inspections=PROVEN
    )["nearness_to_proven"]  # fmt: skip
    assert near["tied"] > near["two_steps"] > near["three"] > 0
    assert near["owes"] < near["three"]  # what is left of its own walks


OWES = "".join(f"owes | {n} | 2024-01-01 | 100 | 2024-01-31\n" for n in range(6))
NEXT = "".join(f"next | {n} | 2024-04-01 | 100 | 2024-04-30\n" for n in range(8))
MOVED = f"""employer_id | worker_id | month | wage_due | known_on
{OWES}{NEXT}next | 7 | 2024-03-01 | 100 | 2024-03-31
next | 9 | 2024-03-01 | 100 | 2024-03-31
other | 6 | 2024-02-01 | 100 | 2024-02-29
"""


def test_a_workforce_that_came_from_one_that_owes(engine):
    known = features_as_of(
        engine, DAY, "came_from_proven_12m", "came_from_proven_24m", "came_from_one_24m", "came_together_share_24m",
        "came_from_closed_24m", "steps_to_proven", payroll=MOVED, inspections=PROVEN,
    )  # fmt: skip
    # of next's two months, 5 workers a month on average; six came from owes, one from other
    assert known["came_from_proven_12m"] == {"next": 1.2, "other": 0, "owes": 0}
    assert known["came_from_proven_24m"] == {"next": 1.2, "other": 0, "owes": 0}
    assert known["came_from_one_24m"] == {"next": 1.2, "other": 0, "owes": 0}
    assert known["came_together_share_24m"] == {"next": pytest.approx(6 / 7), "other": None, "owes": None}
    assert known["came_from_closed_24m"] == {"next": 0, "other": 0, "owes": 0}
    assert known["steps_to_proven"] == {"next": 1, "other": None, "owes": None}


@pytest.mark.parametrize(("clients", "tied"), [(20, 20), (21, 0)])
def test_one_whose_workers_go_to_too_many_workforces_ties_nobody(engine, clients, tied):
    """Five workers of an agency go to each client; one worker more to each of thirty others, too few to tie."""
    away = [f"{c}-{n} | c{c:02}" for c in range(clients) for n in range(5)]
    few = [f"f{n} | few{n:02}" for n in range(30)]
    there = [f"agency | {line.split(' | ')[0]} | 2024-01-01 | 100" for line in away + few]
    gone = ["{1} | {0} | 2024-04-01 | 100".format(*line.split(" | ")) for line in away + few]
    known = features_as_of(
        engine, DAY, "linked_employers", "came_from_one_24m",
        payroll="\n".join(["employer_id | worker_id | month | wage_due", *there, *gone]),
    )  # fmt: skip
    assert known["linked_employers"]["agency"] == known["linked_employers"]["c00"] == tied
    assert known["linked_employers"]["few00"] == 0
    assert known["came_from_one_24m"]["c00"] == 1  # that they came is told all the same


def test_a_worker_moved_who_was_elsewhere_in_the_last_three_months(engine):
    known = features_as_of(
        engine, DAY, "came_from_one_24m",
        payroll="""
        employer_id | worker_id | month      | wage_due
        before      | 1         | 2024-01-01 | 100
        after       | 1         | 2024-04-01 | 100
        long_before | 2         | 2023-12-01 | 100
        too_late    | 2         | 2024-04-01 | 100
        """,
    )  # fmt: skip
    assert known["came_from_one_24m"]["after"] == 1
    assert known["came_from_one_24m"]["too_late"] == 0


def test_who_was_here_in_the_last_three_months_has_not_come(engine):
    text = """
        employer_id | worker_id | month      | wage_due | known_on
        other       | 1         | 2024-03-01 | 100      | 2024-03-31
        here        | 1         | 2024-04-01 | 100      | 2024-04-30
        here        | 1         | 2024-01-01 | 100      | 2024-05-20
        """
    known = features_on(engine, ["2024-05-19", "2024-05-20"], "came_from_one_24m", payroll=text)
    assert [known[day]["came_from_one_24m"]["here"] for day in known] == [1, 0]


def test_ties_say_nothing_where_neither_register_is_there(engine):
    known = features_as_of(engine, DAY, "linked_employers", "tied_proven", "came_from_one_24m", inspections=PROVEN)
    assert known == {name: {"owes": None} for name in known}


def test_nothing_is_said_of_proofs_where_nobody_keeps_them(engine):
    known = features_as_of(
        engine, DAY, "linked_employers", "tied_proven", "came_from_one_24m", employer_ties=TO_ONE_THAT_OWES
    )
    assert known["linked_employers"]["tied"] == 3
    assert {*known["tied_proven"].values(), *known["came_from_one_24m"].values()} == {None}
