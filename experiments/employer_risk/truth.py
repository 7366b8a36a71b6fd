"""What was true of employers in the horizon after a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
from dateutil.relativedelta import relativedelta

TRUTHS = ("truly_in_arrears", "truly_begins")


def read_truth(path: Path) -> pd.DataFrame:
    """employer_id, month (first day, Timestamp), in_arrears, amount_owed as a province wrote them."""
    columns = ["employer_id", "month", "in_arrears", "amount_owed"]
    truth: pd.DataFrame = pq.read_table(path, columns=columns).to_pandas()
    return truth.assign(month=pd.to_datetime(truth["month"]), amount_owed=truth["amount_owed"].astype("float64"))


def truth_after(truth: pd.DataFrame, day: dt.date, months: int) -> pd.DataFrame:
    """By employer_id, for a `day` that ends a month: truly_owing (on the day), truly_in_arrears (at the end of any
    month of the horizon), truly_begins (the same of those who do not owe on the day, else NaN), truly_owed (the most,
    at the end of a month), truly_owing_share (of the months of the horizon that end with arrears)."""
    this = pd.Timestamp(day.replace(day=1))
    last = pd.Timestamp((day + relativedelta(months=months)).replace(day=1))
    ahead = truth[(truth["month"] > this) & (truth["month"] <= last)].groupby("employer_id")
    found = pd.DataFrame(
        {"truly_in_arrears": ahead["in_arrears"].max().astype("float64"), "truly_owed": ahead["amount_owed"].max()}
    )
    found["truly_owing_share"] = ahead["in_arrears"].mean().astype("float64")
    now = truth[truth["month"] == this].set_index("employer_id")["in_arrears"]
    found["truly_owing"] = now.reindex(found.index).fillna(False).astype(bool)
    return found.assign(truly_begins=found["truly_in_arrears"].where(~found["truly_owing"]))


def with_truth(rows: pd.DataFrame, truth: pd.DataFrame, months: int) -> pd.DataFrame:
    """`rows` (as_of, employer_id, …) with what truth_after says; who is in no truth row owes nothing."""
    parts = [
        part.merge(truth_after(truth, as_date(day), months), left_on="employer_id", right_index=True, how="left")
        for day, part in rows.groupby("as_of")
    ]
    joined = pd.concat(parts).reindex(rows.index)
    absent = joined["truly_in_arrears"].isna()
    joined["truly_owing"] = joined["truly_owing"].fillna(False).astype(bool)
    joined.loc[absent, ["truly_in_arrears", "truly_begins", "truly_owed", "truly_owing_share"]] = 0.0
    return joined


def as_date(value: Any) -> dt.date:
    """A key of a group by day as the date it is."""
    assert isinstance(value, dt.date)
    return value
