"""Expected harm with a pencil: exposure times a measured ratio times the risk."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from features.employers import EMPLOYER_FEATURES
from training.harm import FEATURES, HarmRule, measure_harm
from training.limits import HARM_WEIGHT

NAN = float("nan")


def employer(
    staff: float = NAN,
    wage: float = NAN,
    claimed: float = NAN,
    overdue: float = NAN,
    band: str = "10-49",
    **happened: float,
) -> dict[str, object]:
    nothing = dict(
        label=0.0, proven=0.0, arrears=0.0, cleared=0.0, undecided=0.0, unfinished=0.0, money=0.0, workers=0.0
    )
    known = {"workers_3m": staff, "mean_wage_3m": wage, "amount_claimed_12m": claimed, "size_band": band}
    known["unpaid_amount_12m"] = overdue
    return {"still_owed_36m": NAN, "workers_complaining_12m": NAN, **known, **nothing, **happened}


PAID = [employer(20, 100, label=1, arrears=1, money=1000, workers=10)] * 3 + [
    employer(40, 100, label=1, proven=1, money=0, workers=0)
]


def applied(rule: HarmRule, risk: float, one: dict[str, object]) -> tuple[float, float]:
    found = rule.apply(np.array([risk]), {name: np.array([one[name]]) for name in (*FEATURES, "size_band")})
    return float(found.workers[0]), float(found.money[0])


def test_money_is_risk_times_wage_bill_times_ratio() -> None:
    rule = measure_harm(pd.DataFrame(PAID))
    assert rule is not None
    ratio = 3000 / (3 * 2000 + 4000)
    workers, money = applied(rule, 0.5, employer(10, 200))
    assert money == pytest.approx(0.5 * 2000 * ratio)
    assert workers == pytest.approx(0.5 * 10 * 30 / 100)


def test_wages_overdue_are_what_may_be_owed_where_payroll_shows_them() -> None:
    rule = measure_harm(pd.DataFrame([*PAID, employer(10, 100, overdue=500, label=1, arrears=1, money=400, workers=5)]))
    assert rule is not None
    assert applied(rule, 0.5, employer(10, 200, overdue=3000)) == pytest.approx((0.5 * 5, 0.5 * 3000 * 400 / 500))


def test_a_band_of_few_decisions_is_drawn_towards_all() -> None:
    large = employer(400, 100, band="250+", label=1, arrears=1, money=40_000, workers=100)
    rule = measure_harm(pd.DataFrame([*PAID, large]))
    assert rule is not None
    overall, mean = 43_000 / 50_000, 50_000 / 5
    assert rule.money["payroll"]["250+"] == pytest.approx(
        (40_000 + HARM_WEIGHT * mean * overall) / (40_000 + HARM_WEIGHT * mean)
    )
    assert overall < rule.money["payroll"]["250+"] < 1


def test_no_more_workers_than_there_are() -> None:
    rule = HarmRule({"nothing": {"all": 1}}, {"payroll": {"all": 3}, "nothing": {"all": 1}}, {})
    assert applied(rule, 1.0, employer(10, 200))[0] == 10


def test_without_payroll_what_was_claimed_counts_and_else_the_mean() -> None:
    claimed = employer(claimed=500, label=1, proven=1, money=250, workers=2)
    rule = measure_harm(pd.DataFrame([claimed] * 4))
    assert rule is not None
    assert applied(rule, 1.0, employer(claimed=1000)) == pytest.approx((2, 500))
    assert applied(rule, 1.0, employer()) == pytest.approx((2, 250))
    assert applied(rule, 1.0, employer(10, 100)) == pytest.approx((2, 250))  # no decision on anyone with payroll


def test_what_is_not_decided_says_nothing_of_amounts() -> None:
    waiting = employer(20, 100, label=1, undecided=1)
    assert measure_harm(pd.DataFrame([waiting])) is None
    assert measure_harm(pd.DataFrame([*PAID, waiting])) == measure_harm(pd.DataFrame(PAID))


def test_sums_come_out_right_on_what_it_was_measured_on() -> None:
    rule = measure_harm(pd.DataFrame(PAID))
    assert rule is not None
    rows = pd.DataFrame(PAID)
    found = rule.apply(np.ones(len(rows)), {name: rows[name] for name in (*FEATURES, "size_band")})
    assert found.money.sum() == pytest.approx(rows["money"].sum())


def test_it_goes_through_the_card_as_json_and_reads_features_there_are() -> None:
    rule = measure_harm(pd.DataFrame(PAID))
    assert rule is not None
    assert HarmRule(**json.loads(json.dumps(rule.record()))) == rule
    assert all(name in EMPLOYER_FEATURES for name in FEATURES)
