"""One writer at a time, who first puts right what a killed one left, and whose commit is one manifest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

from filelock import FileLock, Timeout

from features.errors import Busy
from features.lake import table
from features.lake.lake import Lake
from features.lake.manifest import Counts, IngestedFile, Manifest, sync_directory
from features.lake.table import DataFile


@contextmanager
def writing(lake: Lake) -> Iterator[Path]:
    """The right to write, and an empty staging folder; `Busy` where somebody else has it."""
    lake.path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(lake.path / "write.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(
            f"Somebody else is writing to the lake {lake.path}.",
            expected="one ingest at a time",
            do="wait until the other ingest has ended and try again",
        ) from error
    staging = lake.path / "staging"
    try:
        _recover(lake)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        lock.release()


def _recover(lake: Lake) -> None:
    """Make every table what the newest manifest says: a killed ingest may have left some ahead of it."""
    tables = lake.manifest().tables
    for directory in (lake.path / "tables").glob("*"):
        table.reset(directory, tables.get(directory.name))
    for leftover in lake.versions.glob(".*"):
        leftover.unlink()


def commit(
    lake: Lake,
    staged: Mapping[str, Sequence[DataFile]],
    counts: Mapping[str, Counts],
    files: Sequence[IngestedFile],
    directory: Path,
) -> Manifest:
    """Move staged files into their tables and make the next version; call inside `writing` only."""
    previous = lake.manifest()
    version = previous.version + 1
    tables, rows = dict(previous.tables), dict(previous.rows)
    for name, added in staged.items():
        if added:
            moved = _move(lake.table(name), version, added)
            tables[name] = table.append(lake.table(name), name, moved)
            rows[name] = rows.get(name, 0) + sum(file.rows for file in moved)
    manifest = Manifest(
        version=version,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        plumbline=plumbline_version(),
        previous=previous.version,
        directory=str(directory),
        tables=tables,
        rows=rows,
        counts=dict(counts),
        files=tuple(files),
    )
    manifest.write(lake.versions)
    return manifest


def _move(directory: Path, version: int, files: Sequence[DataFile]) -> list[DataFile]:
    moved, folders = [], set()
    for number, file in enumerate(files, start=1):
        folder = directory / f"partition={file.partition}" if file.partition else directory
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{version:08}-{number:05}.parquet"
        _sync(file.path)
        file.path.rename(target)
        folders.add(folder)
        moved.append(DataFile(target, file.partition, file.rows))
    for folder in folders:
        sync_directory(folder)
    return moved


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def plumbline_version() -> str:
    """The installed version of Plumbline; `unknown` where it runs without being installed."""
    try:
        return installed_version("plumbline")
    except PackageNotFoundError:
        return "unknown"
