"""From a folder of files to a new version of the lake: every row is in it, or put aside with a reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path

import duckdb

from features.lake import aside, duck
from features.lake.duplicates import settle
from features.lake.lake import Lake
from features.lake.manifest import Counts, IngestedFile
from features.lake.raw import Refused
from features.lake.reading import Left, Taken, identity, known_on_filled, look_at, refused, take
from features.lake.report import FileReport, IngestReport, Outcome, RegisterReport
from features.lake.scan import Scan
from features.lake.schema import ASIDE
from features.lake.source import Source, find
from features.lake.stage import prepare
from features.lake.table import DataFile
from features.lake.undated import undated
from features.lake.writing import commit, writing
from features.registers import REGISTERS

MEMORY_LIMIT = "2GB"  # DuckDB's own; what it cannot hold it spills to the lake's folder
READERS = min(4, os.cpu_count() or 1)  # DuckDB reads one CSV file with hardly more than one core


@dataclass(frozen=True)
class Progress:
    """`file` of `register` has been read, as number `number` of `files`."""

    register: str
    file: str
    number: int
    files: int


OnProgress = Callable[[Progress], None]


def ingest(
    directory: Path, lake: Lake, on_progress: OnProgress | None = None, *, memory_limit: str = MEMORY_LIMIT
) -> IngestReport:
    """Take the registers in `directory` into `lake` as one new version; no version where nothing is new.

    Raises `BadInput` for a folder without registers and `Busy` while somebody else writes. A file that
    cannot be used is put aside whole, a row that breaks a rule by itself; the others go on.
    """
    sources, unknown = find(Path(directory))
    with writing(lake) as staging, duck.connect(staging, memory_limit) as con:
        prepare(con)
        intake = Intake(lake, Path(directory), staging, con, len(sources), on_progress or (lambda progress: None))
        for register, files in groupby(sources, key=lambda source: source.register):
            intake.take(register, list(files))
        return intake.finish(unknown)


def _look(source: Source) -> Scan | Refused:
    try:
        return look_at(source)
    except Refused as refusal:
        return refusal


@dataclass
class Intake:
    """An ingest under way."""

    lake: Lake
    directory: Path
    staging: Path
    con: duckdb.DuckDBPyConnection
    total: int
    on_progress: OnProgress
    files: list[FileReport] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)  # put aside whole, for the first time
    good: dict[str, list[DataFile]] = field(default_factory=dict)
    registers: dict[str, RegisterReport] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)  # identities of files, and where they were seen
    left_before: set[str] = field(default_factory=set)  # identities of files put aside whole

    def __post_init__(self) -> None:
        for manifest in self.lake.log():
            for file in manifest.files:
                if file.problem:
                    self.left_before.add(file.identity)
                else:
                    self.known[file.identity] = f"{file.path} of version {manifest.version}"

    def take(self, register: str, sources: Sequence[Source]) -> None:
        """Read all files of a register and settle which of their rows stay."""
        results = list(self._read(sources))
        taken = [result for result in results if isinstance(result, Taken)]
        for left in results:
            if isinstance(left, Left):
                self._leave(left)
        staged = [one.staged for one in taken]
        report = self.registers[register] = RegisterReport(register)
        report.corrections = settle(self.con, REGISTERS[register], staged, self.lake.files(register))
        aside.collect(self.con, register, staged)
        for one in taken:
            one.report.rows_in, one.report.accepted = one.staged.rows_in, one.staged.rows
            one.report.aside = one.report.rows_in - one.report.accepted
            report.known_on_filled += known_on_filled(self.con, one.staged)
        report.add(file for file in self.files if file.register == register)
        report.rules, report.examples = aside.rules_broken(self.con, register)
        report.undated = undated(self.con, REGISTERS[register], [f.path for one in staged for f in one.files])
        self.good[register] = [file for one in staged for file in one.files]
        self.taken += taken

    def _leave(self, left: Left) -> None:
        """Put a file aside whole. One that was before is looked at again, since we may read more by now, but not kept twice."""
        if left.identity in self.left_before:
            left.report.outcome = Outcome.REFUSED_BEFORE
            left.report.rows_in = left.report.aside = left.report.unreadable = 0
            return
        self.left_before.add(left.identity)
        self.left.append(left)
        if left.rows:
            aside.take_whole(self.con, left.source, left.rows)

    def _read(self, sources: Sequence[Source]) -> Iterator[Taken | Left | FileReport]:
        """What became of each file, in order; several are read at the same time."""
        with ThreadPoolExecutor(READERS) as readers:
            looks = readers.map(_look, sources)
            reading = [readers.submit(self._job(*pair)) for pair in zip(sources, looks, strict=True)]
            for source, future in zip(sources, reading, strict=True):
                result = future.result()
                self.files.append(result if isinstance(result, FileReport) else result.report)
                self.on_progress(Progress(source.register, source.name, len(self.files), self.total))
                yield result

    def _job(self, source: Source, look: Scan | Refused) -> Callable[[], Taken | Left | FileReport]:
        """What is to be done with a file, now that its bytes have been looked at."""
        if isinstance(look, Refused):
            return partial(refused, source, look)
        own = identity(source, look)
        if known := self.known.get(own):
            problem = f"it is the same as {known}"
            return partial(FileReport, source.name, source.register, Outcome.SKIPPED, problem=problem)
        self.known[own] = f"{source.name} of this ingest"
        folder = self.staging / f"{len(self.known):05}"
        folder.mkdir()
        return partial(take, self.con.cursor(), source, look, folder)

    def finish(self, unknown: list[str]) -> IngestReport:
        """Commit what was taken, if anything, and report."""
        for report in self.registers.values():
            report.unknown_employers = self._unknown_employers(report.register)
        previous = self.lake.version()
        version = self._commit(previous + 1) if self.taken or self.left else previous
        return IngestReport(version, previous, self.registers, self.files, unknown)

    def _commit(self, version: int) -> int:
        staged = {**self.good, ASIDE: aside.write(self.con, version, self.staging)}
        counts = {
            report.register: Counts(report.rows_in, report.accepted, report.aside) for report in self.registers.values()
        }
        read: list[Taken | Left] = [*self.taken, *self.left]
        files = [
            IngestedFile(
                path=one.report.name,
                register=one.report.register,
                sha256=one.sha256,
                identity=one.identity,
                rows_in=one.report.rows_in,
                accepted=one.report.accepted,
                aside=one.report.aside,
                problem=one.report.why if isinstance(one, Left) else "",
            )
            for one in read
        ]
        return commit(self.lake, staged, counts, files, self.directory).version

    def _unknown_employers(self, register: str) -> int:
        """Employers that the new rows name and `employers` lacks; 0 where there is no `employers`."""
        new = [file.path for file in self.good[register]]
        employers = [*self.lake.files("employers"), *self.good.get("employers", [])]
        if register == "employers" or "employer_id" not in REGISTERS[register].names or not new or not employers:
            return 0
        return duck.number(
            self.con,
            f"SELECT count(DISTINCT employer_id) FROM {duck.parquet(new)} AS new "
            f"ANTI JOIN {duck.parquet([file.path for file in employers])} AS employers USING (employer_id) "
            "WHERE employer_id IS NOT NULL",
        )
