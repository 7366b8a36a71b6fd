"""An office that hands in files, for tests: write them, ingest them, look at what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from features.lake.ingest import ingest
from features.lake.lake import Lake
from features.lake.report import IngestReport

PROVENANCE = ("source_file", "source_line")


class Office:
    """A folder of files and a lake."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "in"
        self.folder.mkdir()
        self.lake = Lake(root / "lake")

    def hands_in(self, name: str, content: str | bytes | pa.Table) -> None:
        """Write a file: text as UTF-8, bytes as they are, a table as Parquet."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, pa.Table):
            pq.write_table(content, path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def ingest(self, **files: str | bytes | pa.Table) -> IngestReport:
        """Hand in each file (as `<name>.csv`, tables as `<name>.parquet`) and ingest the folder."""
        for name, content in files.items():
            self.hands_in(f"{name}.parquet" if isinstance(content, pa.Table) else f"{name}.csv", content)
        report = ingest(self.folder, self.lake)
        self.balances(report)
        return report

    def balances(self, report: IngestReport) -> None:
        """Rows in are rows accepted and rows put aside, for every file and register, and in the lake."""
        for part in [*report.files, *report.registers.values()]:
            assert part.rows_in == part.accepted + part.aside, part
        if report.changed:
            manifest = self.lake.manifest(report.version)
            for name, register in report.registers.items():
                assert manifest.counts[name].accepted == register.accepted
            unreadable = sum(file.unreadable for file in report.files)
            assert self.lake.aside(report.version).num_rows == report.aside - unreadable
        for name, count in self.lake.manifest().rows.items():
            if name != "aside":
                assert len(self.rows(name)) == count

    def rows(self, register: str, version: int | None = None, provenance: bool = False) -> list[dict[str, Any]]:
        """The lake's rows of a register, in order."""
        schema = self.lake.schema(register)
        rows: list[dict[str, Any]] = []
        for file in self.lake.files(register, version):
            table = pq.ParquetFile(file.path).read()
            assert table.schema.equals(schema)
            assert table.num_rows == file.rows
            rows += table.to_pylist()
        rows.sort(key=lambda row: (row["source_file"], row["source_line"]))
        kept = [name for name in schema.names if provenance or name not in PROVENANCE]
        return [{name: row[name] for name in kept} for row in rows]

    def column(self, register: str, name: str) -> list[Any]:
        """One column of the lake's rows, in order."""
        return [row[name] for row in self.rows(register)]

    def aside(self) -> list[tuple[int, str]]:
        """Line and rules of every row put aside."""
        return [(row["line"], " ".join(row["rules"])) for row in self.lake.aside().to_pylist()]
