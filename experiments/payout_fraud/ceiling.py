"""What no one could tell: frauds of a test week that nothing known before them sets apart, by the simulator's own mechanisms."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from experiments.payout_fraud.judged import Ranking
from experiments.payout_fraud.protocol import DELAY_DAYS

LARGE, TERMINAL, CUSTOMER = 1, 2, 3  # the handbook's scenarios of fraud
TERMINAL_DAYS = 28  # for which a compromised terminal stays so


def ceiling(payments: pd.DataFrame, test: pd.DataFrame) -> dict[str, Any]:
    """Frauds by mechanism, how many stand at terminals of which no fraud is decided yet, and the figures of one who knew all but those.

    The oracle knows the scenario of every other fraud, so nobody does better; it is no bound that can be reached.
    """
    unknown = _not_yet_decided(payments, test)
    frauds = test["scenario"].value_counts()
    told = np.asarray((test["fraud"] == 1) & ~unknown, dtype=np.float64)
    return {
        "large amount": int(frauds.get(LARGE, 0)),
        "terminal": int(frauds.get(TERMINAL, 0)),
        "customer": int(frauds.get(CUSTOMER, 0)),
        "terminal, not yet decided": int(unknown.sum()),
        "oracle": Ranking(test, told).figures(),
    }


def _not_yet_decided(payments: pd.DataFrame, test: pd.DataFrame) -> pd.Series:
    """Whether each of `test` is the fraud of a terminal without a fraud decided since it was compromised."""
    frauds = payments[payments["scenario"] == TERMINAL]
    days = {terminal: np.sort(own.to_numpy()) for terminal, own in frauds.groupby("terminal")["day"]}
    here = test["scenario"] == TERMINAL
    unknown = [
        not _decided_before(days[t], day) for t, day in zip(test["terminal"][here], test["day"][here], strict=True)
    ]
    return (
        pd.Series(False, test.index).mask(here, pd.Series(unknown, test.index[here]).reindex(test.index)).astype(bool)
    )


def _decided_before(days: np.ndarray, day: dt.date) -> bool:
    """Whether any of a terminal's days of fraud lies in its compromise and was decided by `day`."""
    oldest, newest = day - dt.timedelta(days=TERMINAL_DAYS - 1), day - dt.timedelta(days=DELAY_DAYS)
    return bool(((days >= oldest) & (days <= newest)).any())
