"""The store of the online check: which records have a key in common with a new one. One SQLite file.

Three tables: `records`, each with what is compared; `keys`, which records have a key, in the order of keys; `crowded`, of
how many records a key is once they are too many to be compared. A key is a keyed hash of 64 bits, so the table of keys
says nothing to who has no key material; records hold what was written, and the file is for its owner's eyes (mode 600).

A block that has reached its cap takes no more records, only a count: asking for it costs one row however many share it.
Records are numbered in the order they came, which is the order of the batch part: a record meets those before it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from features.errors import BadInput, Busy, NotFound

Ints = npt.NDArray[np.int64]
Value = str | int | float | None

FORMAT = 1
BUCKETS = 64  # of keys, sorted one after another: a 64th of all pairs is in memory at a time
PAIR = np.dtype([("key", "<i8"), ("record", "<i8")])
READING = "PRAGMA mmap_size = 17179869184"  # pages are shared with the operating system's cache, not copied


def _quoted(field: str) -> str:
    return '"' + field.replace('"', '""') + '"'


@cache
def _columns(first: tuple[str, ...], fields: tuple[str, ...]) -> str:
    """`first` and the fields, as a statement names them."""
    return ", ".join((*first, *map(_quoted, fields)))


@dataclass(frozen=True)
class Sharing:
    """`pairs` of a key and a record that has it, of keys that are not crowded, and by key how many records have it."""

    pairs: list[tuple[int, int]]
    shared: dict[int, int]


class Index:
    """An open store. Any number of processes read it; one at a time adds."""

    def __init__(self, path: Path) -> None:
        """Open the store at `path`. NotFound where there is none; BadInput where it is of another format."""
        if not path.is_file():
            raise NotFound(
                "there is no index of records",
                found=str(path),
                do="build it with build_index (features/same_person/online.py)",
            )
        con = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        con.execute(READING)
        con.execute("PRAGMA synchronous = FULL")
        self._begin(con)

    @classmethod
    def on(cls, con: sqlite3.Connection) -> Index:
        """The store in an open database, which has others' tables too (`make_tables`)."""
        index = cls.__new__(cls)
        index._begin(con)
        return index

    def _begin(self, con: sqlite3.Connection) -> None:
        self._con = con
        about = dict(con.execute("SELECT name, value FROM about"))
        if about.get("format") != str(FORMAT):
            raise BadInput(
                "the index of records cannot be read",
                found=f"format {about.get('format')}",
                expected=f"format {FORMAT}",
                do="build the index again",
            )
        self.cap = int(about["cap"])
        self.fields = tuple(json.loads(about["fields"]))
        self.about: Mapping[str, str] = about

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *error: object) -> None:
        self._con.close()

    def __len__(self) -> int:
        return int(self._con.execute("SELECT coalesce(max(record), 0) FROM records").fetchone()[0])

    def sharing(self, keys: Sequence[int]) -> Sharing:
        """Which records have any of `keys`, and by key how many have it."""
        marks = ",".join("?" * len(keys))
        shared = dict(self._con.execute(f"SELECT key, records FROM crowded WHERE key IN ({marks})", keys).fetchall())
        open_keys = [key for key in keys if key not in shared]
        marks = ",".join("?" * len(open_keys))
        pairs = self._con.execute(f"SELECT key, record FROM keys WHERE key IN ({marks})", open_keys).fetchall()
        for key, _ in pairs:
            shared[key] = shared.get(key, 0) + 1
        return Sharing(pairs, shared)

    def records(self, numbers: Sequence[int], fields: tuple[str, ...] | None = None) -> dict[int, tuple[Value, ...]]:
        """Those records by number: record_id, then the `fields` (None: all)."""
        found: dict[int, tuple[Value, ...]] = {}
        columns = _columns(("record", "record_id"), self.fields if fields is None else fields)
        for start in range(0, len(numbers), 500):  # SQLite takes some hundred marks in a query
            some = numbers[start : start + 500]
            marks = ",".join("?" * len(some))
            for row in self._con.execute(f"SELECT {columns} FROM records WHERE record IN ({marks})", some):
                found[row[0]] = row[1:]
        return found

    def add(self, record_id: str, fields: Sequence[Value], keys: Iterable[int]) -> bool:
        """Put a record in, whole or not at all; False where it is in already. On disk when it returns."""
        self._con.execute("BEGIN IMMEDIATE")
        try:
            done = self.put(record_id, fields, keys)
        except BaseException:
            self._con.execute("ROLLBACK")
            raise
        self._con.execute("COMMIT")
        return done

    def put(self, record_id: str, fields: Sequence[Value], keys: Iterable[int]) -> bool:
        """`add`, as a part of the transaction that its database is in."""
        marks = ",".join("?" * (1 + len(self.fields)))
        done = self._con.execute(
            f"INSERT INTO records ({_columns(('record_id',), self.fields)}) VALUES ({marks}) ON CONFLICT (record_id) DO NOTHING",
            (record_id, *fields),
        )
        if done.rowcount:
            self._put(list(set(keys)), int(done.lastrowid or 0))
        return bool(done.rowcount)

    def take_back(self, record_id: str, keys: Iterable[int]) -> None:
        """Forget a record that has `keys`, as a part of a transaction; a block that is full stays so."""
        row = self._con.execute("SELECT record FROM records WHERE record_id = ?", (record_id,)).fetchone()
        if row is not None:
            self._con.execute("DELETE FROM records WHERE record = ?", row)
            self._con.executemany("DELETE FROM keys WHERE key = ? AND record = ?", [(key, row[0]) for key in keys])

    def _put(self, keys: Sequence[int], record: int) -> None:
        """Into the blocks of the keys, or into their counts where blocks are full: all keys with a statement each."""
        marks, rows = ",".join("?" * len(keys)), ",".join(["(?)"] * len(keys))
        if not keys:
            return
        self._con.execute(f"UPDATE crowded SET records = records + 1 WHERE key IN ({marks})", keys)
        self._con.execute(
            f"INSERT INTO keys SELECT column1, ? FROM (VALUES {rows}) WHERE column1 NOT IN (SELECT key FROM crowded)",
            (record, *keys),
        )
        full = self._con.execute(
            f"SELECT key, count(*) FROM keys WHERE key IN ({marks}) GROUP BY key HAVING count(*) >= ?",
            (*keys, self.cap),
        ).fetchall()
        for key, held in full:
            self._con.execute("DELETE FROM keys WHERE key = ?", (key,))
            self._con.execute("INSERT INTO crowded VALUES (?, ?)", (key, held))


@dataclass(frozen=True)
class Lot:
    """Records to build from. `keys` has a row a record; 0 stands for no key."""

    record_ids: Sequence[str]
    fields: Sequence[Sequence[Value]]  # a column a field
    keys: Ints


def build(path: Path, fields: Sequence[str], cap: int, lots: Iterable[Lot], about: Mapping[str, str]) -> int:
    """Write a store of the records of `lots`, in their order, and put it at `path` when it is whole.

    `cap`: a key of as many records is crowded. `about`: what the store is to remember (a fingerprint of the model).
    Returns the number of records. A store that is there is in use until it is replaced; Busy where it is open then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    pairs = unfinished.with_suffix(".pairs")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        number = _fill(unfinished, pairs, fields, cap, lots, about)
        _to_disk(unfinished)
        _retire(path)
        unfinished.replace(path)
    finally:
        for stale in (unfinished, *pairs.parent.glob(f"{pairs.name}.*")):
            stale.unlink(missing_ok=True)
    return number


def _fill(
    file: Path, pairs: Path, fields: Sequence[str], cap: int, lots: Iterable[Lot], about: Mapping[str, str]
) -> int:
    con = sqlite3.connect(file, isolation_level=None)
    con.execute("PRAGMA page_size = 8192")
    con.execute("PRAGMA journal_mode = OFF")  # the file is thrown away if it is not finished
    con.execute("PRAGMA synchronous = OFF")
    make_tables(con, fields, cap, about)
    con.execute("BEGIN")
    number = _fill_records(con, pairs, len(fields), lots)
    for bucket in range(BUCKETS):
        _fill_keys(con, np.fromfile(f"{pairs}.{bucket}", dtype=PAIR), cap) if number else None
    make_unique(con)
    con.execute("COMMIT")
    con.execute("PRAGMA journal_mode = WAL")
    con.close()
    return number


def make_tables(con: sqlite3.Connection, fields: Sequence[str], cap: int, about: Mapping[str, str]) -> None:
    """The tables of a store, empty; without the index of identifiers, which is made when they are full."""
    columns = "".join(f", {_quoted(field)}" for field in fields)
    con.execute(f"CREATE TABLE records (record INTEGER PRIMARY KEY, record_id TEXT NOT NULL{columns})")
    con.execute("CREATE TABLE keys (key INTEGER, record INTEGER, PRIMARY KEY (key, record)) WITHOUT ROWID")
    con.execute("CREATE TABLE crowded (key INTEGER PRIMARY KEY, records INTEGER NOT NULL)")
    con.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    told = {"format": str(FORMAT), "cap": str(cap), "fields": json.dumps(list(fields)), **about}
    con.executemany("INSERT INTO about VALUES (?, ?)", told.items())


def make_unique(con: sqlite3.Connection) -> None:
    """Records are found by their identifiers, and none is in twice."""
    con.execute("CREATE UNIQUE INDEX record_ids ON records (record_id)")


def _fill_records(con: sqlite3.Connection, pairs: Path, fields: int, lots: Iterable[Lot]) -> int:
    """Records into their table, and their keys into a file a bucket."""
    marks, number = ",".join("?" * (2 + fields)), 0
    with ExitStack() as opened:
        files = [opened.enter_context(open(f"{pairs}.{bucket}", "wb")) for bucket in range(BUCKETS)]
        for lot in lots:
            numbers = np.arange(number + 1, number + 1 + len(lot.record_ids))
            con.executemany(
                f"INSERT INTO records VALUES ({marks})", zip(numbers.tolist(), lot.record_ids, *lot.fields, strict=True)
            )
            for bucket, some in _by_bucket(lot.keys, numbers):
                some.tofile(files[bucket])
            number += len(numbers)
    return number


def _by_bucket(keys: Ints, numbers: Ints) -> Iterator[tuple[int, npt.NDArray[np.void]]]:
    """(key, record) pairs, by the highest bits of the key: buckets in order hold keys in order."""
    row, column = np.nonzero(keys)
    pairs = np.empty(len(row), dtype=PAIR)
    pairs["key"], pairs["record"] = keys[row, column], numbers[row]
    bucket = ((pairs["key"] >> 58) + BUCKETS // 2).astype(np.uint8)  # small numbers are sorted by radix
    order = np.argsort(bucket, kind="stable")
    bounds = np.searchsorted(bucket[order], np.arange(BUCKETS + 1))
    for each in range(BUCKETS):
        yield each, pairs[order[bounds[each] : bounds[each + 1]]]


def _fill_keys(con: sqlite3.Connection, pairs: npt.NDArray[np.void], cap: int) -> None:
    """Pairs in the order of the table, so that pages are filled one after another; crowded keys as counts."""
    pairs = pairs[np.argsort(pairs["key"], kind="stable")]  # records come in order
    again = (pairs["key"][1:] == pairs["key"][:-1]) & (pairs["record"][1:] == pairs["record"][:-1])
    pairs = pairs[np.r_[True, ~again][: len(pairs)]]  # a record has a key once
    start = np.flatnonzero(np.r_[True, pairs["key"][1:] != pairs["key"][:-1]]) if len(pairs) else np.array([], int)
    sizes = np.diff(np.r_[start, len(pairs)])
    crowded = sizes >= cap
    kept = pairs[np.repeat(~crowded, sizes)]
    con.executemany("INSERT INTO keys VALUES (?, ?)", zip(kept["key"].tolist(), kept["record"].tolist(), strict=True))
    con.executemany(
        "INSERT INTO crowded VALUES (?, ?)",
        zip(pairs["key"][start[crowded]].tolist(), sizes[crowded].tolist(), strict=True),
    )


def _to_disk(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _retire(path: Path) -> None:
    """Fold the write-ahead log of a store that is there into it: left beside the new one, it would be read as its own."""
    if not path.is_file():
        return
    con = sqlite3.connect(path, timeout=5)
    try:
        mode = con.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        mode = str(error)
    con.close()
    if mode != "delete":
        raise Busy(
            "the index of records is open elsewhere",
            found=f"{path}: {mode}",
            expected="an index that nobody has open while it is replaced",
            do="stop the service and build again",
        )
