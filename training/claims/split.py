"""Claims described earlier to fit on, those described later to calibrate on; no claim is in both."""

from __future__ import annotations

import pandas as pd

from training.limits import CALIBRATING_SHARE


def split_claims(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`rows` (as_of, claim_id, label, …) as (earlier, later): later has about CALIBRATING_SHARE of the claims found.

    A claim goes whole to where its last day is, so that the days of one claim are not on both sides.
    """
    last = rows.groupby("claim_id")["as_of"].transform("max")
    found = last[rows["label"] == 1].groupby(rows["claim_id"]).first().sort_values()
    boundary = found.iloc[min(int(len(found) * (1 - CALIBRATING_SHARE)), len(found) - 1)]
    later = last >= boundary
    return rows[~later].reset_index(drop=True), rows[later].reset_index(drop=True)
