"""One append-only Delta table of the lake."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, Schema
from deltalake.exceptions import DeltaError
from deltalake.transaction import AddAction

from features.errors import Damaged
from features.lake.schema import PARTITION, delta_schema, partition_columns

NO_CLEANUP = PostCommitHookProperties(cleanup_expired_logs=False)  # old versions stay readable


@dataclass(frozen=True)
class DataFile:
    """A Parquet file of the lake. `partition` is 'YYYY-MM', or '' where the table has none."""

    path: Path
    partition: str
    rows: int


def exists(directory: Path) -> bool:
    """Whether `directory` holds a Delta table."""
    return bool(DeltaTable.is_deltatable(str(directory)))


def files(directory: Path, version: int) -> list[DataFile]:
    """The data files of that Delta version, by partition and name; `Damaged` where one is missing or cut short.

    A size costs one look a file, and tells of a broken copy before any work is done on it.
    """
    actions = _actions(_opened(directory, version))
    root = directory.resolve()
    for action in actions:
        _require_whole(root / action["path"], action["size_bytes"])
    return sorted(_data_files(root, actions), key=lambda file: (file.partition, file.path))


def _opened(directory: Path, version: int) -> DeltaTable:
    try:
        return DeltaTable(directory, version=version)
    except (DeltaError, OSError) as error:
        raise Damaged(
            f"The Delta table {directory} has no version {version} that can be read.",
            found=str(error).splitlines()[0],
            expected="the _delta_log that an ingest wrote",
            do="restore the lake's tables/ folder from a backup",
        ) from error


def _require_whole(path: Path, size: int) -> None:
    found = path.stat().st_size if path.exists() else None
    if found != size:
        raise Damaged(
            f"The data file {path} is not as the lake's log says.",
            found="no such file" if found is None else f"{found} bytes",
            expected=f"{size} bytes",
            do="restore the file from a backup, or ingest the registers into a new lake",
        )


def _actions(table: DeltaTable) -> list[dict[str, Any]]:
    return list(pa.table(table.get_add_actions(flatten=True)).to_pylist())


def _data_files(root: Path, actions: list[dict[str, Any]]) -> list[DataFile]:
    return [
        DataFile((root / action["path"]).resolve(), action.get(f"partition.{PARTITION}") or "", action["num_records"])
        for action in actions
    ]


def append(directory: Path, name: str, added: list[DataFile]) -> int:
    """Commit Parquet files that already lie in `directory`; returns the new Delta version."""
    if not exists(directory):
        schema = Schema.from_arrow(delta_schema(name))
        DeltaTable.create(directory, schema, partition_by=partition_columns(name))
    table = DeltaTable(directory)
    actions = [_action(directory, file) for file in added]
    table.create_write_transaction(
        actions,
        mode="append",
        schema=table.schema(),
        partition_by=partition_columns(name),
        commit_properties=CommitProperties(),
        post_commithook_properties=NO_CLEANUP,
    )
    return int(DeltaTable(directory).version())


def _action(directory: Path, file: DataFile) -> AddAction:
    status = file.path.stat()
    return AddAction(
        path=file.path.relative_to(directory).as_posix(),
        size=status.st_size,
        partition_values={PARTITION: file.partition} if file.partition else {},
        modification_time=int(status.st_mtime * 1000),
        data_change=True,
        stats=json.dumps({"numRecords": file.rows}),
    )


def reset(directory: Path, version: int | None) -> None:
    """Take back what a killed ingest left: the table is as it was at `version`, or gone for None."""
    if version is None or not exists(directory):
        shutil.rmtree(directory, ignore_errors=True)
        return
    root = directory.resolve()
    kept = {file.path for file in _data_files(root, _actions(_opened(directory, version)))}
    table = DeltaTable(directory)
    if {file.path for file in _data_files(root, _actions(table))} != kept:
        table.restore(version, post_commithook_properties=NO_CLEANUP)
    for path in directory.rglob("*.parquet"):
        if path.resolve() not in kept and "_delta_log" not in path.parts:
            path.unlink()
