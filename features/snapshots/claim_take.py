"""Take a snapshot of claims from the lake: fold what is new, then ask the folds as of the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.errors import BadInput, NotFound
from features.feature import Feature
from features.folds import CLAIM_FOLDS
from features.folds.files import fold_files
from features.lake.lake import Lake
from features.snapshots.beside import MAKERS, Taking
from features.snapshots.claim_build import Known, claim_snapshot
from features.snapshots.claims import claims_known_by

Asked = Sequence[dt.date] | pa.Table
Progress = Callable[[str, int, int], None]
ASKED_SCHEMA = pa.schema([("as_of", pa.date32()), ("claim_id", pa.string())])
DAYS_A_QUERY = 4  # of all claims
CLAIMS_A_QUERY = 250_000  # of claims asked about by name, whatever their days


def take_claim_snapshot(
    lake: Lake,
    engine: Engine,
    asked: Asked,
    features: Iterable[Feature] = CLAIM_FEATURES,
    version: int | None = None,
    matches: Path | None = None,
    on_progress: Progress | None = None,
) -> pa.Table:
    """All `features` of the claims `asked` about, as of lake `version` (None: the newest).

    `asked`: days, for all claims known by each; or a table (as_of date32, claim_id string) of claims as of days.
    `matches`: a Parquet file of same-person pairs (claim_id, other_claim_id, probability, known_on), None where they
    were not compared. Rows are sorted by as_of and claim_id; columns as_of, claim_id, DESCRIPTIONS, a float64 a feature.
    NotFound where the lake has no claims; BadInput where a claim asked about was not known by its day.
    """
    version = lake.version() if version is None else version
    if not lake.has("claims", version):
        raise NotFound(
            "there are no claims to speak of",
            found=f"lake version {version} without the register claims",
            expected="an ingested register claims",
            do="run: plumbline ingest DIR, with a file claims.csv in DIR",
        )
    wanted = list(features)
    folds = [fold for fold in CLAIM_FOLDS.values() if all(lake.has(register, version) for register in fold.registers)]
    folded = {fold.name: fold_files(lake, engine, fold, version, on_progress) for fold in folds}
    cells = {name: engine.read(files, pq.read_schema(files[0])) for name, files in folded.items()}
    claims = _rows(lake, engine, "claims", version)
    persons, decisions = (_rows_if_there(lake, engine, name, version) for name in ("persons", "claim_decisions"))
    needed = {need for feature in wanted for need in feature.needs}
    parts, done, of = [], 0, _number(asked)
    for some in _queries(asked):
        subjects = engine.fetch(claims_known_by(claims, ibis.memtable(some)))
        _must_be_known(some, subjects)
        own = ibis.memtable(subjects)
        taking = Taking(lake, engine, version, folded, matches, own)
        made = {name: make(taking) for name, make in MAKERS.items() if name in needed}
        beside = {name: table for name, table in made.items() if table is not None}
        known = Known(cells, persons, decisions, beside)
        parts.append(engine.fetch(claim_snapshot(own, known, _days(some), wanted)))
        done += _number(some) if isinstance(asked, pa.Table) else some.num_rows
        if on_progress:
            on_progress("snapshot", done, of)
    return pa.concat_tables(parts).sort_by([("as_of", "ascending"), ("claim_id", "ascending")])


def filing_days(lake: Lake, engine: Engine, version: int | None = None) -> pa.Table:
    """Every claim as of the evening of the day it became known: (as_of, claim_id), to be asked about."""
    claims = _rows(lake, engine, "claims", lake.version() if version is None else version)
    first = claims.group_by("claim_id").agg(as_of=claims.known_on.min())
    return engine.fetch(first.select("as_of", "claim_id").order_by(["as_of", "claim_id"])).cast(ASKED_SCHEMA)


def _rows(lake: Lake, engine: Engine, register: str, version: int) -> ir.Table:
    return engine.read([file.path for file in lake.files(register, version)], lake.schema(register))


def _rows_if_there(lake: Lake, engine: Engine, register: str, version: int) -> ir.Table | None:
    return _rows(lake, engine, register, version) if lake.has(register, version) else None


def _number(asked: Asked) -> int:
    return asked.num_rows if isinstance(asked, pa.Table) else len(asked)


def _queries(asked: Asked) -> Iterator[pa.Table]:
    """What is asked about, in parts that one query can bear: whole days, as the books are asked once a day."""
    if not isinstance(asked, pa.Table):
        days = sorted(set(asked))
        for start in range(0, len(days), DAYS_A_QUERY):
            yield pa.table({"as_of": pa.array(days[start : start + DAYS_A_QUERY], pa.date32())})
        return
    asked = asked.select(ASKED_SCHEMA.names).cast(ASKED_SCHEMA).group_by(ASKED_SCHEMA.names).aggregate([])
    asked = asked.sort_by([("as_of", "ascending"), ("claim_id", "ascending")])
    for start in range(0, asked.num_rows, CLAIMS_A_QUERY):
        yield asked.slice(start, CLAIMS_A_QUERY)


def _days(asked: pa.Table) -> list[dt.date]:
    days: list[dt.date] = pc.unique(asked["as_of"]).to_pylist()
    return days


def _must_be_known(asked: pa.Table, subjects: pa.Table) -> None:
    if "claim_id" not in asked.column_names or asked.num_rows == subjects.num_rows:
        return
    unknown = asked.join(subjects.select(["as_of", "claim_id"]), ["as_of", "claim_id"], join_type="left anti")
    some = ", ".join(f"{row['claim_id']} as of {row['as_of']}" for row in unknown.slice(0, 3).to_pylist())
    raise BadInput(
        f"{unknown.num_rows:,} of the claims asked about were not known by their day",
        found=some,
        expected="claims of the register, as of the day they became known or later",
        do="ask with a later day, or leave them out; filing_days gives the first day of each",
    )
