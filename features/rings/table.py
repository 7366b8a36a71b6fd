"""The rings of a day as a table: either engine gathers the evidence, scipy reckons, on one machine."""

from __future__ import annotations

import datetime as dt

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from features.engine import Engine
from features.rings.arrays import Evidence, as_arrays
from features.rings.evidence import evidence
from features.rings.measures import RINGS
from features.rings.reckon import measures_of, rings_on
from features.ties.arrays import Floats

FIRST_DAY = dt.date(1970, 1, 1)


def gather(engine: Engine, register: ir.Table, payouts: ir.Table | None, decisions: ir.Table | None) -> Evidence:
    """The evidence for the rings of any day, from the rows of the registers (None: not there)."""
    found = evidence(register, payouts, decisions)
    return as_arrays({name: engine.fetch(expression) for name, expression in found.items()})


def day_number(day: dt.date) -> int:
    """Days since 1970."""
    return (day - FIRST_DAY).days


def rings_as_of(found: Evidence, day: dt.date) -> pa.Table:
    """(as_of, claim_id, `rings.*`): one row for each claim of a person who is tied to another.

    The columns are the measures that the registers there are can tell; float64, null where there is no answer.
    """
    number = day_number(day)
    ring = rings_on(found, number)
    values = measures_of(ring, found.decisions, number)
    told = [m for m in RINGS.values() if "claim_decisions" not in m.registers or found.decisions is not None]
    columns = {m.column: _column(values.get(m.name, np.zeros(len(ring.claim)))) for m in told}
    claim_ids = found.claim_ids.take(pa.array(ring.claim, pa.int64()))
    return pa.table({"as_of": pa.array([day] * len(ring.claim), pa.date32()), "claim_id": claim_ids, **columns})


def _column(values: Floats) -> pa.Array:
    """Null where there is no answer."""
    return pa.array(values, pa.float64(), mask=~np.isfinite(values))
