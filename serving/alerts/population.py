"""Which claims an alert may speak of: those of a day and a region with money at stake, not decided, or with news since."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from features.errors import NotFound
from serving.population import few
from training.artefact import Floats

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Listable:
    """`may`: whether each claim may be listed; `decided`: whether it was decided; `dropped` counts the others by reason."""

    may: Flags
    decided: Flags
    dropped: dict[str, int]


def listable(snapshot: pa.Table, region: str | None, money: Floats, news: Container[str]) -> Listable:
    """Claims of `region` (None: all). `money` at stake of each; 0 is nothing to look for, NaN is not known and may be.

    A claim counts under the first reason that leaves it out. NotFound for a region of no claim.
    """
    regions = np.asarray(snapshot["region"].to_pylist(), dtype=object)
    known = sorted({one for one in regions.tolist() if one is not None})
    if region is not None and region not in known:
        raise NotFound(
            f"no claim is in region {region}",
            found=few(known) or "claims without a region",
            expected="a region of the register of claims",
            do="choose one of these, or leave it out for all regions",
        )
    decided = np.asarray(snapshot["newest_finding"].is_valid().to_pylist(), dtype=bool)
    fresh = np.asarray([claim in news for claim in snapshot["claim_id"].to_pylist()], dtype=bool)
    elsewhere = np.zeros(len(regions), dtype=bool) if region is None else np.asarray(regions != region, dtype=bool)
    settled = ~elsewhere & decided & ~fresh
    nothing = ~elsewhere & ~settled & (money == 0)
    dropped = {"other_region": elsewhere, "decided": settled, "nothing_at_stake": nothing}
    may = ~(elsewhere | settled | nothing)
    return Listable(may, decided, {name: int(flags.sum()) for name, flags in dropped.items()})
