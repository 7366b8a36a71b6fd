"""The two engines, each started once for all tests."""

from __future__ import annotations

import importlib.util
import os
import shutil

import pytest

from features.engine import Engine, connect


@pytest.fixture(scope="session")
def duckdb() -> Engine:
    return connect("duckdb")


@pytest.fixture(scope="session")
def spark() -> Engine:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed: pip install plumbline[spark]")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark wants Java 17 on PATH or in JAVA_HOME")
    return connect("spark")


@pytest.fixture(scope="session", params=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn: a test that asks for `engine` runs on both."""
    return request.getfixturevalue(request.param)
