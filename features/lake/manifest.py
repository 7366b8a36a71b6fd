"""A manifest says what one version of the lake is made of. Its coming into being is the commit."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from features.errors import Damaged

DIGITS = 8


@dataclass(frozen=True)
class IngestedFile:
    """A file that was read. `identity` is its sha256 with its register and the month in its path.

    `problem` says why a file was put aside whole; '' for one that was not.
    """

    path: str
    register: str
    sha256: str
    identity: str
    rows_in: int
    accepted: int
    aside: int
    problem: str = ""


@dataclass(frozen=True)
class Counts:
    """Rows of one register in one ingest: `rows_in` is always `accepted` + `aside`."""

    rows_in: int = 0
    accepted: int = 0
    aside: int = 0


@dataclass(frozen=True)
class Manifest:
    """One version of the lake.

    `directory` is the folder the files came from. `tables` holds the Delta version of every table, `rows` the rows each holds in all, `counts` what
    this ingest brought. `created` is UTC, ISO 8601.
    """

    version: int
    created: str
    plumbline: str
    previous: int
    directory: str = ""
    tables: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    counts: dict[str, Counts] = field(default_factory=dict)
    files: tuple[IngestedFile, ...] = ()

    def write(self, directory: Path) -> None:
        """Make this version exist, all at once; `FileExistsError` where the number is taken."""
        directory.mkdir(parents=True, exist_ok=True)
        target = directory / f"{self.version:0{DIGITS}}.json"
        temporary = directory / f".{target.name}.{os.getpid()}"
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, target)  # unlike a rename, never replaces a version that exists
        finally:
            temporary.unlink()
        sync_directory(directory)


def read(path: Path) -> Manifest:
    """The manifest at `path`; `Damaged` where it cannot be read."""
    try:
        return _parse(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(
            f"The manifest {path} cannot be read.",
            found=str(error),
            expected="the JSON that an ingest wrote",
            do="restore the lake's versions/ folder from a backup",
        ) from error


def _parse(data: dict[str, Any]) -> Manifest:
    counts = {name: Counts(**value) for name, value in data.pop("counts").items()}
    files = tuple(IngestedFile(**value) for value in data.pop("files"))
    return Manifest(**data, counts=counts, files=files)


def sync_directory(directory: Path) -> None:
    """Let the names in `directory` survive a loss of power."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
