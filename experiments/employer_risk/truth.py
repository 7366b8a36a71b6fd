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


def read_visits(path: Path) -> pd.DataFrame:
    """employer_id, month (first day, Timestamp), reached, owing: of a visit by lot, as a province wrote them."""
    visits: pd.DataFrame = pq.read_table(path).to_pandas()
    return visits.assign(month=pd.to_datetime(visits["month"]))


def visits_after(visits: pd.DataFrame, employers: pd.Series, day: dt.date, months: int) -> pd.DataFrame:
    """Of a visit by lot to each of `employers` in each month of the horizon after `day` (one that ends a month), summed:
    reached (somebody was found) and met (wages were owed there). An employer and month without a row: 1 and 0.
    """
    last = pd.Timestamp((day + relativedelta(months=months)).replace(day=1))
    ahead = visits[(visits["month"] > pd.Timestamp(day.replace(day=1))) & (visits["month"] <= last)]
    told = pd.DataFrame({"missed": 1 - ahead["reached"], "met": ahead["reached"] * ahead["owing"]})
    sums = told.groupby(ahead["employer_id"]).sum().reindex(employers, fill_value=0.0)
    return pd.DataFrame({"reached": months - sums["missed"], "met": sums["met"]})


def truth_after(truth: pd.DataFrame, day: dt.date, months: int) -> pd.DataFrame:
    """By employer_id, for a `day` that ends a month: truly_owing (on the day), truly_in_arrears (at the end of any
    month of the horizon), truly_begins (the same of those who do not owe on the day, else NaN) and truly_owed (the most,
    at the end of a month)."""
    this = pd.Timestamp(day.replace(day=1))
    last = pd.Timestamp((day + relativedelta(months=months)).replace(day=1))
    ahead = truth[(truth["month"] > this) & (truth["month"] <= last)].groupby("employer_id")
    found = pd.DataFrame(
        {"truly_in_arrears": ahead["in_arrears"].max().astype("float64"), "truly_owed": ahead["amount_owed"].max()}
    )
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
    joined.loc[absent, ["truly_in_arrears", "truly_begins", "truly_owed"]] = 0.0
    return joined


def as_date(value: Any) -> dt.date:
    """A key of a group by day as the date it is."""
    assert isinstance(value, dt.date)
    return value
