"""The ties of a day as a file of the lake, made once."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from features.engine import Engine
from features.fingerprint import definition
from features.lake.lake import Lake
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
    """A Parquet file for each of `days` with the ties as of it; `folded` are the files behind the cells of `sources`.

    Named like those of folds by what it was made from: definition, data files and day.
    """
    rows = {register: [file.path.name for file in lake.files(register, version)] for register in REGISTERS}
    cells = {fold: [path.name for path in paths] for fold, paths in folded.items()}
    made = []
    for day in days:
        said = f"{definition(ties_as_of.__module__)} {rows} {cells} {day}"
        path = lake.path / "folds" / "ties" / f"{hashlib.sha256(said.encode()).hexdigest()[:32]}.parquet"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}")
            pq.write_table(ties_as_of(engine, sources, day), unfinished, compression="zstd")
            os.replace(unfinished, path)
        made.append(path)
    return made
