"""Where results may be written, looked at before the work and not after it."""

from __future__ import annotations

import os
from pathlib import Path

from features.errors import BadInput


def writable_file(path: Path) -> Path:
    """`path`, if a file can be written there; BadInput where its folder is missing or closed to us."""
    if path.is_dir():
        raise _unwritable(path, "a folder", "the name of a file", "add a file's name to the folder")
    folder = path.absolute().parent
    if not folder.is_dir():
        found = f"a file called {folder}" if folder.exists() else f"no folder {folder}"
        raise _unwritable(path, found, "a folder that is there", "make the folder, or name another with --out")
    _must_take_files(path, path if path.exists() else folder)
    return path


def writable_folder(path: Path) -> Path:
    """`path`, if it is a folder to write into or can be made one; BadInput where it cannot."""
    there = next(place for place in (path.absolute(), *path.absolute().parents) if place.exists())
    if not there.is_dir():
        raise _unwritable(path, f"a file called {there}", "a folder", "name another folder with --out")
    _must_take_files(path, there)
    return path


def _must_take_files(path: Path, place: Path) -> None:
    if not os.access(place, os.W_OK):
        raise _unwritable(path, f"{place} is read-only for this user", "a place to write to", "name another with --out")


def _unwritable(path: Path, found: str, expected: str, do: str) -> BadInput:
    return BadInput(f"nothing can be written to {path}", found=found, expected=expected, do=do)
