"""Figures of the claims that anybody reviewed after the day, beside those of reviews drawn with a known chance alone.

Naive figures speak of claims like those reviewed: tips know more than chance, so they look better than they are. Those of
the random arm rest on the chances with which lists drew (training.drawn): they need no such belief, and are few.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from training.artefact import Floats
from training.claims.reviewed import BY_LOT, LISTED, Kind, found_as
from training.drawn import Counted, Drawn, weighed
from training.looked import first_of, of_drawn, of_seen


def reviewed_side_by_side(rows: pd.DataFrame, risk: Floats, kind: Kind, capacity: int, seed: int) -> dict[str, Any]:
    """`naive` and `random_arm` over `rows` (see followed.followed) with `risk` (rows,); as training.looked says them."""
    listed = first_of(risk, capacity)
    label = found_as(rows, kind).to_numpy(dtype=np.float64)
    return {
        "naive": of_seen(label, risk, listed, seed),
        "random_arm": of_drawn(drawn_reviews(rows, kind), risk, listed, seed),
    }


def drawn_reviews(rows: pd.DataFrame, kind: Kind) -> Drawn:
    """The reviews of `rows` (see followed.followed) by what their draw makes them stand for; label: found of the `kind`.

    Drawn is a claim for its first review. One that is decided is on no later list: each list is estimated with what was
    found before it (Des Raj 1956). So a review stands for 1 / chance claims on the list that drew it, and, however it
    came to be held, for its own claim on each later list of the region; else claims decided early would count once and
    those left to the lot once a list.
    """
    found = found_as(rows, kind).to_numpy(dtype=np.float64)
    seen, chance = ~np.isnan(found), rows["chance"].to_numpy(dtype=np.float64)
    told = seen & ~np.isnan(chance)
    even = seen & _held_as(rows, BY_LOT) & ~told
    stands_for = np.where(told, 1 / np.where(told, chance, 1.0), 0.0) + _later_lists(rows, told)
    came_true = np.nan_to_num(found)
    drawn = weighed(
        Counted(
            inverse=(stands_for * came_true, stands_for * (1 - came_true)),
            even=(even * came_true, even * (1 - came_true)),
            visits=1.0 * ((stands_for > 0) | even),
            by_lot=1.0 * (seen & _held_as(rows, BY_LOT)),
            even_opened=1.0 * even,
            untold_list=1.0 * (seen & _held_as(rows, LISTED) & ~told),
        )
    )
    return replace(drawn, said=drawn.said | {"not_drawn": int(((stands_for > 0) & ~told & ~even).sum())})


def _held_as(rows: pd.DataFrame, trigger: str) -> npt.NDArray[np.bool_]:
    return np.asarray(rows["first_trigger"] == trigger, dtype=bool)


def _later_lists(rows: pd.DataFrame, told: npt.NDArray[np.bool_]) -> Floats:
    """How many lists with a `told` chance could no more draw each row in its region: those after the list that drew it,
    or, of another that was decided, those from that day on. 0 where no day is told."""
    listed, decided = (pd.to_datetime(rows[name]).to_numpy() for name in ("listed_on", "decided_on"))
    regions, later = rows["region"].fillna("").to_numpy(), np.zeros(len(rows))
    for region in set(regions[told]):
        own = regions == region
        lists = np.unique(listed[own & told & ~np.isnat(listed)])
        before = np.searchsorted(lists, listed, side="right"), np.searchsorted(lists, decided, side="left")
        later[own] = (len(lists) - np.where(told, *before))[own]
    return later
