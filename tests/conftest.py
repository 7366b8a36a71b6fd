"""The two engines, each started once for all tests."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil

import pytest

from features.engine import Engine, Spark, connect

# For tables of a few rows: to compile code for a query, or the JVM's own code twice, costs more than to interpret it.
TINY = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.maxPlanStringLength": "100",  # it writes the plan of every query out, for a page that nobody opens
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


def pytest_collection_finish() -> None:
    """Building a snapshot makes a million small objects and drops none: looking for garbage took a third of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def duckdb() -> Engine:
    return connect("duckdb")


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
