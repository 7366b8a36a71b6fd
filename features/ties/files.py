"""The ties of a day as a file of the lake, made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from features.engine import Engine
from features.fingerprint import definition
from features.lake.lake import Lake
from features.snapshots.day_files import day_files
from features.ties.table import Sources, ties_as_of

REGISTERS = ("employers", "employer_ties")  # read as rows; the others as folds


def ties_files(
    lake: Lake,
    engine: Engine,
    version: int,
    folded: Mapping[str, Sequence[Path]],
    sources: Sources,
    days: Sequence[dt.date],
) -> list[Path]:
    """A Parquet file for each of `days` with the ties as of it; `folded` are the files behind the cells of `sources`."""
    rows = {register: [file.path.name for file in lake.files(register, version)] for register in REGISTERS}
    cells = {fold: [path.name for path in paths] for fold, paths in folded.items()}
    made_from = f"{definition(ties_as_of.__module__)} {rows} {cells}"
    return day_files(lake.path / "folds" / "ties", made_from, days, lambda day: ties_as_of(engine, sources, day))
