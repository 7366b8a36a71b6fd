"""Good rows of one file, written as the lake will keep them; and the lines of all others."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from features.lake import duck
from features.lake.check import checked, rule_names
from features.lake.raw import Raw, columns_of
from features.lake.schema import PARTITION
from features.lake.table import DataFile
from features.registers import REGISTERS, Register

COMPRESSION = "COMPRESSION zstd"


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
    """Make the tables that take what is put aside: lines with their rules, and whole rows."""
    con.execute("CREATE TEMP TABLE broken (file VARCHAR, line BIGINT, rules VARCHAR[])")
    con.execute("CREATE TEMP TABLE aside (register VARCHAR, file VARCHAR, line BIGINT, rules VARCHAR[], row VARCHAR)")


def stage(con: duckdb.DuckDBPyConnection, raw: Raw, folder: Path) -> Staged:
    """Write the good rows of `raw` to `folder`, and note the lines of the others in `broken`."""
    register = REGISTERS[raw.source.register]
    raw.view(con)
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
    if register.partition is None:
        rows = f"SELECT {columns} FROM ({query}) WHERE broken = 0"
        return copy(con, rows, folder / "good.parquet", COMPRESSION)
    month = f"strftime({duck.name(register.partition)}, '%Y-%m') AS {PARTITION}"
    rows = f"SELECT {columns}, {month} FROM ({query}) WHERE broken = 0"
    return copy(con, rows, folder / "good", f"{COMPRESSION}, PARTITION_BY ({PARTITION})")


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
