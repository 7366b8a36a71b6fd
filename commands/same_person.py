"""Which claims are likely the same person's, for the commands that speak of claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from features.settings import Settings


@dataclass(frozen=True)
class Compared:
    """`pairs`: the Parquet file of same-person pairs; `clusters`: (claim_id, cluster_id); `matcher`: who compared them.

    All None where claims were not compared.
    """

    pairs: Path | None = None
    clusters: pa.Table | None = None
    matcher: str | None = None


def compared_claims(
    configured: Settings,
    lake: Any,
    engine: Any,
    as_of: dt.date,
    version: int,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> Compared:
    """The claims known by `as_of`, compared with one another; once a day and version of the lake."""
    from training.same_person.claims_files import matched_claims

    if on_progress:
        on_progress("the same person", 0, 1)
    found = matched_claims(lake, engine, configured.home, as_of, version)
    if on_progress:
        on_progress("the same person", 1, 1)
    return Compared(found.pairs, found.clusters, found.matcher) if found else Compared()
