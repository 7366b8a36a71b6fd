"""The file of a night: one SQLite database that nothing changes once it is written, looked up by thing and person."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from features.errors import NotFound

READING = "PRAGMA mmap_size = 17179869184"  # pages are shared with the operating system's cache, not copied
TABLES = {
    "books": "thing TEXT PRIMARY KEY, block BLOB NOT NULL",
    "insured": "person TEXT PRIMARY KEY, name, born_on, sex, region, address, phone, died_on, death_known_on",
    "months": "worker TEXT PRIMARY KEY, months BLOB NOT NULL",
    "there": "employer TEXT PRIMARY KEY, latest BLOB NOT NULL",
    "insured_there": "employer_id TEXT PRIMARY KEY, months BLOB NOT NULL",
    "amounts": "peers TEXT PRIMARY KEY, steps BLOB NOT NULL",
    "rings": "person TEXT PRIMARY KEY, measures BLOB NOT NULL",
}
ROWID = {
    "employers": "code INTEGER PRIMARY KEY, employer_id TEXT NOT NULL, region TEXT",
    "about": "name TEXT PRIMARY KEY, value",
}


class NightFile:
    """An open file; each thread opens its own."""

    def __init__(self, path: Path) -> None:
        """NotFound where there is none."""
        if not path.is_file():
            raise NotFound(
                "nothing was prepared for online scores",
                found=str(path),
                do="run: plumbline online build --as-of DAY",
            )
        self._con = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._con.execute(READING)

    def close(self) -> None:
        """Close it."""
        self._con.close()

    def one(self, table: str, key: str, value: object, columns: str = "*") -> tuple[Any, ...] | None:
        """The row whose `key` is `value`; None where there is none."""
        row: tuple[Any, ...] | None = self._con.execute(
            f"SELECT {columns} FROM {table} WHERE {key} = ?", (value,)
        ).fetchone()
        return row

    def some(self, table: str, key: str, values: Sequence[object], columns: str = "*") -> list[tuple[Any, ...]]:
        """The rows whose `key` is one of `values`."""
        marks = ",".join("?" * len(values))
        return self._con.execute(f"SELECT {columns} FROM {table} WHERE {key} IN ({marks})", values).fetchall()

    def all(self, table: str) -> list[tuple[Any, ...]]:
        """All rows."""
        return self._con.execute(f"SELECT * FROM {table}").fetchall()

    def newest(self, table: str, key: str, value: object, by: str, most: int) -> list[tuple[Any, ...]]:
        """The last `most` rows in the order of `by` whose `key` is `value`."""
        return self._con.execute(
            f"SELECT * FROM {table} WHERE {key} = ? ORDER BY {by} DESC LIMIT ?", (value, most)
        ).fetchall()


class NightWriter:
    """Writes a file; nobody else sees it before it is whole."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    def table(self, name: str, columns: str, rows: Iterable[Sequence[Any]], index: str = "") -> int:
        """Make the table and fill it; returns the number of rows. Rows come in the order of their key where it is quick."""
        apart = " WITHOUT ROWID" if name in TABLES else ""
        self._con.execute(f"CREATE TABLE {name} ({columns}){apart}")
        count = 0
        for row in rows:
            if not count:
                marks = ",".join("?" * len(row))
            self._con.execute(f"INSERT INTO {name} VALUES ({marks})", row)
            count += 1
        if index:
            self._con.execute(f"CREATE INDEX {name}_{index} ON {name} ({index})")
        return count

    def known(self, name: str, rows: Iterable[Sequence[Any]]) -> int:
        """One of TABLES or ROWID."""
        return self.table(name, (TABLES | ROWID)[name], rows)


@contextmanager
def writing(path: Path) -> Iterator[NightWriter]:
    """A new file at `path`, for its owner's eyes, on disk when this ends."""
    os.close(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        con.execute("PRAGMA page_size = 8192")
        con.execute("PRAGMA journal_mode = OFF")  # the file is thrown away if it is not finished
        con.execute("PRAGMA synchronous = OFF")
        con.execute("BEGIN")
        yield NightWriter(con)
        con.execute("COMMIT")
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
