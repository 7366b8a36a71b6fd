"""Open the store: SQLite in a file of one's own, or PostgreSQL where people share it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, PoolProxiedConnection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from features.errors import BadInput, Busy, NotFound
from serving.limits import STORE_WAIT_SECONDS
from serving.store.json_text import json_text
from serving.store.revisions import migrate, refuse_other, revision_of

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BEGIN = "plumbline_begin"  # execution option: how a transaction of SQLite begins
LOCK_ERRORS = ("55P03", "57014")  # PostgreSQL: lock not available, canceled by statement_timeout


@dataclass(frozen=True)
class Store:
    """A store of this code's schema. Safe in threads; after a fork, open another."""

    engine: Engine

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @cached_property
    def _reading(self) -> Engine:
        if self.kind == SQLITE:
            return self.engine
        return self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @cached_property
    def _writing(self) -> Engine:
        return self.engine.execution_options(**{BEGIN: "IMMEDIATE"})

    @cached_property
    def aside(self) -> Store | None:
        """The same store with connections of its own, for the one thread that must not wait for others'. None of
        PostgreSQL, which answers over a network: SQLite's readers wait for nobody."""
        if self.kind != SQLITE:
            return None
        return connect(self.engine.url.render_as_string(hide_password=False))

    @cached_property
    def _watching(self) -> PoolProxiedConnection:
        return self.engine.raw_connection()

    def written(self) -> int:
        """A number that is another after each transaction that anybody else has written, in whatever process. Of SQLite; in
        one thread."""
        found = self._watching.cursor()
        number: int = found.execute("PRAGMA data_version").fetchone()[0]
        found.close()
        return number

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that may write: committed at the end, rolled back on any error. Busy where others write too long.

        SQLite has one writer at a time, and others wait for it: keep it short, and read with `reading`.
        """
        with self._transaction(self._writing) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads, all of it as of one moment; nobody waits for it. Nothing of it is kept."""
        with self._transaction(self._reading) as session:
            yield session
            session.expunge_all()  # what was read can be used afterwards
            session.rollback()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
            except OperationalError as error:
                session.rollback()
                raise _told(error) from error

    def close(self) -> None:
        """Let go of all connections."""
        for made in ("_watching", "aside"):
            if self.__dict__.get(made) is not None:
                self.__dict__[made].close()
        self.engine.dispose()


def open_store(address: str) -> Store:
    """The store at `address` (`sqlite:///FILE`, `postgresql+psycopg://…`); an empty one is made.

    BadInput for an address that is none, NotFound where nothing answers, Conflict where the schema is older or newer
    than this code's (`plumbline store migrate` makes an older one new).
    """
    store = connect(address)
    with _answering(store), store._writing.begin() as connection:
        if revision_of(connection) is None:
            migrate(connection)
        refuse_other(revision_of(connection))
    return store


def migrate_store(address: str) -> tuple[str | None, str]:
    """Bring the store at `address` to this code's schema; the revisions before (None: empty) and after."""
    store = connect(address)
    try:
        with _answering(store), store._writing.begin() as connection:
            return migrate(connection)
    finally:
        store.close()


def connect(address: str) -> Store:
    """A store at `address`, whatever its schema; nothing has been asked of it yet."""
    url = _url(address)
    if url.get_backend_name() == SQLITE:
        _own_file(url)
        engine = create_engine(url, json_serializer=json_text, connect_args={"timeout": STORE_WAIT_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return Store(engine)
    # a connection that the server or the network closed is found out before it is used
    return Store(create_engine(url, json_serializer=json_text, pool_pre_ping=True, connect_args=_postgresql_options()))


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        raise _unusable("an address of another form") from None  # the address may hold a password
    if url.drivername == POSTGRESQL:
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in (SQLITE, "postgresql+psycopg"):
        raise _unusable(url.render_as_string())
    if url.drivername == SQLITE and url.database in (None, "", ":memory:"):
        raise _unusable(f"{address}, which keeps nothing")
    return url


def _unusable(found: str) -> BadInput:
    return BadInput(
        "the address of the store cannot be used",
        found=found,
        expected="sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE",
        do="correct or unset PLUMBLINE_STORE",
    )


def _own_file(url: URL) -> None:
    """Make the file before SQLite does, for its owner's eyes alone; its journals take the same mode.

    One that is there is not touched: to close a file lets go of all locks that this process has on it, SQLite's too, and
    whoever closes it next in another process would take away the log that others are still reading.
    """
    path = Path(str(url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see below
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin as what is to come wants it. A transaction that read first cannot wait to write, it fails: writers say so at once."""
    how = connection.get_execution_options().get(BEGIN, "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {how}")


def _postgresql_options() -> dict[str, Any]:
    return {"connect_timeout": STORE_WAIT_SECONDS, "options": f"-c lock_timeout={STORE_WAIT_SECONDS}s -c timezone=UTC"}


@contextmanager
def _answering(store: Store) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        store.close()
        raise _told(error) if _waited(error) else _silent(store, error) from error


def _silent(store: Store, error: DBAPIError) -> NotFound:
    return NotFound(
        "the store does not answer",
        found=f"{store.engine.url.render_as_string()}: {error.orig}",
        expected="a database that can be written",
        do="start it, or correct PLUMBLINE_STORE",
    )


def _told(error: DBAPIError) -> Exception:
    """The error as a reader can use it, where it is one of waiting too long."""
    if not _waited(error):
        return error
    return Busy(
        "somebody else is writing to the store",
        found=f"a wait of {STORE_WAIT_SECONDS} seconds",
        expected="a turn to write",
        do="try again",
    )


def _waited(error: DBAPIError) -> bool:
    said = error.orig
    if isinstance(said, sqlite3.OperationalError):
        return said.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return getattr(said, "sqlstate", None) in LOCK_ERRORS
