"""What wages are, against the minimum and against their own past."""

import pytest

from tests.features.employers.places import PLACES, in_places
from tests.features.worlds import features_as_of, features_on

DAY = "2024-06-30"


def test_wages_below_the_minimum_are_those_of_the_region(engine):
    """Shipped: 2,300 in qinglan, 1,800 in dongdu; the table knows no other place. Who is due nothing is not below."""
    wages = enumerate(("1799.99", "1800", "2299.99", "2300", "0"))
    lines = [f"{e} | {n} | 2024-05-01 | {wage}" for n, wage in wages for e in PLACES]
    known = features_as_of(
        engine, DAY, "below_minimum_share_6m", employers=in_places(PLACES),
        payroll="\n".join(["employer_id | worker_id | month | wage_due", *lines]),
    )  # fmt: skip
    assert known["below_minimum_share_6m"] == {"qinglan": 0.75, "dongdu": 0.25, "elsewhere": None, "nowhere": None}


def test_the_region_is_the_one_known_on_the_day(engine):
    """Moved, as was learned on 30 June: the wage is below the minimum of the old region, not of the new."""
    employers = """
        employer_id | name | region  | known_on
        moved       | M    | qinglan | 2020-01-01
        moved       | M    | dongdu  | 2024-06-30
        """
    payroll = """
        employer_id | worker_id | month      | wage_due
        moved       | 1         | 2024-05-01 | 2000
        """
    before, on = features_on(
        engine, ["2024-06-29", DAY], "below_minimum_share_6m", employers=employers, payroll=payroll
    ).values()
    assert before["below_minimum_share_6m"] == {"moved": 1}
    assert on["below_minimum_share_6m"] == {"moved": 0}


def test_the_highest_month_against_the_mean(engine):
    known = features_as_of(
        engine, DAY, "pay_spike_12m", "mean_wage_change",
        payroll="""
        employer_id | worker_id | month      | wage_due
        spike       | 1         | 2024-06-01 | 100
        spike       | 1         | 2024-01-01 | 300
        spike       | 1         | 2023-12-01 | 100
        spike       | 2         | 2023-12-01 | 100
        level       | 1         | 2024-06-01 | 100
        level       | 2         | 2024-06-01 | 100
        level       | 1         | 2024-01-01 | 100
        nothing     | 1         | 2024-01-01 | 0
        """,
    )  # fmt: skip
    assert known["pay_spike_12m"] == {"spike": pytest.approx(2), "level": 1, "nothing": None}
    assert known["mean_wage_change"] == {"spike": pytest.approx(-1 / 3), "level": 0, "nothing": None}


def test_a_round_lump_is_not_the_wage_due(engine):
    known = features_as_of(
        engine, DAY, "round_paid_share_12m",
        payroll="""
        employer_id | worker_id | month      | wage_due | wage_paid | paid_on
        lump        | 1         | 2024-05-01 | 4321     | 1500      | 2024-06-10
        not_round   | 1         | 2024-05-01 | 4321     | 1499.99   | 2024-06-10
        as_due      | 1         | 2024-05-01 | 4500     | 4500      | 2024-06-10
        one_of_two  | 1         | 2024-05-01 | 4321     | 500       | 2024-06-10
        one_of_two  | 2         | 2024-05-01 | 4321     | 4321      | 2024-06-10
        one_of_two  | 3         | 2024-05-01 | 4321     |           |
        """,
    )  # fmt: skip
    assert known["round_paid_share_12m"] == {"lump": 1, "not_round": 0, "as_due": 0, "one_of_two": 0.5}
