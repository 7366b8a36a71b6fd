"""The two engines and the database server, each started once for all tests; a store in each database."""

from __future__ import annotations

import gc
import importlib.util
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from features.engine import Engine, Spark, connect
from serving.store.base import new_id
from serving.store.opened import Store, open_store
from serving.store.tables import METADATA
from tests.postgresql_server import NoServer, server

# For tables of a few rows: to compile code for a query costs more than to interpret it.
TINY = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    # a plain collector, and code compiled to its best only where it runs four times as often: planning seldom does
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:Tier4InvocationThreshold=20000"
    " -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000",
    "spark.sql.maxPlanStringLength": "100",  # it writes the plan of every query out, for a page that nobody opens
}

ASKS_SPARK = re.compile(r"\[(.*-)?spark(-.*)?\]$")


# What takes long though its tests are few, longest first. xdist begins with files of many tests: these would come last, and
# one process wait for the other. A name that is not there changes nothing.
LONG = (
    "spark",
    "tests/laws/test_features.py",
    "tests/test_plumbline.py",
    "tests/serving/api/test_openapi.py",
    "tests/serving/api/test_foreign_regions.py",
    "tests/test_service_of_readme.py",
    "tests/test_claim_commands.py",
    "tests/serving/api/test_process.py",
    "tests/serving/test_bento_build.py",
    "tests/features/lake/test_kill.py",
    "tests/serving/store/test_kill.py",
    "tests/features/online/test_law.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Which process runs what: a file is one process's, for what its tests share is then made once; and one process runs all
    that asks Spark, whose Java needs minutes to warm up. (xdist's own groups do nothing under pytest 9.2.)"""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return "spark" if ASKS_SPARK.search(nodeid) or file.endswith("test_parity.py") else file

        def _assign_work_unit(self, node: Any) -> None:
            place = {scope: number for number, scope in enumerate(LONG)}
            self.workqueue.move_to_end(min(self.workqueue, key=lambda scope: place.get(scope, len(LONG))), last=False)
            super()._assign_work_unit(node)

    return Scheduling(config, log)


def pytest_collection_finish() -> None:
    """Building a snapshot makes a million small objects and drops none: looking for garbage took a third of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


# Two processes share two cores, and a table of a few rows is no work to divide: with two threads a snapshot took half as
# much of the processor again.
os.environ.setdefault("PLUMBLINE_THREADS", "1")


@pytest.fixture(scope="session")
def duckdb() -> Engine:
    return connect("duckdb", threads=1)


@pytest.fixture(scope="session")
def spark() -> Engine:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install plumbline[spark]")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark wants Java 17 on PATH or in JAVA_HOME")
    return Spark(settings=TINY)


@pytest.fixture(scope="session", params=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn: a test that asks for `engine` runs on both."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server, without a database's name."""
    try:
        with server() as address:
            yield address
    except NoServer as why:
        pytest.skip(str(why))


@contextmanager
def database(server: str) -> Iterator[str]:
    """The address of an empty database of its own."""
    name = f"test_{new_id()}"
    plain = make_url(server).set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{server}{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, in each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
        return
    with database(request.getfixturevalue("postgresql")) as address:
        yield address


@pytest.fixture(scope="session")
def postgresql_store(postgresql: str) -> Iterator[Store]:
    """A store that all tests use in turn: a database a test would take a second."""
    with database(postgresql) as address:
        opened = open_store(address)
        yield opened
        opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store, in each kind of database: a test that asks for it runs on both."""
    if request.param == "sqlite":
        opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
        yield opened
        opened.close()
        return
    shared = request.getfixturevalue("postgresql_store")
    yield shared
    with shared.session() as session:
        for table in reversed(METADATA.sorted_tables):
            session.execute(table.delete())
