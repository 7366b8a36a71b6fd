"""The Fraud Detection Handbook's protocol: which payments of a training and a test week, and who is left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

WEEK = dt.timedelta(days=7)
DELAY_DAYS = 7
LEFT_OUT_AFTER = dt.timedelta(days=DELAY_DAYS + 1)  # the fraud of a customer


@dataclass(frozen=True)
class Weeks:
    """A training week, a week until its labels are known, and a week to be judged by; `first` is the first day.

    `history`: the training goes back to the first day there is, not to `first`.
    """

    first: dt.date
    history: bool = False

    @property
    def end(self) -> dt.date:
        """The day after the training."""
        return self.first + WEEK

    @property
    def test_days(self) -> list[dt.date]:
        return [self.end + WEEK + dt.timedelta(days=n) for n in range(7)]

    def training(self, payments: pd.DataFrame) -> pd.DataFrame:
        """Payments to learn from; all their labels are known before the first test day."""
        return payments[(payments["day"] < self.end) & (self.history | (payments["day"] >= self.first))]

    def test(self, payments: pd.DataFrame) -> pd.DataFrame:
        """Payments of the test week, without customers known to be compromised.

        As the handbook has it: those with a fraud in the training week, and those with one from there on until 8 days
        before the day of the payment. (With all history as training it is the same weeks, so the same payments.)
        """
        frauds = payments[(payments["fraud"] == 1) & (payments["day"] >= self.first)]
        known_on = (frauds.groupby("customer")["day"].min() + LEFT_OUT_AFTER).to_dict()
        rows = payments[payments["day"].isin(self.test_days)]
        days = zip(rows["customer"], rows["day"], strict=True)
        return rows[[known_on.get(customer, dt.date.max) > day for customer, day in days]]
