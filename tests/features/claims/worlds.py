"""Small worlds of claims written as text tables, asked for features as of a day on either engine."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.folds import CLAIM_FOLDS
from features.snapshots.claim_build import Known, claim_snapshot, claims_asked
from tests.features.worlds import World, rows, table


def claims_as_of(engine: Engine, day: str, *names: str, **registers: str) -> dict[str, dict[str, Any]]:
    """Feature name → claim → value as of `day`, of text tables; all features where none is named."""
    return claims_of(engine, [day], {name: rows(name, text) for name, text in registers.items()}, *names)[day]


def claim_features_of(engine: Engine, days: list[str], world: World) -> dict[str, dict[str, Any]]:
    """Day → feature → claim → value of all features, of a world given as records."""
    return claims_of(engine, days, {name: table(name, records) for name, records in world.items()})


def claims_of(
    engine: Engine, days: Sequence[str], tables: Mapping[str, pa.Table], *names: str
) -> dict[str, dict[str, dict[str, Any]]]:
    """Day → feature → claim → value."""
    with tempfile.TemporaryDirectory() as folder:
        return _claims_of(engine, Path(folder), days, tables, *names)


def _claims_of(
    engine: Engine, folder: Path, days: Sequence[str], tables: Mapping[str, pa.Table], *names: str
) -> dict[str, dict[str, dict[str, Any]]]:
    def stored(name: str, rows: pa.Table) -> ir.Table:
        pq.write_table(rows, folder / f"{name}.parquet")
        return engine.read([folder / f"{name}.parquet"], rows.schema)

    known = {name: stored(name, rows) for name, rows in tables.items()}
    cells = {
        fold.name: stored(f"cells-{fold.name}", engine.fetch(fold.expression(*[known[r] for r in fold.registers])))
        for fold in CLAIM_FOLDS.values()
        if known.keys() >= set(fold.registers)
    }
    asked = [dt.date.fromisoformat(day) for day in days]
    days_asked = ibis.memtable(pa.table({"as_of": pa.array(asked, pa.date32())}))
    subjects = ibis.memtable(engine.fetch(claims_asked(known["claims"], known.get("persons"), days_asked)))
    wanted = [f for f in CLAIM_FEATURES if not names or f.name in names]
    beside = Known(known["claims"], cells, known.get("claim_decisions"))
    taken = engine.fetch(claim_snapshot(subjects, beside, asked, wanted)).to_pylist()
    return {
        day: {f.name: {r["claim_id"]: r[f.name] for r in taken if str(r["as_of"]) == day} for f in wanted}
        for day in days
    }
