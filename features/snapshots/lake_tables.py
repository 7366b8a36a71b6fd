"""What snapshots read from a lake: registers as rows, and the folds that its registers allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import ibis.expr.types as ir
import pyarrow.parquet as pq

from features.engine import Engine
from features.folds import Fold
from features.folds.files import fold_files
from features.lake.lake import Lake

Progress = Callable[[str, int, int], None]


def rows(lake: Lake, engine: Engine, register: str, version: int) -> ir.Table:
    """The rows of a register in that version."""
    return engine.read([file.path for file in lake.files(register, version)], lake.schema(register))


def rows_if_there(lake: Lake, engine: Engine, register: str, version: int) -> ir.Table | None:
    """The rows of a register in that version; None where it has none."""
    return rows(lake, engine, register, version) if lake.has(register, version) else None


def folded(
    lake: Lake, engine: Engine, folds: Iterable[Fold], version: int, on_progress: Progress | None = None
) -> dict[str, list[Path]]:
    """The files of each of `folds` whose registers the version has, by the fold's name; made where they are not there yet."""
    there = [fold for fold in folds if all(lake.has(register, version) for register in fold.registers)]
    return {fold.name: fold_files(lake, engine, fold, version, on_progress) for fold in there}


def cells(engine: Engine, files: Mapping[str, Sequence[Path]]) -> dict[str, ir.Table]:
    """The cells in the files of each fold, by the fold's name."""
    return {name: engine.read(paths, pq.read_schema(paths[0])) for name, paths in files.items() if paths}
