"""What an ingest did, for people to read: nothing disappears without being counted here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    SKIPPED = "skipped"  # the same file was ingested before
    REFUSED = "refused"  # put aside whole


@dataclass
class FileReport:
    """One file. `rows_in` is always `accepted` + `aside`; a refused file's rows are aside if countable."""

    name: str
    register: str
    outcome: Outcome = Outcome.READ
    rows_in: int = 0
    accepted: int = 0
    aside: int = 0
    blank_lines: int = 0
    encoding: str = ""
    delimiter: str = ""
    careful: bool = False
    ignored_columns: tuple[str, ...] = ()
    problem: str = ""
    found: str = ""
    expected: str = ""
    do: str = ""


@dataclass
class RegisterReport:
    """One register. `rules` counts broken rules: a row may break several.

    `corrections` are accepted rows whose key is known from another day; `known_on_filled` accepted rows
    whose `known_on` was filled; `unknown_employers` employers named but absent from `employers`.
    """

    register: str
    rows_in: int = 0
    accepted: int = 0
    aside: int = 0
    rules: dict[str, int] = field(default_factory=dict)
    corrections: int = 0
    known_on_filled: int = 0
    unknown_employers: int = 0

    def add(self, files: Iterable[FileReport]) -> None:
        """Count the rows of `files`."""
        for file in files:
            self.rows_in += file.rows_in
            self.accepted += file.accepted
            self.aside += file.aside


@dataclass
class IngestReport:
    """What an ingest did. `version` is the new one, or the present one where nothing was new."""

    version: int
    previous: int
    registers: dict[str, RegisterReport] = field(default_factory=dict)
    files: list[FileReport] = field(default_factory=list)
    unknown_files: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether the ingest made a new version."""
        return self.version != self.previous

    @property
    def rows_in(self) -> int:
        """Rows found in all files that were not skipped."""
        return sum(register.rows_in for register in self.registers.values())

    @property
    def accepted(self) -> int:
        """Rows that are now in the lake."""
        return sum(register.accepted for register in self.registers.values())

    @property
    def aside(self) -> int:
        """Rows put aside, those of refused files included."""
        return sum(register.aside for register in self.registers.values())

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        return asdict(self)

    def warnings(self) -> Iterator[str]:
        """What the reader should look at, a sentence each."""
        for file in self.files:
            yield from _file_warnings(file)
        for register in self.registers.values():
            yield from _register_warnings(register)
        for name in self.unknown_files:
            yield f"{name} belongs to no register and was left alone."


def _file_warnings(file: FileReport) -> Iterator[str]:
    if file.outcome is Outcome.REFUSED:
        parts = (("Found", file.found), ("Expected", file.expected), ("What to do", file.do))
        details = "".join(f" {name}: {part}." for name, part in parts if part)
        yield f"{file.name} was put aside whole ({file.rows_in} rows): {file.problem}.{details}"
    if file.outcome is Outcome.SKIPPED:
        yield f"{file.name} was skipped: {file.problem}."
    if file.ignored_columns:
        yield f"{file.name}: columns that {file.register} does not know were ignored: {', '.join(file.ignored_columns)}."


def _register_warnings(register: RegisterReport) -> Iterator[str]:
    for rule, rows in sorted(register.rules.items()):
        yield f"{register.register}: {rows} rows were put aside by {rule}."
    if register.unknown_employers:
        yield f"{register.register}: {register.unknown_employers} employers named are not in employers."
