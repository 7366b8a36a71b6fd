"""A lake to learn from, made once."""

from pathlib import Path

import pytest

from features.lake.ingest import ingest
from features.lake.lake import Lake
from tests.training.worlds import write_inspections, write_registers


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder: Path = tmp_path_factory.mktemp("authority")
    made = Lake(folder / "lake")
    report = ingest(write_registers(folder / "registers"), made)
    assert report.aside == 0
    return made


@pytest.fixture(scope="session")
def inspected_lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder: Path = tmp_path_factory.mktemp("inspectorate")
    made = Lake(folder / "lake")
    registers = write_inspections(write_registers(folder / "registers", 600), 600)
    assert ingest(registers, made).aside == 0
    return made
