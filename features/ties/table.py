"""The ties of all employers as of one day as a table: either engine gathers the evidence, scipy reckons, on one machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from scipy import sparse

from features.engine import Engine
from features.snapshots.days import days_table
from features.ties import evidence
from features.ties.arrays import Floats, days_old, in_order, numbers
from features.ties.measures import MEASURES, PROOFS
from features.ties.network import moved_together, moves_of, shared_by_group, sharing_now, workers_a_month
from features.ties.reckon import Known, of_moves, of_ties

ENDS = (("shared", "employer_id"), ("moved", "employer_id"), ("moved", "from_employer"))


@dataclass(frozen=True)
class Sources:
    """What ties are told from: the rows of employers and (None: not there) of employer_ties, and the folds there are."""

    employers: ir.Table
    ties: ir.Table | None
    cells: Mapping[str, ir.Table]

    @property
    def registers(self) -> list[str]:
        """The registers there are, of those that tell ties."""
        there = ["employers", *(name for name in (*PROOFS, "payroll") if name in self.cells)]
        return there if self.ties is None else [*there, "employer_ties"]


def ties_as_of(engine: Engine, sources: Sources, day: dt.date) -> pa.Table:
    """(as_of, employer_id, `ties.*`): one row for each employer that shares anything or whose workers moved.

    The columns are the measures that the registers there are can tell; float64, null where there is no answer.
    """
    found = _gathered(engine, sources, day)
    tied = [found[kind][end] for kind, end in ENDS if kind in found]
    ids = in_order(*tied) if tied else pa.array([], pa.string())
    values = _values(found, ids, np.datetime64(day, "D")) if len(ids) else {}
    told = [measure for measure in MEASURES.values() if measure.told_by(sources.registers)]
    columns = {measure.column: _column(values.get(measure.name, np.zeros(len(ids)))) for measure in told}
    return pa.table({"as_of": pa.array([day] * len(ids), pa.date32()), "employer_id": ids, **columns})


def _gathered(engine: Engine, sources: Sources, day: dt.date) -> dict[str, pa.Table]:
    days, cells = days_table([day]), sources.cells
    asked = {"closed": evidence.closed(sources.employers, days)}
    if sources.ties is not None:
        asked["shared"] = evidence.shared(sources.ties, days)
    if "payroll" in cells:
        asked["moved"] = evidence.moved(cells["moves"], days)
        asked["workforce"] = evidence.workforce(cells["payroll"], days)
    if any(fold in cells for fold in PROOFS):
        asked["proven"] = evidence.proven(cells, days)
    return {name: engine.fetch(expression) for name, expression in asked.items()}


def _values(found: Mapping[str, pa.Table], ids: pa.Array, today: np.datetime64) -> dict[str, Floats]:
    known = _known(found, ids, today)
    groups = shared_by_group(found["shared"], ids, today) if "shared" in found else {}
    values = sharing_now(found["shared"], ids, today) if "shared" in found else {}
    strength = sum(groups.values(), start=sparse.csr_array((len(ids), len(ids))))
    if "moved" in found:
        moves = moves_of(found["moved"], ids)
        strength = strength + moved_together(moves, workers_a_month(found["workforce"], ids))
        values |= of_moves(moves, known)
    return values | of_ties(strength.tocsr(), known)


def _known(found: Mapping[str, pa.Table], ids: pa.Array, today: np.datetime64) -> Known:
    age, unpaid, closed = np.full(len(ids), np.nan), np.zeros(len(ids)), np.zeros(len(ids))
    if "proven" in found:
        place = numbers(found["proven"]["employer_id"], ids)
        tied = place >= 0
        age[place[tied]] = days_old(found["proven"]["proven_on"], today)[tied]
        unpaid[place[tied]] = np.asarray(found["proven"]["unpaid"])[tied] > 0
    place = numbers(found["closed"]["employer_id"], ids)
    closed[place[place >= 0]] = 1
    return Known(age, unpaid, closed)


def _column(values: Floats) -> pa.Array:
    """Null where there is no answer."""
    return pa.array(values, pa.float64(), mask=~np.isfinite(values))
