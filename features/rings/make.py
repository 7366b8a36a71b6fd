"""The table `rings` of a snapshot, from the lake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.engine import Engine
from features.fingerprint import definition
from features.lake.lake import Lake
from features.rings.arrays import Evidence
from features.rings.measures import RINGS
from features.rings.table import FIRST_DAY, gather, rings_as_of
from features.snapshots.beside import Taking
from features.snapshots.day_files import day_files
from features.snapshots.lake_tables import rows, rows_if_there
from features.snapshots.measures import with_measures

KEY = ("as_of", "claim_id")
REGISTERS = ("claims", "payouts", "claim_decisions")
KEPT_DAYS = 4  # as many as a snapshot asks at once of all claims; of claims with days of their own there are hundreds


def make_rings(taking: Taking) -> ir.Table:
    """(as_of, claim_id, `rings.*`) of the claims asked about.

    The rings of a day are kept as a file of the lake where few days are asked about.
    """
    asked = taking.engine.fetch(taking.claims.select(*KEY))
    days = _days(asked)
    found = _from_files(taking, days) if 0 < len(days) <= KEPT_DAYS else ibis.memtable(_asked_alone(taking, asked))
    return with_measures(taking.claims.select(*KEY), found, RINGS, KEY)


def evidence_of(lake: Lake, engine: Engine, version: int) -> Evidence:
    """The evidence for the rings of any day, of lake `version`."""
    register = rows(lake, engine, "claims", version)
    payouts, decisions = (rows_if_there(lake, engine, name, version) for name in REGISTERS[1:])
    return gather(engine, register, payouts, decisions)


def _from_files(taking: Taking, days: Sequence[dt.date]) -> ir.Table:
    files = {name: [file.path.name for file in taking.lake.files(name, taking.version)] for name in REGISTERS}
    made_from = f"{definition(rings_as_of.__module__)} {files}"
    gathered: list[Evidence] = []

    def as_of(day: dt.date) -> pa.Table:
        if not gathered:  # once, and only where a day's file is not there yet
            gathered.append(evidence_of(taking.lake, taking.engine, taking.version))
        return rings_as_of(gathered[0], day)

    made = day_files(taking.lake.path / "folds" / "rings", made_from, days, as_of)
    return taking.engine.read(made, pq.read_schema(made[0]))


def _asked_alone(taking: Taking, asked: pa.Table) -> pa.Table:
    """The rings of the claims asked about alone; days are left out on which none is asked about that ever shared anything."""
    found = evidence_of(taking.lake, taking.engine, taking.version)
    asked = asked.filter(pc.is_in(asked["claim_id"], value_set=found.claim_ids))
    parts = [rings_as_of(found, FIRST_DAY).slice(0, 0)]
    for day in _days(asked):
        own = asked.filter(pc.equal(asked["as_of"], pa.scalar(day, pa.date32())))["claim_id"].combine_chunks()
        rings = rings_as_of(found, day)
        parts.append(rings.filter(pc.is_in(rings["claim_id"], value_set=own)))
    return pa.concat_tables(parts)


def _days(asked: pa.Table) -> list[dt.date]:
    days: list[dt.date] = pc.unique(asked["as_of"]).to_pylist()
    return sorted(days)
