"""One append-only Delta table of the lake."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, Schema
from deltalake.transaction import AddAction

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
    """The data files of that Delta version, by partition and name."""
    return sorted(_files(DeltaTable(directory, version=version)), key=lambda file: (file.partition, file.path))


def _files(table: DeltaTable) -> list[DataFile]:
    actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    root = Path(table.table_uri.removeprefix("file://"))
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
    kept = {file.path for file in files(directory, version)}
    table = DeltaTable(directory)
    if {file.path for file in _files(table)} != kept:
        table.restore(version, post_commithook_properties=NO_CLEANUP)
    for path in directory.rglob("*.parquet"):
        if path.resolve() not in kept and "_delta_log" not in path.parts:
            path.unlink()
