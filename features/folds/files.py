"""The cells of a fold as files of the lake: made once for each month, again only where its rows or its definition change."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from dateutil.relativedelta import relativedelta

from features.engine import Engine
from features.fingerprint import definition
from features.folds.fold import Fold
from features.lake.lake import Lake

Parts = dict[str, list[Path]]  # partition (YYYY-MM, or '' where there are none) -> data files


def fold_files(
    lake: Lake,
    engine: Engine,
    fold: Fold,
    version: int,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> list[Path]:
    """The Parquet files with the cells of `fold` in that version; those not there yet are made.

    A file is named by what it was made from (definition and data files), so it serves every lake version
    with the same rows, is never stale, and only partitions that got rows, or look back on some that did,
    are folded again.
    """
    parts = {register: _parts(lake, register, version) for register in fold.registers}
    partitions = sorted(set.intersection(*(set(of_one) for of_one in parts.values())))
    made = []
    for done, partition in enumerate(partitions, 1):
        wanted = _partitions_read(fold, partition)
        files = {register: [f for p in wanted for f in parts[register].get(p, [])] for register in fold.registers}
        path = lake.path / "folds" / fold.name / f"{_fingerprint(fold, partition, files)}.parquet"
        if not path.exists():
            _write(lake, engine, fold, partition, files, path)
            if on_progress:
                on_progress(f"fold {fold.name}", done, len(partitions))
        made.append(path)
    return made


def _parts(lake: Lake, register: str, version: int) -> Parts:
    parts: Parts = {}
    for file in sorted(lake.files(register, version), key=lambda file: (file.partition, str(file.path))):
        parts.setdefault(file.partition, []).append(file.path)
    return parts


def _partitions_read(fold: Fold, partition: str) -> list[str]:
    """The partition itself and those it looks back on."""
    if not fold.looks_back:
        return [partition]
    first = _first_day(partition)
    return [partition, *(f"{first - relativedelta(months=months):%Y-%m}" for months in fold.looks_back)]


def _first_day(partition: str) -> dt.date:
    return dt.date.fromisoformat(f"{partition}-01")


def _write(lake: Lake, engine: Engine, fold: Fold, partition: str, files: Parts, path: Path) -> None:
    rows = [engine.read(files[register], lake.schema(register)) for register in fold.registers]
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    cells = (
        fold.expression(*rows, month=_first_day(partition))
        if fold.looks_back  # of each month it is another question
        else engine.again(fold.expression, dict(zip(fold.registers, rows, strict=True)), lambda: fold.expression(*rows))
    )
    engine.write(cells, unfinished)
    os.replace(unfinished, path)


def _fingerprint(fold: Fold, partition: str, files: Mapping[str, list[Path]]) -> str:
    names = {register: [path.name for path in paths] for register, paths in files.items()}
    said = f"{definition(fold.expression.__module__)} {fold.looks_back} {partition} {names}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]
