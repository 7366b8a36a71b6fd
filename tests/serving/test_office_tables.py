"""An office's own table is read, or refused with what is wrong."""

from pathlib import Path

import pytest

from features.errors import BadInput, NotFound
from serving.levels import read_levels
from serving.office_tables import read_rows

LEVEL = '[[levels]]\nlabel = "*"\nvalid_from = 2024-01-01\nsource = "s"\nred = 0.5\norange = 0.2\nyellow = 0.1\n'


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding=encoding)
    return path


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read_levels(written(tmp_path, LEVEL, "utf-8-sig")).thresholds[0].red == 0.5


@pytest.mark.parametrize("text", [LEVEL.replace("[[levels]]", "[levels]"), 'levels = "x"', "levels = [1]", "[[levels"])
def test_what_is_no_list_of_tables_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match="levels"):
        read_rows("levels", written(tmp_path, text))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"own\.toml"):
        read_rows("levels", tmp_path / "own.toml")


def test_true_is_no_threshold(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not a number"):
        read_levels(written(tmp_path, LEVEL.replace("red = 0.5", "red = true")))
