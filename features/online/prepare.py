"""Prepare a night: everything that a claim filed today is told of, in a folder of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.feature import Feature
from features.fingerprint import definition
from features.folds import CLAIM_FOLDS, FOLDS
from features.lake.lake import Lake
from features.online.books import layouts
from features.online.expressions import claim_expressions
from features.online.night_claims import (
    CLAIM_COLUMNS,
    Night,
    amount_rows,
    book_rows,
    claim_rows,
    claims_of,
    there_rows,
)
from features.online.night_file import NightWriter, writing
from features.online.night_rings import pair_rows, ring_rows
from features.online.night_work import beginning, employers_of, insured_rows, insured_there_rows, month_rows
from features.registers import REGISTERS
from features.rings.arrays import Evidence
from features.snapshots.lake_tables import cells, folded, rows_if_there

NIGHT_FILE = "night.sqlite"
OF_WORK = ("payroll", "contributions")
Progress = Callable[[str, int, int], None]


def night_of(lake: Lake, engine: Engine, as_of: dt.date, version: int, on_progress: Progress | None = None) -> Night:
    """What the night of `as_of` is made from, folds made where they are not there yet."""
    registers = {name: rows_if_there(lake, engine, name, version) for name in REGISTERS}
    there = {name: table for name, table in registers.items() if table is not None}
    folds = [*CLAIM_FOLDS.values(), *(FOLDS[name] for name in OF_WORK)]
    return Night(engine, as_of, there, cells(engine, folded(lake, engine, folds, version, on_progress)))


def write_night(
    folder: Path, night: Night, rings: Evidence, version: int, features: Iterable[Feature] = CLAIM_FEATURES
) -> dict[str, int]:
    """Write NIGHT_FILE into `folder`; returns how many rows of each there are. `rings` is the evidence for them."""
    asks = claim_expressions(night.registers, features).asks
    claims = claims_of(night)
    with writing(folder / NIGHT_FILE) as writer:
        counts = _of_claims(writer, night, claims, asks)
        counts |= _of_persons(writer, night)
        writer.known("rings", sorted([*ring_rows(rings, night.as_of), *pair_rows(claims)]))
        writer.known("about", _about(night, version).items())
    return counts


def _of_claims(writer: NightWriter, night: Night, claims: pa.Table, asks: Iterable[Any]) -> dict[str, int]:
    columns = ", ".join(f"{name} TEXT PRIMARY KEY" if name == "claim_id" else name for name in CLAIM_COLUMNS)
    counts = {"claims": writer.table("claims", columns, claim_rows(claims), index="person")}
    own = (row for kind, layout in sorted(layouts(asks).items()) if kind != "claim" for row in book_rows(night, layout))
    counts["things"] = writer.known("books", own)
    writer.known("there", there_rows(claims, night.as_of))
    writer.known("amounts", sorted(amount_rows(night)))
    return counts


def _of_persons(writer: NightWriter, night: Night) -> dict[str, int]:
    at_work = bool(night.registers.keys() & set(OF_WORK))
    employers = employers_of(night)
    writer.known("employers", employers)
    codes = {name: code for code, name, _ in employers}
    return {
        "insured": writer.known("insured", insured_rows(night) if "persons" in night.registers else ()),
        "workers": writer.known("months", month_rows(night, codes) if at_work else ()),
        "employers": writer.known("insured_there", insured_there_rows(night) if "contributions" in night.cells else ()),
    }


def _about(night: Night, version: int) -> dict[str, Any]:
    return {
        "as_of": night.as_of.isoformat(),
        "version": version,
        "registers": " ".join(sorted(night.registers)),
        "folds": " ".join(sorted(night.cells)),
        "beginning": beginning(night) if "contributions" in night.registers else None,
        "definition": definition(__name__),
    }
