"""Many rows at once into a table of the store, within the caller's transaction: by COPY in PostgreSQL, else row by row in C."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from sqlalchemy import Table
from sqlalchemy.orm import Session

from serving.store.base import Base

ROWS = 100_000  # held as Python objects, or as text, at a time
CACHE_KIB = 200_000  # of SQLite's pages: an index filled in another order than its own wants all of it at hand


def insert(session: Session, into: type[Base], rows: pa.Table) -> int:
    """Write `rows` into a table; returns how many. Columns are called as in the table, records are JSON text.

    Rows in the order of the primary key are written fastest.
    """
    session.flush()
    table = cast(Table, into.__table__)
    names = [column.name for column in table.columns if column.name in rows.column_names]
    chosen = rows.select(names)
    write = _copy if session.get_bind().dialect.name == "postgresql" else _executemany
    write(session, table.name, names, (chosen.slice(at, ROWS) for at in range(0, chosen.num_rows, ROWS)))
    return int(rows.num_rows)


def _executemany(session: Session, table: str, names: list[str], parts: Iterable[pa.Table]) -> None:
    cursor = session.connection().connection.cursor()
    (usual,) = cursor.execute("PRAGMA cache_size").fetchone()
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    statement = f"INSERT INTO {table} ({_quoted(names)}) VALUES ({', '.join('?' * len(names))})"
    for part in parts:
        rows = list(zip(*(_plain(column).to_pylist() for column in part.columns), strict=True))
        cursor.executemany(statement, rows)
    cursor.execute(f"PRAGMA cache_size = {usual}")
    cursor.close()


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Days as SQLite keeps them."""
    return pc.cast(column, pa.string()) if pa.types.is_date(column.type) else column


def _copy(session: Session, table: str, names: list[str], parts: Iterable[pa.Table]) -> None:
    cursor = session.connection().connection.cursor()
    with cursor.copy(f"COPY {table} ({_quoted(names)}) FROM STDIN (FORMAT csv)") as copy:
        for part in parts:
            copy.write(_csv(part))
    cursor.close()


def _csv(part: pa.Table) -> bytes:
    """Texts in quotes, so that an empty one is told from a null, which is nothing at all."""
    written = io.BytesIO()
    pa.csv.write_csv(part, written, pa.csv.WriteOptions(include_header=False, quoting_style="needed"))
    return written.getvalue()


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
