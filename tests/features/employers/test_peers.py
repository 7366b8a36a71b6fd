"""Where the employer stands among its peers."""

import pytest

from tests.features.worlds import features_as_of

DAY = "2024-06-30"
AMONG_PEERS = (
    "complaints_12m_among_peers",
    "complaints_fading_among_peers",
    "amount_claimed_among_peers",
    "unpaid_share_among_peers",
)


def town(employers):
    """`employers` builders, of whom the nth has n complaints of 100 and n of 100 unpaid, and one idle caterer."""
    ids = [f"b{number:02}" for number in range(employers)]
    return {
        "employers": "\n".join(
            ["employer_id | name | industry | region | known_on"]
            + [f"{i} | {i} | building | north | 2020-01-01" for i in ids]
            + ["caterer | Caterer | catering | north | 2020-01-01"]
        ),
        "complaints": "\n".join(
            ["complaint_id | employer_id | filed_on | amount_claimed"]
            + [f"{i}-{n} | {i} | 2024-06-01 | 100" for number, i in enumerate(ids) for n in range(number)]
        ),
        "payroll": "\n".join(
            ["employer_id | worker_id | month | wage_due | wage_paid | paid_on"]
            + [f"{i} | 1 | 2024-05-01 | 100 | {100 - number} | 2024-06-01" for number, i in enumerate(ids)]
        ),
    }


def test_twenty_peers_are_enough(engine):
    """The nth of twenty builders has n of the other nineteen below it; the caterer is ranked among everybody."""
    known = features_as_of(engine, DAY, *AMONG_PEERS, **town(20))
    nth = {f"b{number:02}": number / 19 for number in range(20)}
    assert known["complaints_12m_among_peers"] == pytest.approx({**nth, "caterer": 0})
    assert known["complaints_fading_among_peers"] == pytest.approx({**nth, "caterer": 0})
    assert known["amount_claimed_among_peers"] == pytest.approx({**nth, "caterer": 0})
    assert known["unpaid_share_among_peers"] == pytest.approx({**nth, "caterer": None})  # it has no payroll


def test_nineteen_peers_are_too_few_and_everybody_is_asked(engine):
    """With the caterer there are twenty; it and the first builder are without complaints, the second has both below."""
    known = features_as_of(engine, DAY, *AMONG_PEERS, **town(19))
    nth = {f"b{number:02}": (number + 1) / 19 if number else 0 for number in range(19)}
    assert known["complaints_12m_among_peers"] == pytest.approx({**nth, "caterer": 0})
    assert known["complaints_fading_among_peers"] == pytest.approx({**nth, "caterer": 0})
    assert known["amount_claimed_among_peers"] == pytest.approx({**nth, "caterer": 0})
    assert known["unpaid_share_among_peers"] == pytest.approx(
        {**{f"b{n:02}": n / 18 for n in range(19)}, "caterer": None}
    )


def test_peers_with_as_much_have_the_same_place(engine):
    """The same complaints, told in another order, are not more of them."""
    days = ["2024-06-01", "2024-05-17", "2024-03-03", "2023-11-11", "2022-02-02"]
    orders = {"a": days, "b": days[::-1], "c": days[2:] + days[:2], "none": []}
    complaints = [f"{i}-{n} | {i} | {day}" for i, order in orders.items() for n, day in enumerate(order)]
    known = features_as_of(
        engine, DAY, "complaints_fading_among_peers",
        employers="\n".join(["employer_id | name | known_on", *[f"{i} | {i} | 2020-01-01" for i in orders]]),
        complaints="\n".join(["complaint_id | employer_id | filed_on", *complaints]),
    )  # fmt: skip
    assert known["complaints_fading_among_peers"] == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3, "none": 0})


def test_where_a_region_has_too_few_the_same_size_is_asked_before_the_whole_industry(engine):
    """Ten builders of one worker in each of two regions, and thirty of ten: twenty of its size are enough."""
    sizes = [*[("north", 1)] * 10, *[("south", 1)] * 10, *[("north", 10)] * 30]
    ids = {f"b{n:02}": place for n, place in enumerate(sizes)}
    lines = [f"{i} | {w} | 2024-05-01 | {100 + n}" for n, (i, (_, size)) in enumerate(ids.items()) for w in range(size)]
    known = features_as_of(
        engine, DAY, "mean_wage_among_peers", "days_late_among_peers",
        employers="\n".join(
            ["employer_id | name | industry | region | known_on", *[f"{i} | {i} | building | {r} | 2020-01-01" for i, (r, _) in ids.items()]]
        ),
        payroll="\n".join(["employer_id | worker_id | month | wage_due", *lines]),
    )  # fmt: skip
    small = {f"b{n:02}": n / 19 for n in range(20)}
    large = {f"b{n:02}": (n - 20) / 29 for n in range(20, 50)}
    assert known["mean_wage_among_peers"] == pytest.approx({**small, **large})
    assert known["days_late_among_peers"] == dict.fromkeys(ids)  # nobody was paid


def test_the_many_without_arrears_have_nobody_below_them(engine):
    """Of twenty, two owe: the eighteen others are equal at the bottom, not at the middle."""
    lines = [f"e{n:02} | 1 | pension | 2024-05-01 | 100 | {0 if n < 2 else 100} | 2024-06-01" for n in range(20)]
    known = features_as_of(
        engine, DAY, "contributions_unpaid_among_peers",
        contributions="\n".join(["employer_id | worker_id | scheme | month | due | paid | paid_on", *lines]),
    )  # fmt: skip
    value = {f"e{n:02}": 18 / 19 if n < 2 else 0 for n in range(20)}
    assert known["contributions_unpaid_among_peers"] == pytest.approx(value)


def test_complaints_for_workers_and_changes_are_compared_too(engine):
    """Four employers: the nth has 4 + n workers where it had 4, and n complaints."""
    ids = [f"e{n}" for n in range(4)]
    lines = [
        f"{i} | {i}{worker} | {month} | 100"
        for n, i in enumerate(ids) for month in ("2023-05-01", "2024-05-01") for worker in range(4 + n * (month > "2024"))
    ]  # fmt: skip
    known = features_as_of(
        engine, DAY, "complaints_per_100_workers_among_peers", "workers_change_among_peers", "wage_bill_year_change_among_peers",
        payroll="\n".join(["employer_id | worker_id | month | wage_due", *lines]),
        complaints="\n".join(
            ["complaint_id | employer_id | filed_on", *[f"{i}-{c} | {i} | 2024-06-01" for n, i in enumerate(ids) for c in range(n)]]
        ),
    )  # fmt: skip
    nth = pytest.approx({i: n / 3 for n, i in enumerate(ids)})
    assert known["complaints_per_100_workers_among_peers"] == nth
    assert known["wage_bill_year_change_among_peers"] == nth
    assert known["workers_change_among_peers"] == dict.fromkeys(ids, 0)  # the month a year ago is not among the last 12


def test_whom_nobody_can_complain_of_any_more_is_no_peer(engine):
    """Forty that closed do not move the twenty builders; one that closed is itself set against those that are open."""
    world = town(20)
    del world["payroll"]  # all are of unknown size
    world["employers"] = "\n".join(
        [
            f"{line} | {'closed_on' if number == 0 else ''}"
            for number, line in enumerate(world["employers"].splitlines())
        ]
        + [f"gone{n:02} | G | building | north | 2020-01-01 | 2022-06-30" for n in range(40)]
        + ["today | T | building | north | 2020-01-01 | 2024-06-30", "later | L | building | north | 2020-01-01 | 2024-07-01"]
    )  # fmt: skip
    world["complaints"] += "\ntoday-1 | today | 2024-06-01 | 100\nlater-1 | later | 2024-06-01 | 100"
    complaints = features_as_of(engine, DAY, "complaints_12m_among_peers", **world)["complaints_12m_among_peers"]
    # open are the twenty builders and `later`, who has as many complaints as b01
    assert {i: complaints[i] for i in ("b00", "b01", "later", "b02", "b19")} == pytest.approx(
        {"b00": 0, "b01": 1 / 20, "later": 1 / 20, "b02": 3 / 20, "b19": 1}
    )
    assert complaints["today"] == pytest.approx(1 / 21)
    assert complaints["gone00"] == complaints["gone39"] == 0
