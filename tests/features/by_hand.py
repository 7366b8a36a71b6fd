"""Which engines the worlds written by hand are asked on.

What both engines say is compared for every feature, of everybody in worlds drawn at random (tests/laws/test_parity.py);
Spark takes seconds to plan each small question anew. `PLUMBLINE_SPARK=every` asks it every question that is written by hand.
"""

import os

import pytest

from features.engine import Engine

ENGINES = ["duckdb", "spark"] if os.environ.get("PLUMBLINE_SPARK") == "every" else ["duckdb"]


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each of them in turn; for the conftest.py of folders that have such worlds."""
    return request.getfixturevalue(request.param)
