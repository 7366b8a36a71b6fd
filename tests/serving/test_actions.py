import datetime as dt
from pathlib import Path

import pytest

from features.errors import BadInput, NotFound
from serving.actions import ACTIONS, read_actions
from serving.circumstances import Circumstances, history_of, liveness_of
from serving.columns import action_name

DAY = dt.date(2024, 6, 30)
OWN = """
[[actions]]
valid_from = 2020-01-01
source = "order 1"
action = "visit"
en = "red"
zh = "红色"
level = ["red"]

[[actions]]
valid_from = 2020-01-01
source = "order 1"
action = "letter"
en = "all others"
zh = "其他"

[[actions]]
valid_from = 2024-01-01
source = "order 2"
action = "call"
en = "everybody"
zh = "全部"
"""


def case(level: str = "red", chosen: str = "risk", **others: object) -> Circumstances:
    usual: dict[str, object] = {"history": "none", "liveness": "heard", "workers": 3.0, "money": 1000.0}
    return Circumstances(level, chosen, **{**usual, **others})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "action"),
    [
        (case("none", "random"), "visit"),
        (case("red"), "visit"),
        (case("red", history="unpaid"), "joint_visit"),
        (case("red", liveness="not_found"), "joint_visit"),
        (case("red", workers=25.0), "joint_visit"),
        (case("red", workers=24.9), "visit"),
        (case("red", "random", workers=100.0), "visit"),
        (case("orange"), "call"),
        (case("orange", history="unpaid"), "visit"),
        (case("orange", liveness="silent"), "visit"),
        (case("orange", workers=None), "call"),
        (case("yellow"), "letter"),
        (case("yellow", history="proven"), "call"),
        (case("none"), "letter"),
    ],
)
def test_the_first_row_that_fits_is_proposed(given: Circumstances, action: str) -> None:
    proposed = read_actions().propose(given, DAY)
    assert proposed.action == action and proposed.because.en and proposed.because.zh and proposed.source


@pytest.mark.parametrize(
    ("day", "level", "action"),
    [("2023-12-31", "red", "visit"), ("2023-12-31", "none", "letter"), ("2024-01-01", "red", "call")],
)
def test_the_newest_rows_of_the_day_hold_together(tmp_path: Path, day: str, level: str, action: str) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    assert read_actions(tmp_path / "own.toml").propose(case(level), dt.date.fromisoformat(day)).action == action


def test_before_the_first_rows_nothing_is_proposed(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    with pytest.raises(NotFound, match="2020-01-01"):
        read_actions(tmp_path / "own.toml").propose(case(), dt.date(2019, 12, 31))


def test_all_that_is_wrong_with_a_file_is_said_at_once(tmp_path: Path) -> None:
    wrong = OWN.replace('["red"]', '["crimson"]\nworkers_from = 0\nlevels = ["red"]').replace('"letter"', '"fine"')
    (tmp_path / "own.toml").write_text(wrong.replace('source = "order 2"\n', ""), encoding="utf-8")
    with pytest.raises(BadInput) as raised:
        read_actions(tmp_path / "own.toml")
    said = raised.value.found
    assert said == (
        "row 1: levels is not known; row 1: level crimson is none of red, orange, yellow, none; "
        "row 1: workers_from is not a number above 0; row 2: action fine is none of letter, call, visit, joint_visit; "
        "row 3: source is missing"
    )


def test_some_employer_without_an_action_and_a_row_never_reached_are_refused(tmp_path: Path) -> None:
    first, second, _ = OWN.split("\n\n")
    for text, said in [
        (first, "would have no action"),
        (f"{second}\n\n{first}", "never reached"),
        ("", r"no \[\[actions"),
    ]:
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match=said):
            read_actions(tmp_path / "own.toml")


def test_actions_have_names_and_the_version_is_that_of_the_file(tmp_path: Path) -> None:
    assert [action_name(action).zh for action in ACTIONS] == ["发函提醒", "电话核实", "上门检查", "联合检查"]
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    version = read_actions(tmp_path / "own.toml").version
    assert version.startswith("2024-01-01-") and version != read_actions().version


NAN = float("nan")


@pytest.mark.parametrize(
    ("row", "history", "liveness"),
    [
        ({}, "none", "heard"),
        ({"still_owed_36m": NAN, "proven_complaints_36m": None, "silent_days": NAN}, "none", "heard"),
        ({"still_owed_36m": 1.0, "proven_complaints_36m": 2, "silent_days": 180}, "unpaid", "heard"),
        ({"arrears_findings_36m": 1, "unpaid_decisions_36m": 0, "silent_days": 181}, "proven", "silent"),
        ({"not_found_36m": 1, "silent_days": 400}, "none", "not_found"),
    ],
)
def test_circumstances_are_what_is_known(row: dict[str, float], history: str, liveness: str) -> None:
    assert (history_of(row), liveness_of(row)) == (history, liveness)
