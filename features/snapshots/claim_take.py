"""Take a snapshot of claims from the lake: fold what is new, then ask the folds as of the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.errors import BadInput, NotFound
from features.feature import Feature
from features.folds import CLAIM_FOLDS
from features.lake.lake import Lake
from features.snapshots.beside import Taking
from features.snapshots.claim_build import Known, claim_snapshot, claims_asked
from features.snapshots.days import days_table
from features.snapshots.lake_tables import Progress, cells, folded, rows, rows_if_there
from features.snapshots.makers import MAKERS
from features.snapshots.portions import DAYS_A_QUERY, fetched

Asked: TypeAlias = "Sequence[dt.date] | pa.Table"
ASKED_SCHEMA = pa.schema([("as_of", pa.date32()), ("claim_id", pa.string())])
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
    files = folded(lake, engine, CLAIM_FOLDS.values(), version, on_progress)
    persons, decisions = (rows_if_there(lake, engine, name, version) for name in ("persons", "claim_decisions"))
    claims = rows(lake, engine, "claims", version)
    known = Known(claims, cells(engine, files), decisions)

    def query(some: Asked) -> ir.Table:
        asked_about = _as_table(some)
        subjects = engine.fetch(claims_asked(claims, persons, ibis.memtable(asked_about)))
        _must_be_known(asked_about, subjects)
        taking = Taking(lake, engine, version, files, matches, ibis.memtable(subjects))
        told = replace(known, beside=_beside(taking, wanted))
        return claim_snapshot(engine, taking.claims, told, days_table(_days(asked_about)), wanted)

    asked, a_query = _in_order(asked)
    parts = []
    for part, done in fetched(engine, asked, query, a_query):
        parts.append(part)
        if on_progress:
            on_progress("snapshot", done, len(asked))
    taken = pa.concat_tables(parts or [engine.fetch(query(asked))])
    return taken.sort_by([("as_of", "ascending"), ("claim_id", "ascending")])


def _beside(taking: Taking, wanted: Iterable[Feature]) -> dict[str, ir.Table]:
    needed = {need for feature in wanted for need in feature.needs}
    made = {name: make(taking) for name, make in MAKERS.items() if name in needed}
    return {name: table for name, table in made.items() if table is not None}


def filing_days(lake: Lake, engine: Engine, version: int | None = None) -> pa.Table:
    """Every claim as of the evening of the day it became known: (as_of, claim_id), to be asked about."""
    claims = rows(lake, engine, "claims", lake.version() if version is None else version)
    first = claims.group_by("claim_id").agg(as_of=claims.known_on.min())
    return engine.fetch(first.select("as_of", "claim_id").order_by(["as_of", "claim_id"])).cast(ASKED_SCHEMA)


def _in_order(asked: Asked) -> tuple[Asked, int]:
    """What is asked about in order of days, as books are asked once a day and thing, and how much of it a query can bear."""
    if not isinstance(asked, pa.Table):
        return sorted(set(asked)), DAYS_A_QUERY
    once = asked.select(ASKED_SCHEMA.names).cast(ASKED_SCHEMA).group_by(ASKED_SCHEMA.names).aggregate([])
    return once.sort_by([("as_of", "ascending"), ("claim_id", "ascending")]), CLAIMS_A_QUERY


def _as_table(asked: Asked) -> pa.Table:
    return asked if isinstance(asked, pa.Table) else pa.table({"as_of": pa.array(asked, pa.date32())})


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
