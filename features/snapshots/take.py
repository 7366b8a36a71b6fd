"""Take a snapshot from the lake: fold what is new, then ask the folds as of the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.errors import NotFound
from features.feature import Feature
from features.folds import FOLDS
from features.lake.lake import Lake
from features.snapshots.build import employer_snapshot
from features.snapshots.days import days_table
from features.snapshots.lake_tables import Progress, cells, folded, rows, rows_if_there
from features.snapshots.portions import fetched
from features.ties.files import ties_files
from features.ties.table import Sources


def take_employer_snapshot(
    lake: Lake,
    engine: Engine,
    days: Sequence[dt.date],
    features: Iterable[Feature] = EMPLOYER_FEATURES,
    version: int | None = None,
    on_progress: Progress | None = None,
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
    files = folded(lake, engine, FOLDS.values(), version, on_progress)
    employers, books = rows(lake, engine, "employers", version), cells(engine, files)
    shares = rows_if_there(lake, engine, "employer_ties", version)
    tied = any("ties" in feature.needs for feature in wanted)

    def query(some: Sequence[dt.date]) -> ir.Table:
        ties = _ties(lake, engine, version, files, Sources(employers, shares, books), some) if tied else None
        return employer_snapshot(engine, employers, books, days_table(some), wanted, ties)

    parts = []
    for part, done in fetched(engine, days, query):
        parts.append(part)
        if on_progress:
            on_progress("snapshot", done, len(days))
    return pa.concat_tables(parts).sort_by([("as_of", "ascending"), ("employer_id", "ascending")])


def _ties(
    lake: Lake,
    engine: Engine,
    version: int,
    folds: Mapping[str, list[Path]],
    sources: Sources,
    days: Sequence[dt.date],
) -> ir.Table:
    files = ties_files(lake, engine, version, folds, sources, days)
    return engine.read(files, pq.read_schema(files[0]))
