"""From when to when there are data: a slip of the hand neither stretches the history nor ends a horizon."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from features.engine import DuckDB
from features.lake.ingest import ingest
from features.lake.lake import Lake
from features.registers import rules
from training.dataset import first_and_last_day

ROWS = "".join(f"c{n},e,{dt.date(2022, 1, 1) + dt.timedelta(n % 1000)},\n" for n in range(2000))


def extent(folder: Path, *more: str) -> tuple[dt.date, dt.date]:
    (folder / "in").mkdir()
    (folder / "in" / "complaints.csv").write_text("complaint_id,employer_id,filed_on,known_on\n" + ROWS + "".join(more))
    lake = Lake(folder / "lake")
    ingest(folder / "in", lake)
    return first_and_last_day(lake, DuckDB())


def test_the_first_and_last_day_anything_was_known(tmp_path: Path) -> None:
    assert extent(tmp_path) == (dt.date(2022, 1, 1), dt.date(2024, 9, 26))


@pytest.mark.parametrize("slip", ["x,e,1024-01-01,\n", "x,e,2034-01-01,\n", "x,e,1994-01-01,\n"])
def test_one_mistyped_year_changes_nothing(tmp_path: Path, slip: str) -> None:
    assert extent(tmp_path, slip) == (dt.date(2022, 1, 1), dt.date(2024, 9, 26))


@pytest.mark.parametrize("slip", ["x,e,1024-01-01,\n", "x,e,2034-01-01,\n"])
def test_nor_does_one_that_an_older_release_let_in(tmp_path: Path, slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_implausible", lambda *_: iter(()))
    assert extent(tmp_path, slip) == (dt.date(2022, 1, 1), dt.date(2024, 9, 26))
