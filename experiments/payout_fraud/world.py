"""The handbook's payments in a lake of our own, through the adapter and the ingest that any office would use."""

from __future__ import annotations

from pathlib import Path

from features.adapters.payments import adapt_payments
from features.lake.ingest import ingest
from features.lake.lake import Lake


def payments_lake(work: Path, file: Path) -> Lake:
    """The lake of `file` below `work`; made once."""
    lake = Lake(work / "home" / "lake")
    if not (work / "registers").exists():
        adapt_payments([file], work / "registers")
        ingest(work / "registers", lake)
    return lake
