"""What an ingest did, for people to read: nothing disappears without being counted here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from features.lake.scan import GB18030
from features.lake.source import what_was_meant
from features.registers import REGISTERS
from features.registers.rules import explained

FILE_PUT_ASIDE = "file_put_aside"


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    SKIPPED = "skipped"  # the same file was ingested before
    REFUSED = "refused"  # put aside whole
    REFUSED_BEFORE = "refused before"  # put aside whole by an earlier ingest, and no better now


@dataclass
class FileReport:
    """One file. `rows_in` is always `accepted` + `aside`; a refused file's rows are aside if countable.

    `unreadable` of them are known by their number alone: the file is damaged, and nothing of them is kept.
    """

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
    unreadable: int = 0
    ignored_columns: tuple[str, ...] = ()
    problem: str = ""
    found: str = ""
    expected: str = ""
    do: str = ""

    @property
    def why(self) -> str:
        """What was wrong with a file put aside whole, what was found and expected, and what to do."""
        parts = (("Found", self.found), ("Expected", self.expected), ("What to do", self.do))
        return " ".join([f"{self.problem}.", *(f"{name}: {part.rstrip('.')}." for name, part in parts if part)])


@dataclass
class RegisterReport:
    """One register. `rules` counts broken rules: a row may break several; `examples` has a row for each.

    `corrections` are accepted rows whose key is known from another day; `known_on_filled` accepted rows
    whose `known_on` was filled; `unknown_employers` employers named but absent from `employers`;
    `undated` accepted rows that say what was concluded but, in the column named, not when.
    """

    register: str
    rows_in: int = 0
    accepted: int = 0
    aside: int = 0
    rules: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    corrections: int = 0
    known_on_filled: int = 0
    unknown_employers: int = 0
    undated: dict[str, int] = field(default_factory=dict)

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

    @property
    def complete(self) -> bool:
        """Whether everything handed in is in the lake: no row or file aside, no register under a name nearly its own."""
        refused = any(file.outcome in (Outcome.REFUSED, Outcome.REFUSED_BEFORE) for file in self.files)
        return not (self.aside or refused or any(map(what_was_meant, self.unknown_files)))

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
            yield f"{name} belongs to no register and was left alone. {what_was_meant(name)}".rstrip()


def _file_warnings(file: FileReport) -> Iterator[str]:
    if file.outcome is Outcome.REFUSED:
        yield f"{file.name} was put aside whole ({file.rows_in} rows): {file.why}"
    if file.outcome is Outcome.REFUSED_BEFORE:
        yield f"{file.name} was put aside whole already and still has to be: {file.why}"
    if file.outcome is Outcome.SKIPPED:
        yield f"{file.name} was skipped: {file.problem}."
    if file.encoding == GB18030:
        yield f"{file.name} was read as GB18030, in which most of its lines are text."
    if file.ignored_columns:
        yield f"{file.name}: columns that {file.register} does not know were ignored: {', '.join(file.ignored_columns)}."


def _register_warnings(register: RegisterReport) -> Iterator[str]:
    for rule, rows in sorted(register.rules.items()):
        if rule != FILE_PUT_ASIDE:  # said of the file already
            sentence, do, _ = explained(REGISTERS[register.register], rule)
            yield (
                f"{register.register}: {rows} rows were put aside by {rule}: {sentence.en}. "
                f"Found: {register.examples[rule]}. What to do: {do.en}."
            )
    for column, rows in register.undated.items():
        yield (
            f"{register.register}: {rows} rows say what was concluded but have no {column}, so they never count. "
            f"What to do: deliver them again with {column}."
        )
    if register.unknown_employers:
        yield f"{register.register}: {register.unknown_employers} employers named are not in employers."
