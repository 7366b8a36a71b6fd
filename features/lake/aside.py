"""Rows put aside: kept as they were read, with what they broke, until somebody corrects them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from features.lake import duck
from features.lake.check import RAW
from features.lake.lake import Lake, declared
from features.lake.source import Source
from features.lake.stage import COMPRESSION, Staged, copy
from features.lake.table import DataFile
from features.registers.rules import explained

SHOWN = 120  # characters of an example
ASIDE_COLUMNS = ("aside_version", "aside_file", "aside_line", "aside_rules", "aside_line_as_read")


def collect(con: duckdb.DuckDBPyConnection, register: str, staged: Sequence[Staged]) -> None:
    """Add the rows that `broken` names, and those that could not be taken apart, to `aside`."""
    for one in staged:
        source = f"{duck.quoted(register)}, {duck.quoted(one.raw.source.name)}"
        if one.raw.fault_rows and one.raw.faults:
            faults = duck.parquet([one.raw.faults])
            con.execute(f"INSERT INTO aside SELECT {source}, line, [rule], text FROM {faults}")
        if one.rows < one.raw.rows:
            one.raw.view(con)
            con.execute(
                f"INSERT INTO aside SELECT {source}, line, rules, {_as_read(con)} "
                f"FROM {RAW} JOIN broken ON line = source_line WHERE file = {duck.quoted(one.raw.source.name)}"
            )


def _as_read(con: duckdb.DuckDBPyConnection) -> str:
    names = [row[0] for row in con.execute(f"DESCRIBE {RAW}").fetchall() if row[0] != "source_line"]
    cells = ", ".join(f"{duck.name(name)} := {duck.name(name)}::VARCHAR" for name in names)
    return f"to_json(struct_pack({cells}))"


def take_whole(con: duckdb.DuckDBPyConnection, source: Source, rows: Path) -> None:
    """Add the rows of a file put aside whole, which lie in the Parquet file `rows` as (line, rule, text)."""
    origin = f"{duck.quoted(source.register)}, {duck.quoted(source.name)}"
    con.execute(f"INSERT INTO aside SELECT {origin}, line, [rule], text FROM {duck.parquet([rows])}")


def rules_broken(con: duckdb.DuckDBPyConnection, register: str) -> tuple[dict[str, int], dict[str, str]]:
    """How many rows of `register` broke each rule, and of each rule an example: what was found, and where."""
    each = f"SELECT unnest(rules) AS rule, file, line, row FROM aside WHERE register = {duck.quoted(register)}"
    found = con.execute(
        "SELECT rule, count(*), arg_min({'file': file, 'line': line, 'row': left(row, 10000)}, (file, line)) "
        f"FROM ({each}) GROUP BY rule ORDER BY rule"
    ).fetchall()
    return {rule: count for rule, count, _ in found}, {rule: _example(register, rule, row) for rule, _, row in found}


def _example(register: str, rule: str, row: dict[str, Any]) -> str:
    _, _, column = explained(declared(register), rule)
    cells = _cells(row["row"])
    said = (cells.get(column) or "an empty cell") if column and cells else row["row"]
    text = str(said) if len(str(said)) <= SHOWN else f"{str(said)[:SHOWN]} …"
    return f"{text} ({row['file']}, line {row['line']})"


def write(con: duckdb.DuckDBPyConnection, version: int, folder: Path) -> list[DataFile]:
    """The rows put aside by the ingest that makes `version`, as files of the table `aside`."""
    query = f"SELECT {version}::BIGINT AS version, register, file, line, rules, row FROM aside"
    return copy(con, query, folder / "aside.parquet", COMPRESSION)


def export(lake: Lake, register: str, target: Path, version: int | None = None) -> int:
    """Write rows put aside as a CSV to correct and ingest again; returns how many there were.

    Beside the register's columns stand what was wrong and, for a line that could not be taken apart,
    the line itself; an ingest ignores those columns.
    """
    names = declared(register).names
    rows = lake.aside(version, register)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*names, *ASIDE_COLUMNS], extrasaction="ignore")
        writer.writeheader()
        for batch in rows.to_batches(max_chunksize=10_000):
            writer.writerows(_exported(row) for row in batch.to_pylist())
    return int(rows.num_rows)


def _exported(row: dict[str, object]) -> dict[str, object]:
    cells = _cells(str(row["row"]))
    notes = (row["version"], row["file"], row["line"], " ".join(row["rules"]), "" if cells else row["row"])  # type: ignore[arg-type]
    return {**cells, **dict(zip(ASIDE_COLUMNS, notes, strict=True))}


def _cells(text: str) -> dict[str, object]:
    try:
        cells = json.loads(text)
    except ValueError:
        return {}
    return cells if isinstance(cells, dict) else {}
