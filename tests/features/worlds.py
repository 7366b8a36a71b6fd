"""Small worlds written as text tables, asked for features as of a day on either engine."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.folds import FOLDS
from features.registers import REGISTERS, Type
from features.snapshots.build import employer_snapshot
from features.snapshots.days import days_table

PARSE = {
    Type.DATE: dt.date.fromisoformat,
    Type.MONTH: dt.date.fromisoformat,
    Type.MONEY: lambda text: Decimal(text).quantize(Decimal("0.01")),
    Type.COUNT: int,
}
ARROW = {
    Type.DATE: pa.date32(),
    Type.MONTH: pa.date32(),
    Type.MONEY: pa.decimal128(18, 2),
    Type.COUNT: pa.int64(),
}


def rows(register: str, text: str) -> pa.Table:
    """The rows of a text table (columns parted by `|`), typed as the register is in the lake."""
    declared = REGISTERS[register]
    lines = [[cell.strip() for cell in line] for line in csv.reader(text.strip().splitlines(), delimiter="|")]
    records = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    columns = {c.name: [_parse(c.type, record.get(c.name, "")) for record in records] for c in declared.columns}
    if declared.natural:
        columns["known_on"] = [k or n for k, n in zip(columns["known_on"], columns[declared.natural], strict=True)]
    return pa.table({c.name: pa.array(columns[c.name], ARROW.get(c.type, pa.string())) for c in declared.columns})


def _parse(type_: Type, text: str) -> Any:
    return PARSE.get(type_, str)(text) if text else None


def features_as_of(
    engine: Engine, day: str, *names: str, employers: str | None = None, **registers: str
) -> dict[str, dict[str, Any]]:
    """Feature name → employer → value as of `day`. Employers not given are made up from the other registers."""
    tables = {name: rows(name, text) for name, text in registers.items()}
    own = rows("employers", employers) if employers else _bare_employers(tables)
    return snapshot_of(engine, [day], own, tables, *names)[day]


def snapshot_of(
    engine: Engine, days: list[str], employers: pa.Table, tables: dict[str, pa.Table], *names: str
) -> dict[str, dict[str, dict[str, Any]]]:
    """Day → feature → employer → value; all features where none is named."""
    with tempfile.TemporaryDirectory() as folder:
        return _snapshot_of(engine, Path(folder), days, employers, tables, *names)


def _snapshot_of(
    engine: Engine, folder: Path, days: list[str], employers: pa.Table, tables: dict[str, pa.Table], *names: str
) -> dict[str, dict[str, dict[str, Any]]]:
    def stored(name: str, table: pa.Table) -> ir.Table:
        pq.write_table(table, folder / f"{name}.parquet")
        return engine.read([folder / f"{name}.parquet"], table.schema)

    cells = {name: FOLDS[name].expression(stored(name, table)) for name, table in tables.items()}
    wanted = [f for f in EMPLOYER_FEATURES if not names or f.name in names]
    table = days_table([dt.date.fromisoformat(day) for day in days])
    taken = engine.fetch(employer_snapshot(stored("employers", employers), cells, table, wanted)).to_pylist()
    return {
        day: {f.name: {r["employer_id"]: r[f.name] for r in taken if str(r["as_of"]) == day} for f in wanted}
        for day in days
    }


def _bare_employers(tables: dict[str, pa.Table]) -> pa.Table:
    ids = sorted({i for table in tables.values() for i in table.column("employer_id").to_pylist()})
    lines = "\n".join(f"{i} | {i} | 1900-01-01" for i in ids)
    return rows("employers", f"employer_id | name | known_on\n{lines}")
