"""`plumbline adapt payments`: the Fraud Detection Handbook's card payments into claims, payouts and claim_decisions."""

from __future__ import annotations

import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from features.adapters.source_files import UnreadableSource
from features.errors import BadInput
from features.lake.duck import connect, names, number, parquet, quoted

DELAY_DAYS: int = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["decision_delay_days"]["value"]
READ = ("TRANSACTION_ID", "TX_DATETIME", "CUSTOMER_ID", "TERMINAL_ID", "TX_AMOUNT", "TX_FRAUD")
DIGITS = 9  # identifiers sort as text as they sort as numbers
MEMORY = "2GB"
NOTES = (
    "The payments are simulated: nothing is shown of real ones.",
    "The person is the customer, the account paid to is the terminal, and each payment is a claim paid at once.",
    "The scenario of a fraud is in no register; what a payment was stands in claim_decisions alone.",
)

REGISTERS = {
    "claims": """SELECT claim_id, 'other' AS scheme, TX_DATETIME::TIMESTAMP AS filed_at, CUSTOMER_ID::VARCHAR AS person_id,
        amount, TERMINAL_ID::VARCHAR AS account, TX_DATETIME::DATE AS known_on FROM payments ORDER BY claim_id""",
    "payouts": """SELECT claim_id AS payout_id, claim_id, TX_DATETIME::TIMESTAMP AS paid_at, amount,
        TERMINAL_ID::VARCHAR AS account, TX_DATETIME::DATE AS known_on FROM payments ORDER BY claim_id""",
    "claim_decisions": """SELECT claim_id, decided_on, CASE WHEN TX_FRAUD = 1 THEN 'fraud' ELSE 'genuine' END AS finding,
        CASE WHEN TX_FRAUD = 1 THEN amount ELSE 0 END::DECIMAL(18, 2) AS amount_lost, 'routine' AS trigger,
        decided_on AS known_on FROM payments ORDER BY claim_id""",
}


@dataclass(frozen=True)
class PaymentsReport:
    """What went in and what came out. `frauds` are decisions with that finding."""

    rows_in: int
    claims: int
    payouts: int
    decisions: int
    frauds: int
    delay_days: int
    notes: tuple[str, ...] = NOTES


def adapt_payments(files: list[Path], out: Path, delay_days: int = DELAY_DAYS) -> PaymentsReport:
    """Write `claims`, `payouts` and `claim_decisions` (Parquet) into `out`; a payment is decided `delay_days` later.

    UnreadableSource where a file is not Parquet or lacks a column, BadInput where payments repeat an identifier or
    miss a value; nothing is written then.
    """
    with tempfile.TemporaryDirectory() as scratch:
        con = connect(Path(scratch), MEMORY)
        _read(con, files, delay_days)
        rows = number(con, "SELECT count(*) FROM payments")
        _must_be_whole(con, rows)
        out.mkdir(parents=True, exist_ok=True)
        for register, query in REGISTERS.items():
            con.execute(f"COPY ({query}) TO {quoted(out / f'{register}.parquet')} (FORMAT parquet)")
        frauds = number(con, "SELECT count(*) FROM payments WHERE TX_FRAUD = 1")
    return PaymentsReport(rows, rows, rows, rows, frauds, delay_days)


def _read(con: duckdb.DuckDBPyConnection, files: list[Path], delay_days: int) -> None:
    for path in files:
        missing = sorted(set(READ) - _columns(con, path))
        if missing:
            raise UnreadableSource(
                f"{path}: no column {', '.join(missing)}; expected the handbook's payments with {', '.join(READ)}"
            )
    con.execute(
        f"""CREATE TABLE payments AS SELECT {names(READ)},
        lpad(TRANSACTION_ID::VARCHAR, {DIGITS}, '0') AS claim_id, TX_AMOUNT::DECIMAL(18, 2) AS amount,
        TX_DATETIME::DATE + {int(delay_days)} AS decided_on FROM {parquet(files)}"""
    )


def _columns(con: duckdb.DuckDBPyConnection, path: Path) -> set[str]:
    try:
        described = con.execute(f"DESCRIBE SELECT * FROM {parquet([path])}").fetchall()
    except duckdb.Error as error:
        raise UnreadableSource(f"{path}: not a Parquet file that can be read ({error})") from error
    return {str(row[0]) for row in described}


def _must_be_whole(con: duckdb.DuckDBPyConnection, rows: int) -> None:
    different = number(con, "SELECT count(DISTINCT claim_id) FROM payments")
    empty = " OR ".join(f"{column} IS NULL" for column in READ)
    odd = number(con, f"SELECT count(*) FROM payments WHERE {empty} OR TX_FRAUD NOT IN (0, 1) OR amount < 0")
    if different == rows and not odd:
        return
    raise BadInput(
        "these payments are not whole",
        found=f"{rows - different:,} repeated TRANSACTION_ID, {odd:,} rows with an empty value, an amount below 0 or a TX_FRAUD other than 0 and 1",
        expected="each payment once, with all of " + ", ".join(READ),
        do="give each file once, as published",
    )
