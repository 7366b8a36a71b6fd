"""From a few payments as the handbook publishes them to the registers."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.adapters.payments import adapt_payments
from features.adapters.source_files import UnreadableSource
from features.errors import BadInput
from features.lake.ingest import ingest
from features.lake.lake import Lake

NOON = dt.datetime(2018, 4, 1, 12)
PAYMENT = {
    "TRANSACTION_ID": 1,
    "TX_DATETIME": NOON,
    "CUSTOMER_ID": 596,
    "TERMINAL_ID": 3156,
    "TX_AMOUNT": 57.16,
    "TX_FRAUD": 0,
}
FRAUD = {**PAYMENT, "TRANSACTION_ID": 2, "TX_AMOUNT": 230.0, "TX_FRAUD": 1}
PUBLISHED = Path(__file__).parents[4] / "shared" / "data" / "payment_fraud_handbook"


def saved(path, rows):
    """Payments with the column that must not reach any register."""
    pq.write_table(pa.Table.from_pylist([{**row, "TX_FRAUD_SCENARIO": 3 * row["TX_FRAUD"]} for row in rows]), path)
    return path


def registers(out):
    return {path.stem: pq.read_table(path).to_pylist() for path in out.glob("*.parquet")}


def test_a_payment_is_a_claim_paid_at_once_and_decided_a_week_later(tmp_path):
    adapt_payments([saved(tmp_path / "a.parquet", [PAYMENT])], tmp_path / "out")
    found, day = registers(tmp_path / "out"), NOON.date()
    assert found["claims"] == [
        {
            "claim_id": "000000001", "scheme": "other", "filed_at": NOON, "person_id": "596", "amount": Decimal("57.16"),
            "account": "3156", "known_on": day,
        }
    ]  # fmt: skip
    assert found["payouts"] == [
        {
            "payout_id": "000000001", "claim_id": "000000001", "paid_at": NOON, "amount": Decimal("57.16"), "account": "3156",
            "known_on": day,
        }
    ]  # fmt: skip
    assert found["claim_decisions"] == [
        {
            "claim_id": "000000001", "decided_on": dt.date(2018, 4, 8), "finding": "genuine", "amount_lost": Decimal(0),
            "trigger": "routine", "known_on": dt.date(2018, 4, 8),
        }
    ]  # fmt: skip


def test_what_a_payment_was_stands_in_decisions_alone(tmp_path):
    rows = [PAYMENT, FRAUD]
    adapt_payments([saved(tmp_path / "a.parquet", rows)], tmp_path / "as-it-was")
    adapt_payments([saved(tmp_path / "b.parquet", [{**row, "TX_FRAUD": 0} for row in rows])], tmp_path / "all-genuine")
    was, genuine = registers(tmp_path / "as-it-was"), registers(tmp_path / "all-genuine")
    assert was["claims"] == genuine["claims"]
    assert was["payouts"] == genuine["payouts"]
    assert [(row["finding"], row["amount_lost"]) for row in was["claim_decisions"]] == [("genuine", 0), ("fraud", 230)]


def test_the_delay_may_be_another(tmp_path):
    adapt_payments([saved(tmp_path / "a.parquet", [FRAUD])], tmp_path / "out", delay_days=0)
    assert registers(tmp_path / "out")["claim_decisions"][0]["decided_on"] == NOON.date()


@pytest.mark.parametrize(
    "rows",
    [[PAYMENT, PAYMENT], [{**PAYMENT, "TX_AMOUNT": -1.0}], [{**PAYMENT, "TX_FRAUD": 2}], [PAYMENT, {**FRAUD, "TX_AMOUNT": None}]],
    ids=["repeated", "below 0", "neither fraud nor genuine", "empty"],
)  # fmt: skip
def test_payments_that_are_not_whole_are_refused(tmp_path, rows):
    with pytest.raises(BadInput, match="not whole"):
        adapt_payments([saved(tmp_path / "a.parquet", rows)], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_another_file_is_refused_with_the_columns_it_lacks(tmp_path):
    pq.write_table(pa.table({"TRANSACTION_ID": [1]}), tmp_path / "a.parquet")
    with pytest.raises(UnreadableSource, match="no column CUSTOMER_ID, TERMINAL_ID"):
        adapt_payments([tmp_path / "a.parquet"], tmp_path / "out")
    (tmp_path / "b.parquet").write_text("no payments")
    with pytest.raises(UnreadableSource, match="not a Parquet file"):
        adapt_payments([tmp_path / "b.parquet"], tmp_path / "out")


def test_what_comes_out_is_ingested_whole(tmp_path):
    adapt_payments([saved(tmp_path / "a.parquet", [PAYMENT, FRAUD])], tmp_path / "out")
    lake = Lake(tmp_path / "lake")
    ingest(tmp_path / "out", lake)
    rows = [row for file in lake.files("claims", 1) for row in pq.read_table(file.path).to_pylist()]
    assert {row["claim_id"]: row["amount"] for row in rows} == {
        "000000001": Decimal("57.16"),
        "000000002": Decimal(230),
    }


@pytest.mark.skipif(not PUBLISHED.exists(), reason=f"the handbook's payments are not at {PUBLISHED}")
def test_every_published_payment_is_there(tmp_path):
    report = adapt_payments(sorted(PUBLISHED.glob("*.parquet")), tmp_path / "out")
    assert (report.claims, report.payouts, report.decisions) == (1_169_723,) * 3
    assert report.frauds == 9_465
