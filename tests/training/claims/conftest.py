"""A fund to learn from, made once."""

from pathlib import Path

import pytest

from features.lake.ingest import ingest
from features.lake.lake import Lake
from tests.training.claims.worlds import write_claims


@pytest.fixture(scope="session")
def fund(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder: Path = tmp_path_factory.mktemp("fund")
    made = Lake(folder / "lake")
    report = ingest(write_claims(folder / "registers"), made)
    assert report.aside == 0, list(report.warnings())
    return made
