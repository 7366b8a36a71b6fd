import datetime as dt
from pathlib import Path

import pytest

from features.errors import BadInput, NotFound
from serving.levels import level_name, read_levels

OWN = """
[[levels]]
label = "*"
valid_from = 2020-01-01
source = "order 1"
red = 0.5
orange = 0.3
yellow = 0.1

[[levels]]
label = "event"
valid_from = 2024-01-01
source = "order 2"
red = 0.4
orange = 0.3
yellow = 0.2
"""


@pytest.mark.parametrize(
    ("risk", "label", "day", "level"),
    [
        (0.5, "event", "2023-12-31", "red"),
        (0.4999, "event", "2023-12-31", "orange"),
        (0.4999, "event", "2024-01-01", "red"),
        (0.1999, "event", "2024-01-01", "none"),
        (0.1999, "finding", "2024-01-01", "yellow"),
    ],
)
def test_a_level_is_that_of_the_label_and_the_day(
    tmp_path: Path, risk: float, label: str, day: str, level: str
) -> None:
    (tmp_path / "own.toml").write_text(OWN)
    assert read_levels(tmp_path / "own.toml").level(risk, label, dt.date.fromisoformat(day)) == level


def test_before_the_first_table_there_is_no_level(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN)
    with pytest.raises(NotFound, match="2019"):
        read_levels(tmp_path / "own.toml").level(0.5, "event", dt.date(2019, 1, 1))


def test_all_that_is_wrong_with_a_file_is_said_at_once(tmp_path: Path) -> None:
    text = OWN.replace("red = 0.5", "red = 0.2").replace('source = "order 2"\n', "")
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(BadInput, match=r"table 1: thresholds are not in order; table 2: source is missing"):
        read_levels(tmp_path / "own.toml")


def test_levels_have_names() -> None:
    assert [level_name(level).zh for level in ("red", "orange", "yellow", "none")] == ["红色", "橙色", "黄色", "无预警"]
    assert read_levels().level(0.9, "event", dt.date(2024, 1, 1)) == "red"


def test_two_tables_of_one_label_and_day_are_refused(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN + OWN)
    with pytest.raises(BadInput, match="two tables for"):
        read_levels(tmp_path / "own.toml")
