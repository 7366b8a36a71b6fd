"""Whether employers who only look like those in arrears are put on the list more often than others of equal truth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from experiments.employer_risk.judged import Day
from training.looked import exact

LOOK_ALIKES = ("chronic", "seasonal", "innocent_address")


def on_the_list(day: Day, capacity: int) -> dict[str, dict[str, Any]]:
    """Among employers who owe nothing on the day and in the horizon: the share listed of each kind, of all others, and
    of others of the same industry and size (`alike`: those weighted as the kind is spread), with exact intervals.

    Region is left out, so that every cell keeps enough others to have a rate."""
    listed = pd.Series(day.risk).rank(method="first", ascending=False) <= capacity
    rows = day.rows.assign(listed=listed.to_numpy()).join(day.world.kinds, on="employer_id", rsuffix="_kind")
    innocent = rows[(rows["truly_in_arrears"] == 0) & ~rows["truly_owing"]]
    kinds = innocent[list(LOOK_ALIKES)].fillna(False).astype(bool)
    others = innocent[~kinds.any(axis=1)]
    found: dict[str, dict[str, Any]] = {"others": _share(others["listed"])}
    for kind in LOOK_ALIKES:
        own = innocent[kinds[kind]]
        found[kind] = {**_share(own["listed"]), "alike": _alike(own, others)}
    return found


def _share(listed: pd.Series) -> dict[str, Any]:
    counts = {"employers": len(listed), "listed": int(listed.sum())}
    return counts | (exact(counts["listed"], counts["employers"]) if len(listed) else {})


def _alike(own: pd.DataFrame, others: pd.DataFrame) -> float:
    """The share listed of the others, were they spread over industry and size as `own` is."""
    cells = ["industry", "size_band"]
    rate = others.groupby(cells)["listed"].mean()
    theirs = own.groupby(cells).size()
    rate, theirs = rate.align(theirs, join="inner")
    return float(np.average(rate, weights=theirs)) if theirs.sum() else float("nan")
