"""The store opens in both databases, at this code's schema and no other, and keeps what was committed."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from features.errors import BadInput, Busy, Conflict, NotFound
from serving.store import opened
from serving.store.base import now
from serving.store.opened import Store, migrate_store, open_store
from serving.store.revisions import migrate, newest
from serving.store.settings import Setting
from serving.store.tables import METADATA


def setting(name: str) -> Setting:
    return Setting(name=name, value={"days": 1})


def names(store: Store) -> list[str]:
    with store.reading() as session:
        return sorted(one.name for one in session.query(Setting))


def test_revisions_make_the_tables_that_the_code_declares(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def write_and_fail(store: Store) -> None:
    with store.session() as session:
        session.add(setting("lost"))
        session.flush()
        raise ZeroDivisionError


def test_a_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    with store.session() as session:
        session.add(setting("kept"))
    with pytest.raises(ZeroDivisionError):
        write_and_fail(store)
    assert names(store) == ["kept"]


def test_reading_keeps_nothing(store: Store) -> None:
    with store.reading() as session:
        session.add(setting("read"))
    assert names(store) == []


def test_a_store_opened_again_is_the_same(store_address: str) -> None:
    first = open_store(store_address)
    with first.session() as session:
        session.add(setting("kept"))
    first.close()
    second = open_store(store_address)
    assert names(second) == ["kept"]
    assert migrate_store(store_address) == (newest(), newest())
    second.close()


def test_a_store_of_newer_schema_is_refused(store_address: str) -> None:
    store = open_store(store_address)
    with store.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    for attempt in (open_store, migrate_store):
        with pytest.raises(Conflict, match="newer version"):
            attempt(store_address)


def test_a_store_of_older_schema_is_refused_until_it_is_migrated(store_address: str) -> None:
    old = opened.connect(store_address)
    with old.session() as session:
        migrate(session.connection(), to="0001")
        session.add(setting("of before"))
    with pytest.raises(Conflict, match="plumbline store migrate"):
        open_store(store_address)
    assert migrate_store(store_address) == ("0001", newest())
    assert names(open_store(store_address)) == ["of before"]


def test_a_database_of_something_else_is_refused(store_address: str) -> None:
    strange = opened.connect(store_address)
    with strange.session() as session:
        session.execute(text("CREATE TABLE salaries (id INTEGER)"))
    strange.close()
    with pytest.raises(BadInput, match="not a store of Plumbline"):
        open_store(store_address)


@pytest.mark.parametrize("address", ["", "sqlite://", "mysql://host/name", "sqlite:///:memory:"])
def test_an_address_that_cannot_be_used_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="PLUMBLINE_STORE"):
        open_store(address)


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="does not answer") as refused:
        open_store("postgresql://someone:secret@127.0.0.1:9/nothing")
    assert "secret" not in str(refused.value)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'new' / 'store.db'}")
    with store.session() as session:
        session.add(setting("kept"))
        files = sorted((tmp_path / "new").iterdir())
    store.close()
    assert [path.name for path in files] == ["store.db", "store.db-shm", "store.db-wal"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "new" / "store.db"]} == {0o600}


def add(address: str, name: str) -> None:
    """What a command beside the service does."""
    store = open_store(address)
    with store.session() as session:
        session.add(setting(name))
    store.close()


def test_a_command_that_comes_and_goes_takes_nothing_from_who_has_the_store_open(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(address)
    assert names(store) == [] and store.aside is not None
    for number in range(1, 3):
        other = get_context("spawn").Process(target=add, args=(address, f"a{number}"))
        other.start()
        other.join()
        assert (tmp_path / "store.db-wal").exists(), "it was not the last to close the store"
        with store.session() as session:
            session.add(setting(f"b{number}"))
        assert names(store) == names(store.aside) == sorted(f"{c}{n}" for c in "ab" for n in range(1, number + 1))
    store.close()


def test_a_closed_store_is_held_by_nobody(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    assert store.aside is not None and store.aside.written() == store.aside.written()
    assert names(store) == names(store.aside) == []
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["store.db"], "whoever closes it last folds the log into it"


def test_sqlite_loses_nothing_and_minds_references(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    with store.reading() as session:
        asked = [
            session.execute(text(f"PRAGMA {one}")).scalar() for one in ("journal_mode", "synchronous", "foreign_keys")
        ]
    store.close()
    assert asked == ["wal", 2, 1]


def test_who_waits_too_long_for_a_turn_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "STORE_WAIT_SECONDS", 0.05)
    address = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(address)
    with store.session() as writing:
        writing.add(setting("first"))
        writing.flush()
        with pytest.raises(Busy, match="try again"), store.session() as waiting:
            waiting.add(setting("second"))
    store.close()


def open_and_count(address: str) -> int:
    store = open_store(address)
    with store.session() as session:
        session.add(setting(now().isoformat()))
    count = len(names(store))
    store.close()
    return count


def test_processes_that_open_an_empty_store_at_once_make_it_once(store_address: str) -> None:
    with get_context("spawn").Pool(3) as pool:
        assert max(pool.map(open_and_count, [store_address] * 3)) == 3


def test_threads_write_in_turn_and_nobody_is_lost(store: Store) -> None:
    def write(number: int) -> None:
        with store.session() as session:
            session.add(setting(f"{number:03}"))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(100)))
    assert names(store) == [f"{number:03}" for number in range(100)]
