"""`plumbline online build`: the same night again is the same; where it cannot be made, the one in use stays."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from features.errors import BadInput, Damaged, NotFound, PlumblineError
from plumbline import app
from serving.online.folder import current_name, current_night
from tests.serving.api import office

DAY = str(office.WRITTEN)
TO_DO = "What to do: "


def build(home: Path, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["online", "build", "--json", "--home", str(home), *words])
    if isinstance(done.exception, PlumblineError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Path:
    """A copy of the office's home, which is prepared already."""
    shutil.copytree(home, tmp_path / "own", ignore=shutil.ignore_patterns("journal.*", "store.db*"))
    return tmp_path / "own"


def told(night: Path) -> dict[str, Any]:
    """All that a night's files say."""
    with closing(sqlite3.connect(f"file:{night / 'night.sqlite'}?mode=ro&immutable=1", uri=True)) as con:
        rows = list(con.iterdump())
    facts = {name: np.load(night / f"{name}.npy").tobytes() for name in ("claims", "employers")}
    texts = {file.name: file.read_text() for file in night.glob("*.json")}
    return {"rows": rows, **facts, **texts}


def test_the_same_night_again_is_the_same_and_alone(own: Path) -> None:
    before, name = told(current_night(own)), current_name(own)
    said = build(own, "--as-of", DAY)
    assert (said["as_of"], said["lake_version"], said["rows"]["claims"]) == (DAY, 1, 2)
    assert told(current_night(own)) == before
    assert {path.name for path in (own / "online").iterdir()} == {name, "current"}


@pytest.mark.parametrize(
    ("words", "error", "found"),
    [
        (["--as-of", DAY, "--lake-version", "9"], NotFound, "versions 1"),
        (["--as-of", "2099-06-30"], BadInput, "days from today"),
        (["--as-of", DAY, "--rules", "nowhere.yaml"], NotFound, "nowhere.yaml"),
    ],
)
def test_what_cannot_be_asked_says_what_to_do_and_changes_nothing(
    own: Path, words: list[str], error: type[PlumblineError], found: str
) -> None:
    name = current_name(own)
    with pytest.raises(error) as refused:
        build(own, *words)
    assert found in str(refused.value) and TO_DO in str(refused.value)
    assert {path.name for path in (own / "online").iterdir()} == {name, "current"}


def test_a_lake_that_is_damaged_is_told_and_the_night_in_use_stays(own: Path) -> None:
    name = current_name(own)
    next((own / "lake" / "tables" / "claims").glob("*.parquet")).write_bytes(b"cut")
    with pytest.raises(Damaged, match="restore the file from a backup"):
        build(own, "--as-of", DAY)
    assert {path.name for path in (own / "online").iterdir()} == {name, "current"}


def test_a_lake_without_claims_has_nothing_to_prepare(tmp_path: Path) -> None:
    office.lake(tmp_path, {name: rows for name, rows in office.REGISTERS.items() if name != "claims"})
    with pytest.raises(NotFound, match=r"run: plumbline ingest DIR, with a file claims\.csv") as refused:
        build(tmp_path / "home", "--as-of", DAY)
    assert "without the register claims" in refused.value.found
    assert current_name(tmp_path / "home") == ""
