"""The handbook's own features of its payments: of the payment, of its customer and of its terminal over 1, 7 and 30 days."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

WINDOWS = (1, 7, 30)
DELAY = 7
CENTS = "round(TX_AMOUNT * 100)::BIGINT"  # added up in whole cents: no order of rows changes a sum
DAY = 86_400  # seconds, in which payments are dated
TOLD = ("customer_payments", "customer_mean", "terminal_payments", "terminal_risk")
OF_PAYMENT = ("amount", "weekend", "night")
FEATURES = (*OF_PAYMENT, *(f"{what}_{days}d" for days in WINDOWS for what in TOLD))
BEFORE = (*OF_PAYMENT, *(f"before_{what}_{days}d" for days in WINDOWS for what in TOLD))


def payments_with_handbook_features(file: Path) -> pd.DataFrame:
    """All payments in order: claim_id, day, customer, terminal, fraud, scenario, FEATURES and their BEFORE, one row a payment.

    As the handbook has them, a window ends with the payment itself, to the second, and the terminal's share of fraud
    (`risk`) is of the window that ended 7 days before. BEFORE are the same with the books of the evening before:
    nothing of the payment's day but itself, and no label decided on that day.
    """
    query = f"""
        SELECT lpad(TRANSACTION_ID::VARCHAR, 9, '0') AS claim_id, TX_DATETIME::DATE AS day, CUSTOMER_ID AS customer,
            TERMINAL_ID AS terminal, TX_FRAUD AS fraud, TX_FRAUD_SCENARIO AS scenario, TX_AMOUNT AS amount,
            (isodow(TX_DATETIME) >= 6)::INT AS weekend, (hour(TX_DATETIME) <= 6)::INT AS night,
            {", ".join(_to_the_second(days) for days in WINDOWS)}, {", ".join(_the_evening_before(days) for days in WINDOWS)}
        FROM read_parquet($file) ORDER BY TRANSACTION_ID"""
    rows: pd.DataFrame = duckdb.connect().execute(query, {"file": str(file)}).df()
    return rows.assign(day=rows["day"].dt.date)


def _to_the_second(days: int) -> str:
    own, delayed, late = (
        _seconds("CUSTOMER_ID", days),
        _seconds("TERMINAL_ID", DELAY + days),
        _seconds("TERMINAL_ID", DELAY),
    )
    seen = f"(count(*) OVER {delayed} - count(*) OVER {late})"
    frauds = f"(sum(TX_FRAUD) OVER {delayed} - sum(TX_FRAUD) OVER {late})"
    return f"""count(*) OVER {own} AS customer_payments_{days}d, avg(TX_AMOUNT) OVER {own} AS customer_mean_{days}d,
        {seen} AS terminal_payments_{days}d, coalesce({frauds} / nullif({seen}, 0), 0) AS terminal_risk_{days}d"""


def _the_evening_before(days: int) -> str:
    own, decided = _days("CUSTOMER_ID", days, 1), _days("TERMINAL_ID", DELAY + days, DELAY + 1)
    count, amount = f"(count(*) OVER {own} + 1)", f"((coalesce(sum({CENTS}) OVER {own}, 0) + {CENTS}) / 100)"
    return f"""{count} AS before_customer_payments_{days}d, {amount} / {count} AS before_customer_mean_{days}d,
        count(*) OVER {decided} AS before_terminal_payments_{days}d,
        coalesce(avg(TX_FRAUD) OVER {decided}, 0) AS before_terminal_risk_{days}d"""


def _seconds(column: str, days: int) -> str:
    return f"(PARTITION BY {column} ORDER BY TX_DATETIME RANGE BETWEEN INTERVAL {days * DAY - 1} SECOND PRECEDING AND CURRENT ROW)"


def _days(column: str, first: int, last: int) -> str:
    span = f"RANGE BETWEEN INTERVAL {first} DAY PRECEDING AND INTERVAL {last} DAY PRECEDING"
    return f"(PARTITION BY {column} ORDER BY TX_DATETIME::DATE {span})"
