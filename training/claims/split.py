"""Claims described earlier to fit on, those described later to calibrate on; no claim is in both."""

from __future__ import annotations

import pandas as pd

from training.limits import CALIBRATING_SHARE


def split_claims(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`rows` (as_of, claim_id, label, …) as (earlier, later): later has about CALIBRATING_SHARE of the claims found.

    A claim goes whole to where its last day is, that before a decision where it has one, so that the days of one claim
    are not on both sides. Earlier claims are described before the first day of the later ones alone.
    """
    last = _last_day(rows)
    found = last[rows["label"] == 1].groupby(rows["claim_id"]).first().sort_values()
    boundary = found.iloc[min(int(len(found) * (1 - CALIBRATING_SHARE)), len(found) - 1)]
    later = last >= boundary
    earlier = ~later & (rows["as_of"] < boundary)
    return rows[earlier].reset_index(drop=True), rows[later].reset_index(drop=True)


def _last_day(rows: pd.DataFrame) -> pd.Series:
    """Of the claim of each row."""
    before = rows[~rows["after"]].groupby("claim_id")["as_of"].max()
    return rows["claim_id"].map(before).fillna(rows["as_of"])
