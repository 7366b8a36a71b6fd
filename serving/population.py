"""Whom a watchlist may choose: employers of a day and a region that had not closed by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from features.errors import BadInput, NotFound
from serving.scoring import closed

SHOWN = 20  # names in an error message


@dataclass(frozen=True)
class Population:
    """`listed` may be chosen; `compared` are the open employers of all regions; `dropped` counts the others."""

    listed: pa.Table
    compared: pa.Table
    dropped: dict[str, int]


def open_employers(snapshot: pa.Table, as_of: dt.date, region: str | None) -> Population:
    """The population of `as_of` in `region` (None: all). An employer elsewhere and closed counts as closed.

    BadInput for a day the snapshot does not hold, NotFound for a region it does not know; both name those there are.
    """
    that_day = snapshot.filter(pc.equal(snapshot["as_of"], pa.scalar(as_of, pa.date32())))
    if not that_day.num_rows:
        days = sorted(day.isoformat() for day in pc.unique(snapshot["as_of"]).to_pylist())
        raise BadInput(
            f"the snapshot does not hold {as_of}",
            found=few(days) or "an empty snapshot",
            expected="a day it was taken for",
            do="take a snapshot as of that day",
        )
    gone = closed(that_day)
    still = that_day.filter(pc.invert(gone))
    here = still if region is None else still.filter(pc.fill_null(pc.equal(still["region"], region), False))
    if region is not None and region not in (known := _regions(that_day)):
        raise NotFound(
            f"no employer is in region {region}",
            found=few(known) or "employers without a region",
            expected="a region of the register of employers",
            do="choose one of these, or leave it out for all regions",
        )
    dropped = {"closed": that_day.num_rows - still.num_rows, "other_region": still.num_rows - here.num_rows}
    return Population(here, still, dropped)


def _regions(snapshot: pa.Table) -> list[str]:
    return sorted(region for region in pc.unique(snapshot["region"]).to_pylist() if region is not None)


def few(names: list[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
