"""Whether genuine claims that only look wrong are put on the list more often than other genuine ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from experiments.claim_risk.judged import ClaimDay
from training.looked import exact

LOOK_ALIKES = ("couple", "household", "layoff", "twin", "overlap", "agent", "late_death")


def on_the_list(day: ClaimDay, capacity: int) -> dict[str, dict[str, Any]]:
    """The share listed, with its exact interval, of open claims that are neither duplicate nor fraud: each look-alike,
    all others, and others of the same scheme (`alike`). Listed: the first `capacity` by the larger probability."""
    rows = day.rows[day.rows["finding"].isna()]
    risk = rows[list(day.training.models)].max(axis=1)
    rows = rows.assign(listed=risk.rank(method="first", ascending=False) <= capacity)
    innocent = rows[~rows["truth"].isin(list(day.training.models))]
    others = innocent[~innocent["kind"].isin(LOOK_ALIKES)]
    found: dict[str, dict[str, Any]] = {"others": _share(others)}
    for kind in LOOK_ALIKES:
        own = innocent[innocent["kind"] == kind]
        found[kind] = {**_share(own), "alike": _alike(own, others)}
    return found


def _share(rows: pd.DataFrame) -> dict[str, Any]:
    listed = int(rows["listed"].sum())
    return {"claims": len(rows), "listed": listed} | (exact(listed, len(rows)) if len(rows) else {})


def _alike(own: pd.DataFrame, others: pd.DataFrame) -> float:
    rate, theirs = others.groupby("scheme")["listed"].mean().align(own.groupby("scheme").size(), join="inner")
    return float(np.average(rate, weights=theirs)) if theirs.sum() else float("nan")
