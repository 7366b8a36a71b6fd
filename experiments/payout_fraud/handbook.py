"""The handbook's own features of its payments: of the payment, of its customer and of its terminal over 1, 7 and 30 days."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

WINDOWS = (1, 7, 30)
DELAY = 7
DAY = 86_400  # seconds, in which payments are dated
FEATURES = (
    "amount", "weekend", "night",
    *(f"{what}_{days}d" for days in WINDOWS for what in ("customer_payments", "customer_mean", "terminal_payments", "terminal_risk")),
)  # fmt: skip


def payments_with_handbook_features(file: Path) -> pd.DataFrame:
    """All payments in order: claim_id, day, customer, terminal, fraud, scenario and FEATURES, one row a payment.

    A window ends with the payment itself; the terminal's share of fraud (`risk`) is of the window that ended 7 days before.
    """
    windowed = ", ".join(_windowed(days) for days in WINDOWS)
    risks = ", ".join(
        f"(frauds_{DELAY + d}d - frauds_{DELAY}d) / nullif(seen_{DELAY + d}d - seen_{DELAY}d, 0) AS risk_{d}d, "
        f"seen_{DELAY + d}d - seen_{DELAY}d AS terminal_payments_{d}d"
        for d in WINDOWS
    )
    query = f"""
        WITH windows AS (
            SELECT *, {windowed}, {_of_terminal(DELAY)}, {", ".join(_of_terminal(DELAY + d) for d in WINDOWS)}
            FROM read_parquet($file)
        )
        SELECT lpad(TRANSACTION_ID::VARCHAR, 9, '0') AS claim_id, TX_DATETIME::DATE AS day, CUSTOMER_ID AS customer,
            TERMINAL_ID AS terminal, TX_FRAUD AS fraud, TX_FRAUD_SCENARIO AS scenario, TX_AMOUNT AS amount,
            (isodow(TX_DATETIME) >= 6)::INT AS weekend, (hour(TX_DATETIME) <= 6)::INT AS night,
            {", ".join(f"customer_payments_{d}d, customer_mean_{d}d" for d in WINDOWS)}, {risks}
        FROM windows ORDER BY TRANSACTION_ID"""
    rows: pd.DataFrame = duckdb.connect().execute(query, {"file": str(file)}).df()
    risk = {f"risk_{days}d": f"terminal_risk_{days}d" for days in WINDOWS}
    rows = rows.rename(columns=risk).fillna(dict.fromkeys(risk.values(), 0.0))
    return rows.assign(day=rows["day"].dt.date)


def _windowed(days: int) -> str:
    over = _over("CUSTOMER_ID", days)
    return f"count(*) OVER {over} AS customer_payments_{days}d, avg(TX_AMOUNT) OVER {over} AS customer_mean_{days}d"


def _of_terminal(days: int) -> str:
    over = _over("TERMINAL_ID", days)
    return f"count(*) OVER {over} AS seen_{days}d, sum(TX_FRAUD) OVER {over} AS frauds_{days}d"


def _over(column: str, days: int) -> str:
    return f"(PARTITION BY {column} ORDER BY TX_DATETIME RANGE BETWEEN INTERVAL {days * DAY - 1} SECOND PRECEDING AND CURRENT ROW)"
