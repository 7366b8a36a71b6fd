"""Rows as a file has them, before any rule: what each way of reading a file hands on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis

from features.lake import duck
from features.lake.check import RAW, Columns
from features.lake.source import Source
from features.registers import REGISTERS
from features.registers.values import SPACES


@dataclass(frozen=True)
class Raw:
    """The rows of a source in a Parquet file.

    `columns` maps declared columns to their names in that file; `line` is the SQL of a row's line (or
    record number) in the source. `faults` is a Parquet file of (line, rule, text): rows that could not
    be taken apart, `fault_rows` of them. `spaces` are the characters to trim.
    """

    source: Source
    path: Path
    columns: dict[str, str]
    line: str
    rows: int
    faults: Path | None = None
    fault_rows: int = 0
    blank_lines: int = 0
    spaces: str = SPACES

    def view(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make `raw` show these rows."""
        columns = [f"{duck.name(own)} AS {duck.name(declared)}" for declared, own in self.columns.items()]
        if month := month_in_path(self.source, self.columns):
            columns.append(f"{duck.quoted(self.source.month)} AS {duck.name(month)}")
        rows = duck.parquet([self.path], ", file_row_number = true")
        con.execute(
            f"CREATE OR REPLACE TEMP VIEW {RAW} AS "
            f"SELECT {', '.join(columns)}, ({self.line})::BIGINT AS source_line FROM {rows}"
        )


class Refused(Exception):
    """A file that is put aside whole. `rows` are those it has, as far as they can be counted."""

    def __init__(self, problem: str, *, found: str = "", expected: str = "", do: str = "", rows: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.found, self.expected, self.do, self.rows = problem, found, expected, do, rows


def columns_of(con: duckdb.DuckDBPyConnection) -> Columns:
    """Names and Ibis types of the columns that `raw` shows."""
    schema = ibis.Schema.from_pyarrow(con.execute(f"SELECT * FROM {RAW} LIMIT 0").to_arrow_table().schema)
    return tuple((name, str(kind.copy(nullable=True))) for name, kind in schema.items() if name != "source_line")


def month_in_path(source: Source, present: Iterable[str]) -> str:
    """The month column, where the path alone says it; else ''."""
    partition = REGISTERS[source.register].partition
    return partition if partition and source.month and partition not in present else ""


def require_columns(source: Source, fields: Iterable[str], rows: int) -> None:
    """`Refused` where a required column is missing, or a declared one is there twice."""
    register, fields = REGISTERS[source.register], list(fields)
    twice = [name for name in register.names if fields.count(name) > 1]
    if twice:
        raise Refused(
            f"a column is there twice: {', '.join(twice)}",
            found=", ".join(fields),
            expected="each column once",
            do="rename or remove one of them",
            rows=rows,
        )
    there = {*fields, month_in_path(source, fields)}
    missing = [column.name for column in register.columns if column.required and column.name not in there]
    if missing:
        raise Refused(
            f"a required column is missing: {', '.join(missing)}",
            found=_shortened(fields),
            expected=", ".join(column.name for column in register.columns if column.required),
            do="add the column, or rename the one that holds it, and ingest the file again",
            rows=rows,
        )


def _shortened(fields: list[str]) -> str:
    text = ", ".join(fields) or "no columns"
    return text if len(text) <= 300 else text[:300] + " …"
