"""Good rows of one file, written as the lake will keep them; and the lines of all others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

import duckdb

from features.lake import duck
from features.lake.check import RAW, checked, rule_names
from features.lake.raw import Raw, columns_of
from features.lake.schema import PARTITION
from features.lake.table import DataFile
from features.registers import REGISTERS, Register

COMPRESSION = "COMPRESSION zstd"
COMPILING = Lock()  # files are staged at the same time; each query is compiled once
MONTH = re.compile(r"\d{4}-\d{2}-\d{2}( 00:00:00)?")


@dataclass
class Staged:
    """A file whose good rows lie in `files`, in the staging folder."""

    raw: Raw
    folder: Path
    files: list[DataFile] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Good rows."""
        return sum(file.rows for file in self.files)

    @property
    def rows_in(self) -> int:
        """All rows the file has."""
        return self.raw.rows + self.raw.fault_rows


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that take what is put aside: lines with their rules, and whole rows.

    They are no temporary tables, which only the connection that made them can see.
    """
    con.execute("CREATE TABLE broken (file VARCHAR, line BIGINT, rules VARCHAR[])")
    con.execute("CREATE TABLE aside (register VARCHAR, file VARCHAR, line BIGINT, rules VARCHAR[], row VARCHAR)")


def stage(con: duckdb.DuckDBPyConnection, raw: Raw, folder: Path) -> Staged:
    """Write the good rows of `raw` to `folder`, and note the lines of the others in `broken`."""
    register = REGISTERS[raw.source.register]
    raw.view(con)
    with COMPILING:
        query = checked(register.name, columns_of(con), raw.spaces)
    staged = Staged(raw, folder, _write_good(con, register, query, raw, folder))
    if staged.rows < raw.rows:
        _note_broken(con, register, query, raw.source.name)
    return staged


def _write_good(
    con: duckdb.DuckDBPyConnection, register: Register, query: str, raw: Raw, folder: Path
) -> list[DataFile]:
    if not raw.rows:
        return []
    columns = f"{duck.names(register.names)}, {duck.quoted(raw.source.name)} AS source_file, source_line"
    rows = f"SELECT {columns} FROM ({query}) WHERE broken = 0"
    if register.partition is None:
        return copy(con, rows, folder / "good.parquet", COMPRESSION)
    if month := _only_month(con, register.partition):
        return [replace(file, partition=month) for file in copy(con, rows, folder / "good.parquet", COMPRESSION)]
    partition = f"strftime({duck.name(register.partition)}, '%Y-%m') AS {PARTITION}"
    options = f"{COMPRESSION}, PARTITION_BY ({PARTITION})"
    return copy(con, f"SELECT *, {partition} FROM ({rows})", folder / "good", options)


def _only_month(con: duckdb.DuckDBPyConnection, column: str) -> str:
    """The month as 'YYYY-MM' where all rows of `raw` name one and the same; splitting them is slower."""
    cell = f"{duck.name(column)}::VARCHAR"
    first, last = con.execute(f"SELECT min({cell}), max({cell}) FROM {RAW}").fetchall()[0]
    return first[:7] if first == last and MONTH.fullmatch(first or "") else ""


def copy(con: duckdb.DuckDBPyConnection, query: str, target: Path, options: str) -> list[DataFile]:
    """Write the rows of `query` as Parquet; files without rows are not kept."""
    written = con.execute(
        f"COPY ({query}) TO {duck.quoted(target)} (FORMAT parquet, {options}, RETURN_STATS true)"
    ).fetchall()
    files = [DataFile(Path(row[0]), _partition(Path(row[0])), int(row[1])) for row in written]
    return [file for file in files if file.rows]


def _partition(path: Path) -> str:
    prefix = f"{PARTITION}="
    folder = path.parent.name
    return folder.removeprefix(prefix) if folder.startswith(prefix) else ""


def _note_broken(con: duckdb.DuckDBPyConnection, register: Register, query: str, file: str) -> None:
    broken = ", ".join(
        f"CASE WHEN broken & {1 << bit} <> 0 THEN {duck.quoted(name)} END"
        for bit, name in enumerate(rule_names(register))
    )
    con.execute(
        f"INSERT INTO broken SELECT {duck.quoted(file)}, source_line, "
        f"list_filter([{broken}], lambda rule: rule IS NOT NULL) FROM ({query}) WHERE broken <> 0"
    )
