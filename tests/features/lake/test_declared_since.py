"""A lake that was written before a column was declared is read, and written to, as if it had always been there, empty."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from features.engine import Engine
from features.lake.check import checked
from features.lake.ingest import ingest
from features.lake.lake import Lake
from features.registers import REGISTERS

HEAD = "inspection_id,employer_id,opened_on,trigger,closed_on,finding"


@pytest.fixture
def old_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """Two inspections, from the time when nobody asked with which chance an employer was listed."""
    lake, now = Lake(tmp_path / "lake"), REGISTERS["inspections"]
    columns = tuple(column for column in now.columns if column.name != "chance")
    with monkeypatch.context() as before:
        before.setitem(REGISTERS, "inspections", replace(now, columns=columns))
        checked.cache_clear()
        hand_in(tmp_path / "first", lake, f"{HEAD}\n1,a,2024-05-02,random,,\n2,b,2024-05-03,random,2024-05-09,clean\n")
    checked.cache_clear()
    return lake


def hand_in(folder: Path, lake: Lake, text: str) -> None:
    folder.mkdir()
    (folder / "inspections.csv").write_text(text)
    assert ingest(folder, lake).aside == 0


def told(lake: Lake, engine: Engine) -> list[tuple[str, str | None, float | None]]:
    rows = engine.read([file.path for file in lake.files("inspections")], lake.schema("inspections"))
    found = engine.fetch(rows.order_by(["inspection_id", "known_on"])).to_pylist()
    return [(row["inspection_id"], row["finding"], row["chance"]) for row in found]


def test_what_was_written_before_is_empty_there(old_lake: Lake, engine: Engine) -> None:
    assert told(old_lake, engine) == [("1", None, None), ("2", "clean", None)]


def test_new_rows_and_completions_stand_beside_it(old_lake: Lake, engine: Engine, tmp_path: Path) -> None:
    rows = "1,a,2024-05-02,random,2024-05-20,arrears,\n3,c,2024-05-04,random,,,0.25\n"
    hand_in(tmp_path / "second", old_lake, f"{HEAD},chance\n{rows}")
    assert told(old_lake, engine) == [
        ("1", None, None), ("1", "arrears", None), ("2", "clean", None), ("3", None, 0.25),
    ]  # fmt: skip
