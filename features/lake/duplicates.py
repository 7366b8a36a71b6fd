"""A key is known once a day: rows that repeat a key and its `known_on` are put aside.

Counting distinct hashes is cheap and nearly always says that nothing is repeated; only where it does not,
rows are compared one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from features.lake import duck
from features.lake.completions import complete
from features.lake.stage import COMPRESSION, Staged, copy
from features.lake.table import DataFile
from features.registers import Register

REPEATED, SUPERSEDED, DUPLICATE = "repeated_row", "superseded_row", "duplicate_key"


def settle(
    con: duckdb.DuckDBPyConnection, register: Register, staged: Sequence[Staged], kept: Sequence[DataFile]
) -> int:
    """Take repeated rows out of `staged` (noting them in `broken`); returns the corrections that stay.

    `kept` are the register's files in the lake, whose rows always stay.
    """
    corrections = 0
    for partition in sorted({file.partition for one in staged for file in one.files}):
        new = [file.path for one in staged for file in one.files if file.partition == partition]
        old = [file.path for file in kept if file.partition == partition]
        corrections += _settle_partition(con, register, staged, new, old)
    return corrections


def _settle_partition(
    con: duckdb.DuckDBPyConnection, register: Register, staged: Sequence[Staged], new: list[Path], old: list[Path]
) -> int:
    rows, keys, dated_keys = _count(con, register, new + old)
    if rows == keys:
        return 0
    losers = 0
    if rows != dated_keys:
        new = complete(con, register, staged, new, old)
        losers = _find_losers(con, register, new, old)
        _remove_losers(con, staged, new)
    old_rows, old_keys, _ = _count(con, register, old) if old else (0, 0, 0)
    return (rows - losers - keys) - (old_rows - old_keys)


def _count(con: duckdb.DuckDBPyConnection, register: Register, files: list[Path]) -> tuple[int, int, int]:
    """Rows, distinct keys and distinct keys with `known_on`; the last is only counted where it matters."""
    rows = duck.parquet(files)
    row = con.execute(f"SELECT count(*), count(DISTINCT {_hash(register.key)}) FROM {rows}").fetchone()
    assert row is not None
    if row[0] == row[1]:
        return row[0], row[1], row[0]
    return row[0], row[1], duck.number(con, f"SELECT count(DISTINCT {_hash(_dated_key(register))}) FROM {rows}")


def _dated_key(register: Register) -> tuple[str, ...]:
    return (*register.key, "known_on")


def _hash(columns: Sequence[str]) -> str:
    return f"hash({duck.names(columns)})"


def _find_losers(con: duckdb.DuckDBPyConnection, register: Register, new: list[Path], old: list[Path]) -> int:
    """Fill `losers` with new rows that repeat a dated key, and why; returns how many there are.

    Of rows that say different things the one kept is the one that fills in most columns, then the first
    by content, wherever it stood: the order of files and rows decides nothing but which of two equal rows
    gives the line number. A row that says the same as the one kept, only less, contradicts nothing.
    """
    key = _dated_key(register)
    content = [name for name in register.names if name not in key]
    everything = f"SELECT *, 1 AS origin FROM {duck.parquet(new)}"
    if old:  # by name: an old file may lack a column that was declared since
        everything += f" UNION ALL BY NAME SELECT *, 0 AS origin FROM {duck.parquet(old, duck.BY_NAME)}"
    filled = " + ".join(f"({duck.name(name)} IS NOT NULL)::INTEGER" for name in content) or "0"
    order = [
        "origin",
        f"{filled} DESC",
        *(f"{duck.name(name)} NULLS FIRST" for name in content),
        "source_file",
        "source_line",
    ]
    window = f"(PARTITION BY {duck.names(key)} ORDER BY {', '.join(order)})"
    said = f"row({duck.names(content)})"
    kept = f"first_value({said}) OVER w"
    less = " AND ".join(
        f"({duck.name(name)} IS NULL OR {duck.name(name)} IS NOT DISTINCT FROM first_value({duck.name(name)}) OVER w)"
        for name in content
    )
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE losers AS
        WITH everything AS ({everything}),
        suspects AS (SELECT {_hash(key)} AS h FROM everything GROUP BY h HAVING count(*) > 1),
        placed AS (
            SELECT origin, source_file, source_line, row_number() OVER w AS place,
                   {said} IS NOT DISTINCT FROM {kept} AS same, {less or "true"} AS less
            FROM everything WHERE {_hash(key)} IN (SELECT h FROM suspects) WINDOW w AS {window}
        )
        SELECT source_file, source_line, CASE WHEN same THEN '{REPEATED}' WHEN less THEN '{SUPERSEDED}' ELSE '{DUPLICATE}' END AS rule
        FROM placed WHERE place > 1 AND origin = 1
        """)
    con.execute("INSERT INTO broken SELECT source_file, source_line, [rule] FROM losers")
    return duck.number(con, "SELECT count(*) FROM losers")


def _remove_losers(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged], new: list[Path]) -> None:
    """Write the files of a partition again, without the losers, where they hold any."""
    touched = {name for (name,) in con.execute("SELECT DISTINCT source_file FROM losers").fetchall()}
    for one in staged:
        if one.raw.source.name in touched:
            one.files = [_without_losers(con, file) if file.path in new else file for file in one.files]
            one.files = [file for file in one.files if file.rows]


def _without_losers(con: duckdb.DuckDBPyConnection, file: DataFile) -> DataFile:
    target = file.path.with_name(f"kept-{file.path.name}")
    query = f"SELECT * FROM {duck.parquet([file.path])} AS good ANTI JOIN losers USING (source_file, source_line)"
    copied = copy(con, query, target, COMPRESSION)
    return DataFile(target, file.partition, copied[0].rows if copied else 0)
