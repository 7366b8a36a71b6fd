"""Rows handed in again with what was learned since: each becomes a correction, known on the day of what it adds.

An office that exports its register anew each month writes `known_on` as before, or not at all, and fills in
the outcome. Such a row says nothing against the one in the lake. It is honest to take it as known on the
newest date of what it adds (`decided_on`, `closed_on`, `paid_on`), never before the row it completes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from features.lake import duck
from features.lake.stage import COMPRESSION, Staged, copy
from features.lake.table import DataFile
from features.registers import Register


def complete(
    con: duckdb.DuckDBPyConnection, register: Register, staged: Sequence[Staged], new: list[Path], old: list[Path]
) -> list[Path]:
    """Give rows in `new` that complete a row in `old` the day of what they add; returns the files as they are now."""
    if not register.learning_days or not old or not _find(con, register, new, old):
        return new
    touched = {name for (name,) in con.execute("SELECT DISTINCT source_file FROM completions").fetchall()}
    for one in staged:
        if one.raw.source.name in touched:
            one.files = [_completed(con, file) if file.path in new else file for file in one.files]
    replaced = {path.with_name(f"completed-{path.name}") for path in new}
    return [file.path for one in staged for file in one.files if file.path in replaced or file.path in new]


def _find(con: duckdb.DuckDBPyConnection, register: Register, new: list[Path], old: list[Path]) -> int:
    """Fill `completions` with the rows of `new` that repeat a dated key of `old` and only add to the row that stands."""
    key, later = duck.names(register.key), register.learned_later
    dated = [*register.key, "known_on"]
    rest = [name for name in register.names if name not in (*dated, *later)]
    same = " AND ".join(f"n.{duck.name(c)} IS NOT DISTINCT FROM o.{duck.name(c)}" for c in rest) or "true"
    adds = " AND ".join(
        f"(o.{duck.name(c)} IS NULL OR n.{duck.name(c)} IS NOT DISTINCT FROM o.{duck.name(c)})" for c in later
    )
    gained = ", ".join(f"CASE WHEN o.{duck.name(c)} IS NULL THEN n.{duck.name(c)} END" for c in register.learning_days)
    repeats = " AND ".join(f"n.{duck.name(c)} IS NOT DISTINCT FROM f.{duck.name(c)}" for c in dated)
    theirs = " AND ".join(f"n.{duck.name(c)} IS NOT DISTINCT FROM o.{duck.name(c)}" for c in register.key)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE completions AS
        WITH old_rows AS (
            SELECT * FROM {duck.parquet(new)} WHERE false UNION ALL BY NAME SELECT * FROM {duck.parquet(old, duck.BY_NAME)}
        ),
        standing AS (
            SELECT * FROM old_rows QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY known_on DESC) = 1
        )
        SELECT n.source_file, n.source_line, greatest(o.known_on, {gained}) AS known_on
        FROM {duck.parquet(new)} AS n JOIN standing AS o ON {theirs}
        WHERE {same} AND {adds} AND EXISTS (SELECT 1 FROM old_rows AS f WHERE {repeats})
          AND greatest(o.known_on, {gained}) > n.known_on
        """)
    return duck.number(con, "SELECT count(*) FROM completions")


def _completed(con: duckdb.DuckDBPyConnection, file: DataFile) -> DataFile:
    target = file.path.with_name(f"completed-{file.path.name}")
    query = (
        "SELECT good.* REPLACE (coalesce(completions.known_on, good.known_on) AS known_on) "
        f"FROM {duck.parquet([file.path])} AS good LEFT JOIN completions USING (source_file, source_line)"
    )
    return DataFile(target, file.partition, copy(con, query, target, COMPRESSION)[0].rows)
