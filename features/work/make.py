"""The table `work` of a snapshot, and the months behind it, from the lake."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from features.engine import Engine
from features.folds import FOLDS
from features.lake.lake import Lake
from features.snapshots.beside import Taking
from features.snapshots.claims import claims_known_by
from features.snapshots.lake_tables import cells, folded, rows_if_there
from features.work.asked import KEY
from features.work.table import months_asked, work_as_of

REGISTERS = ("claims", "payroll", "contributions", "payouts", "employers")
CENTS = 100


def make_work(taking: Taking) -> ir.Table:
    """(as_of, claim_id, `work.*`) of the claims asked about."""
    lake, engine, version = taking.lake, taking.engine, taking.version
    folds = [FOLDS[name] for name in ("payroll", "contributions")]
    books = cells(engine, folded(lake, engine, folds, version))

    def keep(table: ir.Table) -> ir.Table:
        return ibis.memtable(engine.fetch(table))

    return work_as_of(taking.claims, registers_of(lake, engine, version), books, keep)


def months_at_work(lake: Lake, engine: Engine, asked: pa.Table, version: int | None = None) -> pa.Table:
    """The months claimed for in which the person was on a payroll or insured, as an alert shows them line by line.

    `asked`: (as_of date32, claim_id). Columns as_of, claim_id, month, employer_id, on_payroll and insured (1 or 0), wage
    and base (main unit, null where not known), sorted by the first four. Months count that are claimed for from their first
    day to their last; no rows where the lake has neither payroll nor contributions.
    """
    version = lake.version() if version is None else version
    registers = registers_of(lake, engine, version)
    claims = ibis.memtable(engine.fetch(claims_known_by(registers["claims"], ibis.memtable(asked.select(list(KEY))))))
    months = months_asked(claims, registers)
    if months is None:
        return MONTHS.empty_table()
    whole = months.begins_month + ibis.ifelse(months.begins.day() > 1, 1, 0)
    claimed = months.filter((months.number >= whole) & (months.number < months.ends_month))
    told = claimed.select(
        *KEY, "month", "employer_id", "on_payroll", "insured", wage=claimed.wage / CENTS, base=claimed.base / CENTS
    )
    found = engine.fetch(told).cast(MONTHS)
    return found.sort_by([(name, "ascending") for name in MONTHS.names[:4]])


MONTHS = pa.schema(
    [
        ("as_of", pa.date32()),
        ("claim_id", pa.string()),
        ("month", pa.date32()),
        ("employer_id", pa.string()),
        ("on_payroll", pa.int64()),
        ("insured", pa.int64()),
        ("wage", pa.float64()),
        ("base", pa.float64()),
    ]
)


def registers_of(lake: Lake, engine: Engine, version: int) -> Mapping[str, ir.Table]:
    """The rows of the registers that tell work, of those that the version has."""
    found = {name: rows_if_there(lake, engine, name, version) for name in REGISTERS}
    return {name: table for name, table in found.items() if table is not None}
