"""The handbook's protocol and figures on payments few enough to count by hand."""

import datetime as dt

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.payout_fraud import handbook
from experiments.payout_fraud.as_of_filing import payments_as_of_filing
from experiments.payout_fraud.card_precision import card_precision, days_of
from experiments.payout_fraud.ceiling import ceiling
from experiments.payout_fraud.judged import compared
from experiments.payout_fraud.protocol import Weeks
from experiments.payout_fraud.vehicle_columns import DECLARED, NAMES, ORDERED, directions, encoded, unknown_words
from experiments.payout_fraud.world import payments_lake
from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.snapshots.claim_take import filing_days

FIRST = dt.date(2018, 6, 27)


def payment(day, customer, fraud=0, **more):
    return {"day": FIRST + dt.timedelta(days=day), "customer": customer, "fraud": fraud, "amount": 10.0, **more}


def test_a_week_to_learn_a_week_of_delay_and_a_week_to_be_judged():
    rows = pd.DataFrame([payment(day, 1) for day in range(-1, 22)])
    weeks = Weeks(FIRST)
    assert list(weeks.training(rows).index) == list(range(1, 8))
    assert list(weeks.test(rows).index) == list(range(15, 22))
    assert list(Weeks(FIRST, history=True).training(rows).index) == list(range(8))
    assert list(Weeks(FIRST, history=True).test(rows).index) == list(range(15, 22))


def test_customers_known_to_be_compromised_are_left_out_from_the_day_it_is_known():
    tested = [payment(day, customer) for customer in "abcd" for day in (14, 15)]
    frauds = [payment(0, "a", 1), payment(6, "b", 1), payment(7, "c", 1), payment(-1, "d", 1)]
    left = Weeks(FIRST).test(pd.DataFrame(tested + frauds))
    assert [(row.customer, (row.day - FIRST).days) for row in left.itertuples()] == [("c", 14), ("d", 14), ("d", 15)]


def test_card_precision_counts_each_customer_once_a_day_and_not_again_once_found():
    test = pd.DataFrame(
        [payment(0, "a", 1), payment(0, "a", 0), payment(0, "b"), payment(0, "c", 1), payment(1, "a", 1), payment(1, "b"), payment(1, "c", 1)]
    )  # fmt: skip
    days, customers = days_of(test, np.array([0.2, 0.9, 0.8, 0.1, 0.9, 0.8, 0.7]))
    assert card_precision(days, np.ones(customers), top=2) == (1 / 2 + 1 / 2) / 2  # a and b; then b and c
    assert card_precision(days, np.array([2.0, 0.0, 1.0]), top=2) == (2 / 2 + 1 / 2) / 2  # a twice; then c alone


def test_one_who_knows_scores_one_and_differences_are_paired():
    test = pd.DataFrame([payment(day, customer, int(customer < 3)) for day in (0, 1) for customer in range(30)])
    right = test["fraud"].to_numpy(np.float64)
    found = compared(test, {"right": right, "wrong": -right}, [("right", "wrong")], seed=1, draws=20)
    assert found["figures"]["right"]["auc"]["value"] == 1
    assert found["differences"]["right less wrong"]["auc"] == {"value": 1, "low": 1, "high": 1}


def test_what_is_not_yet_decided_of_a_terminal_cannot_be_told():
    rows = pd.DataFrame(
        [
            payment(day, day, int(scenario > 0), terminal=terminal, scenario=scenario)
            for day, terminal, scenario in [(0, "t", 2), (6, "t", 2), (7, "t", 2), (6, "u", 1), (7, "u", 0)]
        ]
    )
    found = ceiling(rows, rows[rows["day"] >= FIRST + dt.timedelta(days=6)])
    assert (found["large amount"], found["terminal"], found["terminal, not yet decided"]) == (1, 2, 1)
    assert found["oracle"]["auc"] == pytest.approx(2 / 3 + 1 / 3 / 2)


PUBLISHED = [
    *[(n, day, 1, 10 + n, 100.0, 0) for n, day in enumerate((1, 3, 5, 8, 9, 10))],
    (6, 12, 1, 50, 900.0, 1),
    (7, 13, 2, 50, 10.0, 0),
    (8, 18, 2, 50, 10.0, 0),
    (9, 19, 1, 50, 600.0, 0),
    (10, 19, 2, 50, 10.0, 0),
]


@pytest.fixture
def published(tmp_path):
    columns = ("TRANSACTION_ID", "TX_DATETIME", "CUSTOMER_ID", "TERMINAL_ID", "TX_AMOUNT", "TX_FRAUD")
    rows = [dict(zip(columns, row, strict=True)) for row in PUBLISHED]
    moments = [
        {**row, "TX_DATETIME": dt.datetime(2018, 4, row["TX_DATETIME"], 12), "TX_FRAUD_SCENARIO": 0} for row in rows
    ]
    pq.write_table(pa.Table.from_pylist(moments), tmp_path / "payments.parquet")
    return tmp_path / "payments.parquet"


def test_the_handbooks_features_end_with_the_payment_and_its_risk_a_week_before(published):
    rows = handbook.payments_with_handbook_features(published).set_index("claim_id")
    last = rows.loc["000000010"]
    assert (last["customer_payments_1d"], last["customer_payments_7d"], last["customer_mean_7d"]) == (1, 3, 10)
    assert (last["terminal_payments_7d"], last["terminal_risk_7d"], last["terminal_risk_1d"]) == (1, 1, 1)
    assert rows.loc["000000008"]["terminal_risk_30d"] == 0  # the fraud of 12 April is known on 19 April
    assert {*handbook.FEATURES, *handbook.BEFORE} <= set(rows.columns)
    assert (last["before_customer_payments_7d"], last["before_customer_mean_1d"]) == (3, 10)
    assert last["before_terminal_risk_7d"] == 0  # what is decided on the day is not known the evening before
    assert rows.loc["000000009"]["before_customer_mean_7d"] == 750  # that of the 12th, and itself


def test_the_books_of_the_evening_before_hold_nothing_of_the_day(published, tmp_path, duckdb: Engine):
    lake = payments_lake(tmp_path, published)
    features = [
        CLAIM_FEATURES[name]
        for name in ("claims_of_account_30d", "account_confirmed_share_7d", "amount_to_earlier_mean")
    ]
    evening, before = (
        payments_as_of_filing(lake, duckdb, books, filing_days(lake, duckdb), features)
        .to_pandas()
        .set_index("claim_id")
        for books in ("evening", "evening-before")
    )
    last = "000000010"
    assert (evening.loc[last, "claims_of_account_30d"], before.loc[last, "claims_of_account_30d"]) == (5, 3)
    assert evening.loc[last, "account_confirmed_share_7d"] == 1
    assert np.isnan(before.loc[last, "account_confirmed_share_7d"])  # it is decided on the day
    large = "000000009"
    assert evening.loc[large, "amount_to_earlier_mean"] == pytest.approx(600 / ((6 * 100 + 900) / 7))
    assert before.loc[large, "amount_to_earlier_mean"] == 600 / 100  # before the 12th, more than a week before the 18th


def test_vehicle_claims_become_numbers_in_their_declared_order_and_rates_of_the_training_alone():
    usual = {name: places[0] for name, places in ORDERED.items()} | {"Deductible": 400, "DriverRating": 1}
    makes = [("Honda", 1)] * 10 + [("Ford", 0)] * 10
    training = pd.DataFrame([{**usual, "Age": 30, "Make": m, "PolicyType": "x", "FraudFound_P": f} for m, f in makes])
    test = training.iloc[[0, 19, 0]].assign(Age=[0, 40, 40], FraudFound_P=[0, 1, 0], Make=["Honda", "Ford", "Saab"])
    data = encoded(training, test, seed=1)
    place = {name: NAMES.index(name) for name in ("Age", "Make", "Fault")}
    assert np.isnan(data.test[0, place["Age"]])
    assert data.test[1, place["Fault"]] == 0
    honda, ford, unseen = data.test[:, place["Make"]]
    assert ford < unseen < honda
    assert unseen == 0.5
    assert unknown_words(test.assign(Fault="nobody")) == {"Fault": ["nobody"]}
    assert len(directions()) == len(NAMES)
    assert not set(NAMES) & set(DECLARED["left_out"])
