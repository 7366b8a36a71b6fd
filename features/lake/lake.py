"""The lake as its readers know it: numbered versions of the registers, none of which ever changes."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.errors import NotFound
from features.lake import manifest, table
from features.lake.manifest import Manifest
from features.lake.schema import ASIDE, ASIDE_SCHEMA, lake_schema
from features.lake.table import DataFile
from features.registers import REGISTERS, Register

__all__ = ["DataFile", "Lake", "Manifest"]


class Lake:
    """The lake in the folder `path`; a folder that does not exist yet is an empty lake.

    `tables/<register>` are Delta tables, `versions/00000001.json` says which Delta versions belong
    together. Readers see manifests only, so an ingest is there whole or not at all.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path).resolve()
        self._files: dict[tuple[str, int], list[DataFile]] = {}

    @cached_property
    def versions(self) -> Path:
        """Where the manifests lie."""
        return self.path / "versions"

    def table(self, name: str) -> Path:
        """Where the Delta table of a register (or `aside`) lies."""
        return self.path / "tables" / name

    def numbers(self) -> list[int]:
        """The versions there are, oldest first."""
        return sorted(int(path.stem) for path in self.versions.glob("[0-9]*.json"))

    def version(self) -> int:
        """The newest version; 0 for an empty lake."""
        return max(self.numbers(), default=0)

    def manifest(self, version: int | None = None) -> Manifest:
        """The manifest of `version` (the newest for None); `NotFound` names the versions there are."""
        number = self.version() if version is None else version
        if number == 0:
            return Manifest(version=0, created="", plumbline="", previous=0)
        path = self.versions / f"{number:0{manifest.DIGITS}}.json"
        if not path.exists():
            raise NotFound(
                f"The lake {self.path} has no version {number}.",
                found=_versions(self.numbers()),
                expected="one of those",
                do="choose a version that `log` shows, or ingest first",
            )
        return manifest.read(path)

    def log(self) -> list[Manifest]:
        """All manifests, oldest first."""
        return [self.manifest(number) for number in self.numbers()]

    def has(self, register: str, version: int | None = None) -> bool:
        """Whether any row of `register` is in that version."""
        declared(register)
        return self.manifest(version).rows.get(register, 0) > 0

    def files(self, register: str, version: int | None = None) -> list[DataFile]:
        """The Parquet files that hold `register` in that version; none where it has no rows."""
        declared(register)
        return self._table_files(register, version)

    def schema(self, register: str) -> pa.Schema:
        """The declared columns as they lie in the files, then `source_file` and `source_line`."""
        return lake_schema(declared(register))

    def aside(self, version: int | None = None, register: str | None = None) -> pa.Table:
        """Rows put aside: by the ingest that made `version`, or by all of them for None.

        Columns: version, register, file, line, rules, row (a JSON object of the values as read, or the
        raw line where it could not be taken apart).
        """
        if register is not None:
            declared(register)
        paths = [file.path for file in self._table_files(ASIDE, version)]
        rows = pa.concat_tables([pq.read_table(path, schema=ASIDE_SCHEMA) for path in paths] or [_nothing()])
        if version is not None:
            rows = rows.filter(pc.field("version") == version)
        if register is not None:
            rows = rows.filter(pc.field("register") == register)
        return rows.sort_by([("version", "ascending"), ("file", "ascending"), ("line", "ascending")])

    def _table_files(self, name: str, version: int | None) -> list[DataFile]:
        delta = self.manifest(version).tables.get(name)
        if delta is None:
            return []
        if (name, delta) not in self._files:
            self._files[name, delta] = table.files(self.table(name), delta)
        return list(self._files[name, delta])


def declared(register: str) -> Register:
    """The declaration of a register; `NotFound` names those there are."""
    if register not in REGISTERS:
        raise NotFound(
            f"There is no register {register}.",
            found=register,
            expected=", ".join(REGISTERS),
            do="use one of these names",
        )
    return REGISTERS[register]


def _versions(numbers: list[int]) -> str:
    return "versions " + ", ".join(map(str, numbers)) if numbers else "an empty lake, without versions"


def _nothing() -> pa.Table:
    return ASIDE_SCHEMA.empty_table()
