"""A place that cannot be written to is refused before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import BadInput
from features.outputs import writable_file, writable_folder


def test_a_file_wants_a_folder_that_is_there(tmp_path: Path) -> None:
    assert writable_file(tmp_path / "a.csv") == tmp_path / "a.csv"
    with pytest.raises(BadInput, match="no folder"):
        writable_file(tmp_path / "nowhere" / "a.csv")
    with pytest.raises(BadInput, match="the name of a file"):
        writable_file(tmp_path)


def test_a_folder_may_be_made_but_not_below_a_file(tmp_path: Path) -> None:
    assert writable_folder(tmp_path / "a" / "b") == tmp_path / "a" / "b"
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="a file called"):
        writable_folder(tmp_path / "file" / "b")
