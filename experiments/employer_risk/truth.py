"""What was true of employers in the horizon after a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
from dateutil.relativedelta import relativedelta

TRUTHS = ("arrears", "begins")


def read_truth(path: Path) -> pd.DataFrame:
    """employer_id, month (first day, Timestamp), in_arrears, amount_owed as a province wrote them."""
    columns = ["employer_id", "month", "in_arrears", "amount_owed"]
    truth: pd.DataFrame = pq.read_table(path, columns=columns).to_pandas()
    return truth.assign(month=pd.to_datetime(truth["month"]), amount_owed=truth["amount_owed"].astype("float64"))


def truth_after(truth: pd.DataFrame, day: dt.date, months: int) -> pd.DataFrame:
    """By employer_id, for a `day` that ends a month: owing (on the day), arrears (at the end of any month of the
    horizon), begins (arrears of those who do not owe on the day, else NaN), owed (the most, at the end of a month),
    owing_share (of the months of the horizon that end with arrears)."""
    this = pd.Timestamp(day.replace(day=1))
    last = pd.Timestamp((day + relativedelta(months=months)).replace(day=1))
    ahead = truth[(truth["month"] > this) & (truth["month"] <= last)].groupby("employer_id")
    found = pd.DataFrame({"arrears": ahead["in_arrears"].max().astype("float64"), "owed": ahead["amount_owed"].max()})
    found["owing_share"] = ahead["in_arrears"].mean().astype("float64")
    now = truth[truth["month"] == this].set_index("employer_id")["in_arrears"]
    found["owing"] = now.reindex(found.index).fillna(False).astype(bool)
    return found.assign(begins=found["arrears"].where(~found["owing"]))


def with_truth(rows: pd.DataFrame, truth: pd.DataFrame, months: int) -> pd.DataFrame:
    """`rows` (as_of, employer_id, …) with owing, arrears, begins, owed and owing_share; who is in no truth row owes nothing."""
    parts = [
        part.merge(truth_after(truth, as_date(day), months), left_on="employer_id", right_index=True, how="left")
        for day, part in rows.groupby("as_of")
    ]
    joined = pd.concat(parts).reindex(rows.index)
    absent = joined["arrears"].isna()
    joined["owing"] = joined["owing"].fillna(False).astype(bool)
    joined.loc[absent, ["arrears", "begins", "owed", "owing_share"]] = 0.0
    return joined


def as_date(value: Any) -> dt.date:
    """A key of a group by day as the date it is."""
    assert isinstance(value, dt.date)
    return value
