"""The store's schema in time: which revision a store is at, and how it comes to the newest.

Revisions lie in `migrations/`, one file each, run by Alembic within the caller's transaction: a store is at the old
revision or at the new one.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from features.errors import BadInput, Conflict
from serving.store.tables import METADATA

FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x506C756D62  # any number of our own: who changes a PostgreSQL store holds this advisory lock


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER)])


def newest() -> str:
    """The revision that this code works with."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


def revision_of(connection: Connection) -> str | None:
    """The revision a store is at; None where it is empty. BadInput where the database holds something else."""
    at = MigrationContext.configure(connection).get_current_revision()
    if at is None and (found := inspect(connection).get_table_names()):
        raise BadInput(
            "the database is not a store of Plumbline",
            found=f"tables {', '.join(sorted(found)[:5])}",
            expected="an empty database, or one that Plumbline made",
            do="set PLUMBLINE_STORE to a database of its own",
        )
    return at


def migrate(connection: Connection, to: str | None = None) -> tuple[str | None, str]:
    """Bring a store to the revision `to` (None: the newest); the revisions before and after. Conflict where newer code made it."""
    wanted = to or newest()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    before = revision_of(connection)
    if before == wanted:
        return before, before
    refuse_newer(before)
    with EnvironmentContext(
        Config(), _scripts(), fn=lambda revision, _: _scripts()._upgrade_revs(wanted, revision)
    ) as environment:
        environment.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
        environment.run_migrations()
    return before, wanted


def refuse_other(at: str | None) -> None:
    """Conflict unless a store at revision `at` is of this code."""
    refuse_newer(at)
    if at != newest():
        raise Conflict(
            "the store is of an older version of Plumbline",
            present={"revision": at, "expected": newest()},
            found=f"revision {at}",
            expected=f"revision {newest()}",
            do="make a copy of it, then run: plumbline store migrate",
        )


def refuse_newer(at: str | None) -> None:
    """Conflict where newer code made the store: this code does not know its revision."""
    if at is not None and at not in {script.revision for script in _scripts().walk_revisions()}:
        raise Conflict(
            "the store is of a newer version of Plumbline",
            present={"revision": at, "expected": newest()},
            found=f"revision {at}",
            expected=f"revision {newest()} or older",
            do="use the version of Plumbline that made it, or a newer one",
        )
