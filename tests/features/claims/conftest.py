"""The engines of worlds written by hand."""

import pytest

from features.engine import Engine
from tests.features.by_hand import ENGINES


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each of them in turn."""
    return request.getfixturevalue(request.param)
