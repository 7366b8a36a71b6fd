"""A lake to learn from, made once."""

from pathlib import Path

import pytest

from features.lake.ingest import ingest
from features.lake.lake import Lake
from tests.training.worlds import write_registers


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder: Path = tmp_path_factory.mktemp("authority")
    made = Lake(folder / "lake")
    report = ingest(write_registers(folder / "registers"), made)
    assert report.aside == 0
    return made
