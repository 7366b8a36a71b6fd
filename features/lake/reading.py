"""One file, from its bytes to staged good rows, whatever its kind and whatever is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from features.lake import duck
from features.lake.check import RAW
from features.lake.csv_input import header_of, read_csv
from features.lake.parquet_input import columns_of_file, read_parquet
from features.lake.raw import Raw, Refused, columns_of
from features.lake.report import FileReport, Outcome
from features.lake.scan import Scan, digest, scan
from features.lake.source import Source
from features.lake.stage import Staged, stage
from features.lake.whole import keep_rows
from features.registers import REGISTERS
from features.registers.values import SPACES


@dataclass
class Taken:
    """A file that is being ingested. `identity` is what a second copy of it would be known by."""

    staged: Staged
    report: FileReport
    sha256: str
    identity: str


@dataclass
class Left:
    """A file put aside whole; its rows, as far as they can be read, lie as text in the Parquet file `rows`."""

    source: Source
    report: FileReport
    sha256: str
    identity: str
    rows: Path | None


def look_at(source: Source) -> Scan:
    """The digest of a file and, for CSV, what its bytes are like; `Refused` where it cannot be opened."""
    try:
        return Scan(sha256=digest(source.path)) if source.is_parquet else scan(source.path)
    except OSError as error:
        raise Refused(
            "the file cannot be opened",
            found=str(error.strerror),
            expected="a file that Plumbline may read",
            do="change its permissions, or copy it again",
        ) from error


def refused(source: Source, refusal: Refused, report: FileReport | None = None) -> FileReport:
    """The report of a file put aside whole; adds to what `report` knows of it."""
    report = report or FileReport(source.name, source.register)
    report.outcome = Outcome.REFUSED
    report.problem, report.found = refusal.problem, refusal.found
    report.expected, report.do = refusal.expected, refusal.do
    report.rows_in = report.aside = refusal.rows
    return report


def identity(source: Source, look: Scan) -> str:
    """What makes a file the same as another: its bytes, its register and the month in its path."""
    return f"{source.register}:{source.month}:{look.sha256}"


def take(con: duckdb.DuckDBPyConnection, source: Source, look: Scan, folder: Path) -> Taken | Left:
    """Stage a file's good rows in `folder`; of a file put aside whole, keep the rows there as text."""
    report = FileReport(source.name, source.register)
    try:
        raw = _raw(con, source, look, report, folder)
        staged = _stage(con, raw, folder)
    except Refused as refusal:
        return _left(con, source, look, refused(source, refusal, report), folder)
    report.blank_lines = raw.blank_lines
    return Taken(staged, report, look.sha256, identity(source, look))


def _left(con: duckdb.DuckDBPyConnection, source: Source, look: Scan, report: FileReport, folder: Path) -> Left:
    rows = folder / "whole.parquet"
    kept = keep_rows(con, source, look, rows)
    report.rows_in = report.aside = max(kept, report.rows_in if source.is_parquet else 0)
    report.unreadable = report.aside - kept
    return Left(source, report, look.sha256, identity(source, look), rows if kept else None)


def _raw(con: duckdb.DuckDBPyConnection, source: Source, look: Scan, report: FileReport, folder: Path) -> Raw:
    if source.is_parquet:
        columns, report.ignored_columns, rows = columns_of_file(source)
        return read_parquet(con, source, columns, rows)
    header = header_of(source, look)
    report.encoding, report.delimiter = look.encoding, header.delimiter
    names = REGISTERS[source.register].names
    report.ignored_columns = tuple(name for name in header.fields if name and name not in names)
    raw, report.careful = read_csv(con, source, look, header, folder)
    return raw


def _stage(con: duckdb.DuckDBPyConnection, raw: Raw, folder: Path) -> Staged:
    try:
        return stage(con, raw, folder)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        if not raw.source.is_parquet or _readable(con, raw):
            raise
        raise Refused(
            "the Parquet file is damaged inside",
            found=str(error).splitlines()[0][:200],
            expected="a Parquet file that can be read to its end",
            do="copy or export the file again",
            rows=raw.rows,
        ) from error


def _readable(con: duckdb.DuckDBPyConnection, raw: Raw) -> bool:
    """Whether the rows can be read at all, without doing anything with them."""
    try:
        raw.view(con)
        con.execute(f"SELECT max(hash(COLUMNS(*))) FROM {RAW}").fetchall()
    except duckdb.Error:
        return False
    return True


def known_on_filled(con: duckdb.DuckDBPyConnection, staged: Staged) -> int:
    """Rows of a file that stay and whose `known_on` had to be filled."""
    if not staged.rows:
        return 0
    staged.raw.view(con)
    kind = dict(columns_of(con)).get("known_on")
    if kind is None:
        return staged.rows
    lines = f"SELECT line FROM broken WHERE file = {duck.quoted(staged.raw.source.name)}"
    return duck.number(
        con,
        f"SELECT count(*) FROM {RAW} WHERE {_given(kind)} IS NULL AND source_line NOT IN ({lines})",
    )


def _given(kind: str) -> str:
    return f"nullif(trim(known_on, {duck.quoted(SPACES)}), '')" if kind == "string" else "known_on"
