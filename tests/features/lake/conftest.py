"""An office with an empty lake."""

from pathlib import Path

import pytest

from tests.features.lake.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)
