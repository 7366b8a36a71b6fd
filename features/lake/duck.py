"""The DuckDB connection an ingest works with, and the little SQL text that needs quoting."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

BY_NAME = ", union_by_name = true"  # for files of which some lack a column that was declared since


def connect(scratch: Path, memory_limit: str) -> duckdb.DuckDBPyConnection:
    """A connection that spills to `scratch` beyond `memory_limit` (such as `2GB`)."""
    con = duckdb.connect()
    con.execute(f"SET memory_limit = {quoted(memory_limit)}")
    con.execute(f"SET temp_directory = {quoted(scratch / 'spill')}")
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET enable_progress_bar = false")
    return con


def quoted(text: object) -> str:
    """A value as an SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def name(text: str) -> str:
    """A column's name as SQL."""
    return '"' + text.replace('"', '""') + '"'


def names(columns: Iterable[str]) -> str:
    """Columns' names as an SQL list."""
    return ", ".join(name(column) for column in columns)


def parquet(paths: Iterable[Path], options: str = "") -> str:
    """A table function that reads exactly these Parquet files and trusts no folder name."""
    listed = ", ".join(quoted(path) for path in paths)
    return f"read_parquet([{listed}], hive_partitioning = false{options})"


def number(con: duckdb.DuckDBPyConnection, query: str) -> int:
    """The one whole number that `query` returns."""
    row = con.execute(query).fetchone()
    assert row is not None
    return int(row[0])
