"""People: who came, left and stayed, who is on two payrolls, and payroll against insurance."""

from tests.features.worlds import features_as_of, features_on

DAY = "2024-06-30"


def test_who_joins_and_who_leaves_is_told_by_the_month_before(engine):
    known = features_as_of(
        engine, DAY, "joined_a_month_3m", "joined_a_month_12m", "left_a_month_3m", "left_a_month_12m", "most_left_in_a_month_12m", "leaving_change",
        payroll="""
        employer_id | worker_id | month      | wage_due
        steady      | 1         | 2024-04-01 | 100
        steady      | 1         | 2024-05-01 | 100
        steady      | 1         | 2024-06-01 | 100
        swaps       | 2         | 2024-05-01 | 100
        swaps       | 3         | 2024-06-01 | 100
        shrinks     | 4         | 2024-05-01 | 100
        shrinks     | 5         | 2024-05-01 | 100
        shrinks     | 4         | 2024-06-01 | 100
        left_march  | 6         | 2024-02-01 | 100
        left_march  | 7         | 2024-02-01 | 100
        left_march  | 6         | 2024-03-01 | 100
        left_march  | 6         | 2024-04-01 | 100
        """,
    )  # fmt: skip
    assert known["joined_a_month_3m"] == {"steady": 0, "swaps": 1, "shrinks": 0, "left_march": 0}
    assert known["joined_a_month_12m"] == {"steady": 0, "swaps": 1, "shrinks": 0, "left_march": 0}
    assert known["left_a_month_3m"] == {"steady": 0, "swaps": 1, "shrinks": 0.5, "left_march": 0}
    assert known["left_a_month_12m"] == {"steady": 0, "swaps": 1, "shrinks": 0.5, "left_march": 1 / 3}
    assert known["most_left_in_a_month_12m"] == {"steady": 0, "swaps": 1, "shrinks": 0.5, "left_march": 0.5}
    assert known["leaving_change"] == {"steady": 0, "swaps": 0, "shrinks": 0, "left_march": -1 / 3}


def test_leaving_is_compared_with_that_of_others(engine):
    """Four employers of four: the nth loses n of them."""
    lines = [
        f"e{n} | {n}{worker} | 2024-0{month}-01 | 100"
        for n in range(4) for worker in range(4) for month in (5, 6) if month == 5 or worker >= n
    ]  # fmt: skip
    known = features_as_of(
        engine, DAY, "leaving_among_peers", payroll="\n".join(["employer_id | worker_id | month | wage_due", *lines])
    )
    assert known["leaving_among_peers"] == {"e0": 0, "e1": 1 / 3, "e2": 2 / 3, "e3": 1}


def test_who_stops_filing_loses_nobody(engine):
    known = features_as_of(
        engine, DAY, "left_a_month_3m", "joined_a_month_3m", "left_a_month_12m",
        payroll="""
        employer_id | worker_id | month      | wage_due
        stops       | 1         | 2024-04-01 | 100
        stops       | 1         | 2024-03-01 | 100
        gap         | 1         | 2024-04-01 | 100
        gap         | 2         | 2024-06-01 | 100
        new         | 1         | 2024-06-01 | 100
        """,
    )  # fmt: skip
    assert known["left_a_month_3m"] == {"stops": 0, "gap": None, "new": None}
    assert known["joined_a_month_3m"] == {"stops": 0, "gap": None, "new": None}


LATE_ROW = """
    employer_id | worker_id | month      | wage_due | known_on
    a           | 1         | 2024-05-01 | 100      | 2024-05-31
    a           | 1         | 2024-06-01 | 100      | 2024-06-30
    a           | 2         | 2024-05-01 | 100      | 2024-05-31
    a           | 2         | 2024-06-01 | 100      | 2024-07-10
    a           | 3         | 2024-06-01 | 100      | 2024-06-30
    a           | 3         | 2024-05-01 | 100      | 2024-07-12
    """


def test_a_row_known_late_takes_back_that_somebody_left_or_joined_from_its_day(engine):
    names = ("left_a_month_3m", "joined_a_month_3m")
    days = ("2024-06-29", "2024-06-30", "2024-07-09", "2024-07-10", "2024-07-11", "2024-07-12")
    known = features_on(engine, days, *names, payroll=LATE_ROW)
    left, joined = ({day: known[day][name]["a"] for day in days} for name in names)
    assert left == {
        "2024-06-29": None, "2024-06-30": 0.5, "2024-07-09": 0.5, "2024-07-10": 0, "2024-07-11": 0, "2024-07-12": 0,
    }  # fmt: skip
    assert joined == {
        "2024-06-29": None, "2024-06-30": 0.5, "2024-07-09": 0.5, "2024-07-10": 0.5, "2024-07-11": 0.5, "2024-07-12": 0,
    }  # fmt: skip


def test_a_corrected_row_does_not_undo_that_somebody_was_there(engine):
    known = features_as_of(
        engine, DAY, "left_a_month_3m", "on_two_payrolls_3m",
        payroll="""
        employer_id | worker_id | month      | wage_due | known_on
        a           | 1         | 2024-05-01 | 100      | 2024-05-31
        a           | 1         | 2024-05-01 | 0        | 2024-06-15
        a           | 1         | 2024-06-01 | 100      | 2024-06-30
        """,
    )  # fmt: skip
    assert known == {"left_a_month_3m": {"a": 0}, "on_two_payrolls_3m": {"a": 0}}


def test_who_stayed_was_there_in_the_same_month_a_year_earlier(engine):
    known = features_as_of(
        engine, DAY, "stayed_a_year_3m",
        payroll="""
        employer_id | worker_id | month      | wage_due
        half        | 1         | 2023-06-01 | 100
        half        | 1         | 2024-06-01 | 100
        half        | 2         | 2024-06-01 | 100
        half        | 3         | 2024-05-01 | 100
        other_month | 1         | 2023-05-01 | 100
        other_month | 1         | 2024-06-01 | 100
        """,
    )  # fmt: skip
    assert known["stayed_a_year_3m"] == {"half": 0.5, "other_month": None}


def test_two_payrolls_of_the_same_month_count_with_both_employers(engine):
    text = """
        employer_id | worker_id | month      | wage_due | known_on
        a           | 1         | 2024-06-01 | 100      | 2024-06-30
        a           | 2         | 2024-06-01 | 100      | 2024-06-30
        b           | 1         | 2024-06-01 | 100      | 2024-07-05
        b           | 2         | 2024-05-01 | 100      | 2024-05-31
        """
    known = features_on(engine, ["2024-07-04", "2024-07-05"], "on_two_payrolls_3m", payroll=text)
    assert known == {
        "2024-07-04": {"on_two_payrolls_3m": {"a": 0, "b": 0}},
        "2024-07-05": {"on_two_payrolls_3m": {"a": 0.5, "b": 0.5}},
    }


def test_insured_and_not_on_the_payroll_and_the_reverse(engine):
    contributions = """
        employer_id | worker_id | month      | scheme  | due | known_on
        a           | 1         | 2024-06-01 | pension | 10  | 2024-06-30
        a           | 1         | 2024-06-01 | medical | 10  | 2024-06-30
        a           | 2         | 2024-06-01 | medical | 10  | 2024-06-30
        a           | 3         | 2024-06-01 | pension | 10  | 2024-07-09
        no_payroll  | 1         | 2024-06-01 | pension | 10  | 2024-06-30
        """
    payroll = """
        employer_id | worker_id | month      | wage_due
        a           | 1         | 2024-06-01 | 100
        a           | 3         | 2024-06-01 | 100
        uninsured   | 4         | 2024-06-01 | 100
        """
    names = (
        "insured_not_on_payroll_3m",
        "on_payroll_not_insured_3m",
        "insured_not_on_payroll_12m",
        "on_payroll_not_insured_12m",
    )
    known, later = features_on(
        engine, [DAY, "2024-07-09"], *names, payroll=payroll, contributions=contributions
    ).values()
    for months in ("3m", "12m"):
        assert known[f"insured_not_on_payroll_{months}"] == {"a": 0.5, "no_payroll": None, "uninsured": None}
        assert known[f"on_payroll_not_insured_{months}"] == {"a": 0.5, "no_payroll": None, "uninsured": None}
    assert later["insured_not_on_payroll_3m"]["a"] == 1 / 3
    assert later["on_payroll_not_insured_3m"]["a"] == 0


def test_workers_below_the_largest_month(engine):
    known = features_as_of(
        engine, DAY, "workers_below_most_12m",
        payroll="""
        employer_id | worker_id | month      | wage_due
        half        | 1         | 2024-06-01 | 100
        half        | 1         | 2023-07-01 | 100
        half        | 2         | 2023-07-01 | 100
        before      | 1         | 2024-06-01 | 100
        before      | 1         | 2023-06-01 | 100
        before      | 2         | 2023-06-01 | 100
        """,
    )  # fmt: skip
    assert known["workers_below_most_12m"] == {"half": 0.5, "before": 0}
