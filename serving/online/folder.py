"""Where a deployment keeps what is prepared for online scores: a folder a night, and the name of the one in use.

A night is written beside the one in use and takes its place by one rename: a service has the old one open until it looks
again, and reads nothing that is half there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from features.errors import NotReady

FOLDER, CURRENT, JOURNAL = "online", "current", "journal.sqlite"


def current_night(home: Path) -> Path:
    """The folder of the night in use; NotReady where nothing was prepared."""
    named = current_name(home)
    folder = home / FOLDER / named
    if not named or not folder.is_dir():
        raise NotReady(
            "nothing was prepared for online scores",
            found="no night in use",
            expected="a night prepared from the lake",
            do="run: plumbline online build --as-of DAY",
        )
    return folder


def journal_path(home: Path) -> Path:
    """The journal of a deployment."""
    return home / FOLDER / JOURNAL


@contextmanager
def new_night(home: Path, name: str) -> Iterator[Path]:
    """An empty folder that is the night `name`, in use, when this ends well; nights before the last one are removed."""
    place = home / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".new-", dir=place))
    try:
        yield unfinished
        if (place / name).exists():
            (place / name).rename(place / f".old-{os.getpid()}-{name}")
        unfinished.rename(place / name)
        fresh = place / f".{CURRENT}.{os.getpid()}"
        before = current_name(home)
        fresh.write_text(name, encoding="utf-8")
        fresh.replace(place / CURRENT)
        _clear(place, {name, before})
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def current_name(home: Path) -> str:
    """The name of the night in use; '' where there is none."""
    try:
        return (home / FOLDER / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def current_stamp(home: Path) -> tuple[int, int]:
    """What changes whenever a night takes the place of another, though it be prepared again under the same name."""
    try:
        seen = (home / FOLDER / CURRENT).stat()
    except FileNotFoundError:
        return (-1, -1)
    return seen.st_mtime_ns, seen.st_ino


def _clear(place: Path, kept: set[str]) -> None:
    for folder in place.iterdir():
        if folder.is_dir() and folder.name not in kept and not folder.name.startswith(".new-"):
            shutil.rmtree(folder, ignore_errors=True)
