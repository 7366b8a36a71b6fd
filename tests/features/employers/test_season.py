"""The time of the year."""

from itertools import pairwise

import pytest

from features.festivals import SPRING_FESTIVALS
from tests.features.worlds import features_as_of

FESTIVAL = ("days_to_spring_festival", "days_since_spring_festival")
ONE = "employer_id | name | known_on\n a | A | 2000-01-01"


@pytest.mark.parametrize(
    ("day", "to", "since", "left"),
    [
        ("2024-02-09", 1, 383, 10),
        ("2024-02-10", 0, 0, 10),
        ("2024-02-11", 353, 1, 10),
        ("2024-11-30", 60, 294, 1),
        ("2024-12-31", 29, 325, 0),
        ("2015-02-18", 1, None, 10),  # before the table begins
        ("2036-01-29", None, 1, 11),  # after it ends
    ],
)
def test_how_far_the_festival_and_the_year_s_end_are(engine, day, to, since, left):
    known = features_as_of(engine, day, *FESTIVAL, "months_to_year_end", employers=ONE)
    assert known == {FESTIVAL[0]: {"a": to}, FESTIVAL[1]: {"a": since}, "months_to_year_end": {"a": left}}


def test_every_year_has_one_festival_between_21_january_and_20_february():
    assert [day.year for day in SPRING_FESTIVALS] == list(range(2015, 2037))
    assert all((1, 21) <= (day.month, day.day) <= (2, 20) for day in SPRING_FESTIVALS)
    apart = {(b - a).days for a, b in pairwise(SPRING_FESTIVALS)}
    assert apart <= {353, 354, 355, 383, 384, 385}  # twelve or thirteen moons


def test_against_the_same_months_a_year_ago(engine):
    """On 30 June the last three fallen due are March to May."""
    known = features_as_of(
        engine, "2024-06-30", "workers_year_change", "wage_bill_year_change",
        payroll="""
        employer_id | worker_id | month      | wage_due
        shrinks     | 1         | 2024-03-01 | 150
        shrinks     | 1         | 2023-03-01 | 100
        shrinks     | 2         | 2023-05-01 | 100
        shrinks     | 3         | 2023-06-01 | 900
        shrinks     | 3         | 2023-02-01 | 900
        new         | 1         | 2024-05-01 | 100
        gone        | 1         | 2023-05-01 | 100
        """,
    )  # fmt: skip
    assert known["workers_year_change"] == {"shrinks": -0.5, "new": None, "gone": None}
    assert known["wage_bill_year_change"] == {"shrinks": -0.25, "new": None, "gone": None}


def test_a_dip_of_the_whole_industry_is_not_the_employer_s(engine):
    workers = {"b1": (4, 2), "b2": (4, 2), "b3": (4, 4), "other": (4, 4)}  # in January, in June
    rows = [
        f"{e} | {n} | {month}-01 | 100"
        for e, counts in workers.items() for month, count in zip(("2024-01", "2024-06"), counts, strict=True) for n in range(count)
    ]  # fmt: skip
    known = features_as_of(
        engine, "2024-06-30", "workers_change", "industry_workers_change", "workers_change_beyond_industry",
        payroll="\n".join(["employer_id | worker_id | month | wage_due", *rows]),
        employers="\n".join(
            ["employer_id | name | industry | known_on", *[f"{e} | {e} | {'x' if e == 'other' else 'b'} | 2020-01-01" for e in [*workers, "idle"]]]
        ),
    )  # fmt: skip
    third = pytest.approx(-1 / 3)
    assert known["industry_workers_change"] == {"b1": third, "b2": third, "b3": third, "other": 0, "idle": third}
    assert known["workers_change_beyond_industry"] == {
        "b1": 0,
        "b2": 0,
        "b3": pytest.approx(1 / 3),
        "other": 0,
        "idle": None,
    }


def test_the_median_of_an_industry_is_of_employers_that_are_open(engine):
    """Two that closed had shrunk to half."""
    workers = {"open": (4, 4), "gone1": (4, 2), "gone2": (4, 2)}
    rows = [
        f"{e} | {n} | {month}-01 | 100"
        for e, counts in workers.items() for month, count in zip(("2024-01", "2024-06"), counts, strict=True) for n in range(count)
    ]  # fmt: skip
    known = features_as_of(
        engine, "2024-06-30", "industry_workers_change", "workers_change_beyond_industry",
        payroll="\n".join(["employer_id | worker_id | month | wage_due", *rows]),
        employers="\n".join(
            ["employer_id | name | industry | known_on | closed_on"]
            + [f"{e} | {e} | b | 2020-01-01 | {'' if e == 'open' else '2024-06-20'}" for e in workers]
        ),
    )  # fmt: skip
    assert known["industry_workers_change"] == dict.fromkeys(workers, 0)
    assert known["workers_change_beyond_industry"]["gone1"] == pytest.approx(-1 / 3)
