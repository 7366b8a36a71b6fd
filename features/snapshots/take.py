"""Take a snapshot from the lake: fold what is new, then ask the folds as of the days."""

from __future__ import annotations

import datetime as dt
import hashlib
import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import features.known as known
from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.errors import NotFound
from features.feature import Feature
from features.folds import FOLDS, Fold
from features.lake.lake import Lake
from features.limits import LIMITS
from features.snapshots.build import employer_snapshot
from features.snapshots.days import days_table

DAYS_A_QUERY = 4  # more at once take memory out of proportion (see the measurements in the design)


def take_employer_snapshot(
    lake: Lake,
    engine: Engine,
    days: Sequence[dt.date],
    features: Iterable[Feature] = EMPLOYER_FEATURES,
    version: int | None = None,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> pa.Table:
    """All `features` of all employers known by each of `days`, as of lake `version` (None: the newest).

    Rows are sorted by as_of and employer_id. NotFound where the lake has no employers.
    """
    version = lake.version() if version is None else version
    if not lake.has("employers", version):
        raise NotFound(
            "there are no employers to speak of",
            found=f"lake version {version} without the register employers",
            expected="an ingested register employers",
            do="run: plumbline ingest DIR, with a file employers.csv in DIR",
        )
    wanted = list(features)
    registers = [name for name in FOLDS if lake.has(name, version)]
    folded = {name: fold_files(lake, engine, FOLDS[name], version, on_progress) for name in registers}
    employers = engine.read([f.path for f in lake.files("employers", version)], lake.schema("employers"))
    cells = {name: engine.read(files, pq.read_schema(files[0])) for name, files in folded.items() if files}
    parts = []
    for start in range(0, len(days), DAYS_A_QUERY):
        some = days[start : start + DAYS_A_QUERY]
        parts.append(engine.fetch(employer_snapshot(employers, cells, days_table(some), wanted)))
        if on_progress:
            on_progress("snapshot", start + len(some), len(days))
    return pa.concat_tables(parts).sort_by([("as_of", "ascending"), ("employer_id", "ascending")])


def fold_files(
    lake: Lake,
    engine: Engine,
    fold: Fold,
    version: int,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> list[Path]:
    """The Parquet files with the cells of `fold` in that version; those not there yet are made.

    A file is named by what it was made from (definition and data files), so it serves every lake
    version with the same rows, is never stale, and only partitions that got rows are folded again.
    """
    data = sorted(lake.files(fold.register, version), key=lambda file: (file.partition, str(file.path)))
    partitions = [(name, [file.path for file in files]) for name, files in groupby(data, key=lambda f: f.partition)]
    made = []
    for done, (_, files) in enumerate(partitions, 1):
        path = lake.path / "folds" / fold.register / f"{_fingerprint(fold, files)}.parquet"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}")
            engine.write(fold.expression(engine.read(files, lake.schema(fold.register))), unfinished)
            os.replace(unfinished, path)
            if on_progress:
                on_progress(f"fold {fold.register}", done, len(partitions))
        made.append(path)
    return made


def _fingerprint(fold: Fold, files: Sequence[Path]) -> str:
    module = inspect.getmodule(fold.expression)
    assert module is not None
    definition = f"{inspect.getsource(module)} {inspect.getsource(known)} {LIMITS}"
    names = " ".join(path.name for path in files)
    return hashlib.sha256(f"{definition} {names}".encode()).hexdigest()[:32]
