"""What was answered online, and the claims that came in since the night: on disk before anybody is answered.

One SQLite file of the deployment, shared by its processes. An answer and its claim are written in one transaction, with a
full sync of the disk; those that wait at the same time share one (group commit), for a sync costs more than a score.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from features.folds.things import thing_column
from features.online.facts import NAMED, Told
from features.online.since import NamedSince
from features.same_person.index import Index, Sharing, Value, make_tables, make_unique
from serving.jurisdiction import EVERYWHERE, Scope, not_there
from serving.limits import BUSY_WAIT

NO_ANSWER = "there is no such answer"
TABLES = """
CREATE TABLE answers (answer_id TEXT PRIMARY KEY, subject TEXT NOT NULL, region TEXT, at TEXT NOT NULL, answer TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE claims (seq INTEGER PRIMARY KEY, claim_id TEXT NOT NULL UNIQUE, person TEXT, written TEXT NOT NULL, keys TEXT NOT NULL);
CREATE INDEX claims_person ON claims (person);
CREATE TABLE named (
    thing TEXT, claim_id TEXT, filed INTEGER, stating INTEGER, amount INTEGER, agent TEXT, fresh INTEGER, far INTEGER,
    there INTEGER, there_by_agent INTEGER, PRIMARY KEY (thing, claim_id)) WITHOUT ROWID;
CREATE INDEX named_claim ON named (claim_id);
"""
CAME = """
SELECT thing, filed, count(*), sum(stating), sum(amount), sum(fresh), sum(far), sum(there),
    sum(CASE WHEN agent = ? THEN there_by_agent ELSE 0 END)
FROM named WHERE claim_id <> ? AND thing IN ({}) GROUP BY thing, filed
"""


@dataclass(frozen=True)
class Entry:
    """An answer to be kept; `told` is the claim it is of, with what the index keeps of it, where it came in since the night.

    `scope` is what whoever sent the claim sees: it takes the place of none that they do not.
    """

    answer_id: str
    subject: str
    region: str | None
    answer: Mapping[str, Any]
    told: Told | None = None
    row: Sequence[Value] = ()
    keys: Sequence[int] = ()
    scope: Scope = EVERYWHERE


Queue = SimpleQueue[tuple[Entry, Future[None]] | None]


@dataclass
class Journal:
    """An open journal. Safe in threads; after a fork, open another. It is `features.online.since.Since`.

    Its writer ends with `close`, or when nobody holds the journal any more: requests that began before another night
    took its place still keep what they answer.
    """

    path: Path
    fields: Sequence[str]
    cap: int
    _queue: Queue = field(default_factory=SimpleQueue)
    _reading: threading.local = field(default_factory=threading.local)
    _closed: bool = False

    def __post_init__(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        _make(self.path, self.fields, self.cap)
        con = _connected(self.path)  # here, where an error is told: of one in the thread nobody would hear
        writing = (con, Index.on(con), self._queue)  # no journal, which the thread would otherwise hold for ever
        self._writer = threading.Thread(target=_write, args=writing, name="journal", daemon=True)
        self._writer.start()
        weakref.finalize(self, self._queue.put, None)

    def close(self) -> None:
        """Write what waits, then end."""
        self._closed = True
        self._queue.put(None)
        self._writer.join()

    def sharing(self, keys: Sequence[int]) -> Sharing:
        """Which records that came since have any of `keys` (features.same_person.online.Came)."""
        return self._open()[1].sharing(keys)

    def records(self, numbers: Sequence[int], fields: tuple[str, ...] | None = None) -> dict[int, tuple[Value, ...]]:
        """Those records by number."""
        return self._open()[1].records(numbers, fields)

    def keep(self, entry: Entry) -> Future[None]:
        """Ask for an entry to be kept; the result is there when it is on disk."""
        if self._closed:
            raise RuntimeError("the journal is closed")  # nobody would write it, and whoever waits would wait for ever
        kept: Future[None] = Future()
        kept.set_running_or_notify_cancel()  # whoever stops waiting cannot stop the writing
        self._queue.put((entry, kept))
        return kept

    def answer(self, answer_id: str) -> tuple[str | None, dict[str, Any]]:
        """The region and the answer kept under an identifier; NotFound where there is none."""
        found = self._open()[0].execute("SELECT region, answer FROM answers WHERE answer_id = ?", (answer_id,))
        row = found.fetchone()
        if row is None:
            raise not_there(NO_ANSWER, answer_id)
        return row[0], json.loads(row[1])

    def named(self, things: Sequence[str], claim_id: str, agent: str | None) -> Mapping[str, NamedSince]:
        """By thing what came in since the night, without the claim itself."""
        query = CAME.format(",".join("?" * len(things)))
        found: dict[str, list[tuple[int, ...]]] = {}
        for thing, *counts in self._open()[0].execute(query, (agent, claim_id, *things)):
            found.setdefault(thing, []).append(tuple(counts))
        return {thing: _named(thing, days) for thing, days in found.items()}

    def of_person(self, person: str, claim_id: str) -> list[dict[str, Any]]:
        """The person's claims since the night, the oldest first, without the claim itself."""
        rows = self._open()[0].execute(
            "SELECT written FROM claims WHERE person = ? AND claim_id <> ? ORDER BY seq", (person, claim_id)
        )
        return [_read(written) for (written,) in rows]

    def written(self, claim_id: str) -> dict[str, Any] | None:
        """A claim since the night as it is written; None where it did not come."""
        row = self._open()[0].execute("SELECT written FROM claims WHERE claim_id = ?", (claim_id,)).fetchone()
        return None if row is None else _read(row[0])

    def forget(self, known: Callable[[str], bool]) -> int:
        """Leave out the claims that a night knows by now; returns how many. Answers are kept."""
        with closing(_connected(self.path)) as con:
            index = Index.on(con)
            con.execute("BEGIN IMMEDIATE")
            rows = con.execute("SELECT claim_id, keys FROM claims").fetchall()
            gone = [(claim_id, json.loads(keys)) for claim_id, keys in rows if known(claim_id)]
            for claim_id, keys in gone:
                _take_back(con, index, claim_id, keys)
            con.execute("COMMIT")
        return len(gone)

    def _open(self) -> tuple[sqlite3.Connection, Index]:
        if not hasattr(self._reading, "opened"):
            con = _connected(self.path)
            self._reading.opened = (con, Index.on(con))
        opened: tuple[sqlite3.Connection, Index] = self._reading.opened
        return opened


def _write(con: sqlite3.Connection, index: Index, queue: Queue) -> None:
    """Keep what is asked for, until None is."""
    ended = False
    while not ended:
        waiting = [queue.get()]
        while not queue.empty():
            waiting.append(queue.get())
        entries = [each for each in waiting if each is not None]
        ended = len(entries) < len(waiting)
        _commit(con, index, entries)
    con.close()


def _commit(con: sqlite3.Connection, index: Index, entries: Iterable[tuple[Entry, Future[None]]]) -> None:
    """All entries in one transaction. Those that the file does not take are told why; one that is itself at fault keeps
    none of the others from being kept."""
    entries = list(entries)
    try:
        con.execute("BEGIN IMMEDIATE")
        for entry, _ in entries:
            _put(con, index, entry)
        con.execute("COMMIT")
    except BaseException as error:
        if con.in_transaction:
            con.execute("ROLLBACK")
        if len(entries) > 1 and not isinstance(error, sqlite3.OperationalError):
            for one in entries:
                _commit(con, index, [one])
            return
        for _, kept in entries:
            kept.set_exception(error)
        return
    for _, kept in entries:
        kept.set_result(None)


def _put(con: sqlite3.Connection, index: Index, entry: Entry) -> None:
    at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    answer = json.dumps(entry.answer, ensure_ascii=False, default=str)
    con.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?)", (entry.answer_id, entry.subject, entry.region, at, answer)
    )
    if entry.told is None:
        return
    written, claim_id = entry.told.written, entry.told.written["claim_id"]
    before = con.execute("SELECT keys, written FROM claims WHERE claim_id = ?", (claim_id,)).fetchone()
    if before is not None:  # it may have come in while this one was worked out, in another process too
        if not entry.scope.holds(json.loads(before[1])["claim.region"]):
            return
        _take_back(con, index, claim_id, json.loads(before[0]))
    con.execute(
        "INSERT INTO claims (claim_id, person, written, keys) VALUES (?, ?, ?, ?)",
        (claim_id, written[thing_column("person")], _text(written), json.dumps(list(entry.keys))),
    )
    named = _names(entry.told)
    if named:  # in one statement: each lets go of Python's lock, and has to wait for it
        rows = ",".join([f"({','.join('?' * len(named[0]))})"] * len(named))
        con.execute(f"INSERT INTO named VALUES {rows}", [value for row in named for value in row])
    if entry.row:
        index.put(claim_id, entry.row, entry.keys)


def _take_back(con: sqlite3.Connection, index: Index, claim_id: str, keys: Iterable[int]) -> None:
    con.execute("DELETE FROM claims WHERE claim_id = ?", (claim_id,))
    con.execute("DELETE FROM named WHERE claim_id = ?", (claim_id,))
    index.take_back(claim_id, keys)


def _names(told: Told) -> list[tuple[Any, ...]]:
    """A row for each thing that the claim names. Of its person, `fresh` is an account that is new for it."""
    written, amount = told.written, told.written["claim.amount"]
    rows = []
    for kind in NAMED:
        thing = written[thing_column(kind)]
        if thing is not None:
            fresh = ("account" if kind == "person" else kind) in told.fresh
            rows.append(
                (f"{kind}:{thing}", written["claim_id"], written["claim.filed_on"].toordinal(), int(amount is not None),
                 amount or 0, written[thing_column("agent")], int(fresh), int(told.far_above), *map(int, told.there))
            )  # fmt: skip
    return rows


def _named(thing: str, days: Sequence[tuple[int, ...]]) -> NamedSince:
    of_person = thing.startswith("person:")
    claims = [
        (filed, {
            "filed": count, "stating": stating, "amount": amount,
            "accounts": fresh if of_person else 0, "far_above": far if of_person else 0,
        })
        for filed, count, stating, amount, fresh, far, _, _ in days
    ]  # fmt: skip
    fresh, there, by_agent = (sum(day[at] for day in days) for at in (4, 6, 7))
    return NamedSince(claims, 0 if of_person else fresh, there, by_agent)


def _text(written: Mapping[str, Any]) -> str:
    return json.dumps(
        {n: v.isoformat() if isinstance(v, dt.date) else v for n, v in written.items()}, ensure_ascii=False
    )


def _read(text: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(text)
    for name, value in told.items():
        if name.endswith("_on") and value is not None:
            told[name] = dt.date.fromisoformat(value)
    return told


def _connected(path: Path) -> sqlite3.Connection:
    con = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_WAIT)
    con.execute("PRAGMA journal_mode = WAL")
    con.execute("PRAGMA synchronous = FULL")
    return con


def _make(path: Path, fields: Sequence[str], cap: int) -> None:
    """The tables, where they are not there yet. Of another matcher than the night's, the index is begun anew."""
    with closing(_connected(path)) as con:
        path.chmod(0o600)
        con.execute("BEGIN IMMEDIATE")
        there = {name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "answers" not in there:
            for statement in TABLES.split(";"):
                con.execute(statement)
        about = dict(con.execute("SELECT name, value FROM about")) if "about" in there else None
        if about is not None and json.loads(about["fields"]) != list(fields):
            for name in ("records", "keys", "crowded", "about"):
                con.execute(f"DROP TABLE {name}")
            there.discard("about")
        if "about" not in there:
            make_tables(con, fields, cap, {})
            make_unique(con)
        con.execute("COMMIT")
