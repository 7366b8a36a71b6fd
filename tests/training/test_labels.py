"""What happened in the horizon, as far as it was known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from features.engine import Engine
from features.lake.ingest import ingest
from features.lake.lake import Lake
from training.labels import EVEN, INVERSE, Label, finding_of, label_of, outcomes

COMPLAINTS = """complaint_id,employer_id,filed_on,topic,outcome,amount_proven,decided_on
1,proven,2024-02-01,wages,proven,100,2024-03-01
2,unproven,2024-02-01,wages,unproven,,2024-03-01
3,decided-later,2024-02-01,wages,proven,100,2024-08-01
4,never-decided,2024-02-01,wages,,,
5,on-the-day,2024-01-31,wages,proven,100,2024-03-01
6,last-day,2024-04-30,wages,proven,100,2024-05-01
7,after-horizon,2024-05-01,wages,proven,100,2024-05-20
8,hours,2024-02-01,overtime,unproven,,2024-03-01
"""
INSPECTIONS = """inspection_id,employer_id,opened_on,closed_on,finding,workers_owed,amount_owed,trigger,chance
1,inspected-owes,2024-02-01,2024-03-01,arrears,7,50,complaint,
2,inspected-clean,2024-02-01,2024-03-01,clean,,,random,
3,inspected-open,2024-02-01,,,,,routine,
4,inspected-gone,2024-02-01,2024-03-01,not_found,,,random,
5,listed,2024-02-01,2024-03-01,arrears,1,10,watchlist,1
6,drawn-twice,2024-02-01,2024-03-01,arrears,1,10,random,0.25
7,drawn-twice,2024-03-01,2024-04-01,clean,,,random,0.1
8,listed-untold,2024-02-01,2024-03-01,clean,,,watchlist,
"""


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> pd.DataFrame:
    folder: Path = tmp_path_factory.mktemp("labels")
    (folder / "complaints.csv").write_text(COMPLAINTS)
    (folder / "inspections.csv").write_text(INSPECTIONS)
    lake = Lake(folder / "lake")
    ingest(folder, lake)
    return outcomes(lake, engine, [dt.date(2024, 1, 31)], 3, known_by=dt.date(2024, 6, 30)).set_index("employer_id")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("event", {"proven": 1, "last-day": 1, "inspected-owes": 1, "unproven": 0, "hours": 0, "inspected-clean": 0,
                   "listed": 1, "drawn-twice": 1, "listed-untold": 0,
                   "inspected-gone": 0, "decided-later": None, "never-decided": None, "inspected-open": None}),
        ("complaint", {"proven": 1, "unproven": 1, "decided-later": 1, "never-decided": 1, "last-day": 1, "hours": 0,
                       "inspected-owes": 0, "inspected-clean": 0, "inspected-open": 0, "inspected-gone": 0,
                       "listed": 0, "drawn-twice": 0, "listed-untold": 0}),
        ("finding", {"inspected-owes": 1, "inspected-clean": 0, "listed": 1, "drawn-twice": 1, "listed-untold": 0, "inspected-gone": None, "inspected-open": None,
                     "proven": None, "unproven": None, "decided-later": None, "never-decided": None, "last-day": None, "hours": None}),
    ],
)  # fmt: skip
def test_labels(counts: pd.DataFrame, label: Label, expected: dict[str, float | None]) -> None:
    found = {name: None if pd.isna(value) else value for name, value in label_of(counts, label).items()}
    assert found == expected


def test_outside_the_horizon_nothing_counts(counts: pd.DataFrame) -> None:
    assert not {"on-the-day", "after-horizon"} & set(counts.index)


def test_money_is_what_was_found_owed(counts: pd.DataFrame) -> None:
    assert counts["money"].to_dict()["proven"] == 100
    assert counts["money"].to_dict()["inspected-owes"] == 50
    assert counts["workers"].to_dict()["inspected-owes"] == 7
    assert counts["workers"].to_dict()["proven"] == 1  # a complaint that gives no number speaks for one


@pytest.mark.parametrize(
    ("arm", "expected"),
    [
        ("", {"inspected-owes": 1, "inspected-clean": 0, "listed": 1, "drawn-twice": 1, "listed-untold": 0}),
        (
            "planned_",
            {"inspected-clean": 0, "listed": 1, "drawn-twice": 1, "listed-untold": 0},
        ),  # one answered a complaint
        ("drawn_", {"inspected-clean": 0, "listed": 1, "drawn-twice": 1}),
    ],
)
def test_findings_of_each_arm(counts: pd.DataFrame, arm: str, expected: dict[str, float]) -> None:
    assert finding_of(counts, arm).dropna().to_dict() == expected


def test_who_was_chosen_and_who_was_drawn(counts: pd.DataFrame) -> None:
    opened = counts.loc[counts.index.str.startswith("inspected"), ["chosen", "planned", "by_lot", "drawn_not_found"]]
    assert opened.T.to_dict("list") == {
        "inspected-owes": [1, 0, 0, 0], "inspected-clean": [0, 0, 1, 0],
        "inspected-open": [1, 1, 0, 0], "inspected-gone": [0, 0, 1, 1],
    }  # fmt: skip


def test_visits_weigh_one_over_their_chance(counts: pd.DataFrame) -> None:
    told = counts.loc[
        ["listed", "drawn-twice", "listed-untold", "inspected-clean"], [*INVERSE, *EVEN, "even", "untold_list"]
    ]
    assert told.T.to_dict("list") == {
        "listed": [1, 0, 0, 0, 0, 0], "drawn-twice": [4, 10, 0, 0, 0, 0],
        "listed-untold": [0, 0, 0, 0, 0, 1], "inspected-clean": [0, 0, 0, 1, 1, 0],
    }  # fmt: skip
