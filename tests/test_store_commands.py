"""The commands of the store: outcomes out of it and into the lake, its schema."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import plumbline
from features.errors import BadInput
from features.lake.lake import Lake
from serving.jurisdiction import EVERYWHERE
from serving.store.opened import open_store
from serving.store.revisions import newest
from serving.visits import Outcome, enter_outcome, open_visit


def today() -> dt.date:
    """Asked by each test: the tests may run over midnight."""
    return dt.datetime.now(dt.UTC).date()


def yesterday() -> dt.date:
    return today() - dt.timedelta(days=1)


def run(*words: str, home: Path) -> str:
    done = CliRunner().invoke(plumbline.app, [*words, "--home", str(home)])
    if done.exception:
        raise done.exception
    return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose store holds a visit of yesterday and one of today."""
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    for day, employer in ((yesterday(), "yesterday"), (today(), "today")):
        with store.session() as session:
            opened = open_visit(session, EVERYWHERE, employer, "North", "routine", day, "inspector", day)
            enter_outcome(session, EVERYWHERE, opened.visit_id, 1, Outcome(day, "clean"), "inspector", today=day)
    store.close()
    return tmp_path


def test_outcomes_are_told_once_their_day_is_over(home: Path) -> None:
    told = json.loads(run("outcomes", "export", "--out", str(home / "out"), "--json", home=home))
    assert told["through"] == yesterday().isoformat()
    assert told["rows"] == {"inspections": 1, "claim_decisions": 0}
    assert [path.name for path in (home / "out").iterdir()] == ["inspections.csv"]
    assert "2 rows known by" in run(
        "outcomes", "export", "--out", str(home / "out"), "--through", str(today()), home=home
    )


def test_outcomes_come_into_the_lake_once(home: Path) -> None:
    assert json.loads(run("outcomes", "ingest", "--json", home=home)) == {
        "through": yesterday().isoformat(), "new": {"inspections": 1, "claim_decisions": 0}, "set_aside": 0, "version": 1,
    }  # fmt: skip
    assert "Nothing new: the lake stays at version 1." in run("outcomes", "ingest", home=home)
    assert "Lake version 2." in run("outcomes", "ingest", "--through", str(today()), home=home)
    assert Lake(home / "lake").manifest().rows["inspections"] == 2


def test_a_store_is_made_and_made_no_newer_than_it_can_be(tmp_path: Path) -> None:
    assert f"came from revision none to {newest()}" in run("store", "migrate", home=tmp_path)
    assert json.loads(run("store", "migrate", "--json", home=tmp_path)) == {"before": newest(), "after": newest()}


def test_an_address_that_cannot_be_used_stops_a_command_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_STORE", "oracle://host/name")
    with pytest.raises(BadInput, match="PLUMBLINE_STORE"):
        run("score", "employers", "--as-of", "2024-06-30", home=tmp_path)
