"""The handbook's Card Precision@100: precision among the most suspicious customers of each day, averaged over days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from training.artefact import Floats

TOP = 100
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Day:
    """The customers of one day, the most suspicious first: their places in the list of all, and 1 where one was defrauded."""

    customer: Places
    fraud: Floats


def days_of(test: pd.DataFrame, score: Floats) -> tuple[list[Day], int]:
    """Each day of `test` (day, customer, fraud) in order, and how many customers there are.

    A customer is as suspicious as its highest score of the day.
    """
    place, customers = pd.factorize(test["customer"], sort=True)
    rows = pd.DataFrame(
        {"day": test["day"].to_numpy(), "customer": place, "fraud": test["fraud"].to_numpy(), "score": score}
    )
    highest = rows.groupby(["day", "customer"], as_index=False)[["score", "fraud"]].max()
    ordered = highest.sort_values(["day", "score"], ascending=[True, False], kind="stable")
    days = [Day(one["customer"].to_numpy(), one["fraud"].to_numpy(np.float64)) for _, one in ordered.groupby("day")]
    return days, len(customers)


def card_precision(days: list[Day], weight: Floats, top: int = TOP) -> float:
    """Mean over `days` of the precision among the first `top`; `weight` (customers,) is how often each was drawn.

    One found defrauded among the first of a day is known, and not listed again on later days.
    """
    listed = weight.copy()
    precisions = []
    for day in days:
        own = listed[day.customer]
        taken = np.clip(top - (np.cumsum(own) - own), 0, own)
        hits = day.fraud > 0
        precisions.append(float(taken[hits].sum()) / top)
        listed[day.customer[hits & (taken > 0)]] = 0
    return float(np.mean(precisions))
