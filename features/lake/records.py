"""CSV, record by record, where every fault has its line and costs no other row.

The csv module reads one record at a time. A quote that never ends would swallow the rest of the file, so
a record that goes wrong gives back all its lines but the first.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from features.lake.scan import GB18030, LONGEST_LINE, UTF8, is_chinese_utf8

KEPT = 1_000  # characters kept of a line that is too long
MOST_LINES = 200  # physical lines that a quoted record may span
UNDECODABLE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True)
class Line:
    """A physical line without its end; bytes that could not be decoded stand in it as surrogates."""

    number: int
    text: str
    too_long: bool = False
    unclear: bool = False  # text in another encoding than the file's


@dataclass(frozen=True)
class Record:
    """The fields of a row, and the line it begins on."""

    line: int
    fields: list[str]


@dataclass(frozen=True)
class Fault:
    """A row that cannot be taken apart: the rule it broke and its text."""

    line: int
    rule: str
    text: str


def lines(file: BinaryIO, encoding: str) -> Iterator[Line]:
    """Physical lines; never more than LONGEST_LINE bytes of one are in memory."""
    number = 0
    while raw := file.readline(LONGEST_LINE + 2):
        number += 1
        if len(raw.rstrip(b"\r\n")) > LONGEST_LINE:
            yield Line(number, raw[: KEPT * 4].decode(encoding, "replace")[:KEPT], too_long=True)
            _skip_line(file, raw)
        else:
            yield _decoded(number, raw.removesuffix(b"\n").removesuffix(b"\r"), encoding)


def _decoded(number: int, raw: bytes, encoding: str) -> Line:
    if encoding == GB18030 and not raw.isascii() and is_chinese_utf8(raw):
        return Line(number, raw.decode(UTF8), unclear=True)
    return Line(number, raw.decode(encoding, "surrogateescape"))


def _skip_line(file: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LONGEST_LINE)


def lines_ended_by_returns(file: BinaryIO, encoding: str) -> Iterator[Line]:
    r"""Physical lines of a file from an old Macintosh, which end in '\r' alone."""
    number, rest = 0, b""
    while block := file.read(LONGEST_LINE):
        *whole, rest = (rest + block).split(b"\r")
        for raw in whole:
            number += 1
            yield _bounded(number, raw, encoding)
        if len(rest) > LONGEST_LINE:
            rest = rest[: LONGEST_LINE + 1]  # enough to know it as too long
    if rest:
        yield _bounded(number + 1, rest, encoding)


def _bounded(number: int, raw: bytes, encoding: str) -> Line:
    if len(raw) > LONGEST_LINE:
        return Line(number, raw[: KEPT * 4].decode(encoding, "replace")[:KEPT], too_long=True)
    return _decoded(number, raw, encoding)


class Records:
    """Iterates over the records and faults among physical lines; `blank_lines` counts what it skipped."""

    def __init__(self, source: Iterator[Line], delimiter: str, width: int) -> None:
        self.source = source
        self.delimiter = delimiter
        self.width = width
        self.pending: deque[Line] = deque()
        self.blank_lines = 0
        csv.field_size_limit(max(csv.field_size_limit(), MOST_LINES * LONGEST_LINE))

    def __iter__(self) -> Iterator[Record | Fault]:
        while line := self._next_line():
            if line.too_long:
                yield Fault(line.number, "line_too_long", line.text)
            elif line.unclear:
                yield Fault(line.number, "encoding_unclear", line.text)
            elif not line.text or (line.text.isspace() and self.delimiter not in line.text):
                self.blank_lines += 1
            elif '"' in line.text:
                yield self._quoted(line)
            else:
                yield self._sound(line.number, line.text, line.text.split(self.delimiter))

    def _next_line(self) -> Line | None:
        return self.pending.popleft() if self.pending else next(self.source, None)

    def _sound(self, number: int, text: str, fields: list[str]) -> Record | Fault:
        if "\0" in text:
            return Fault(number, "nul_byte", text.replace("\0", "\\0"))
        if not text.isascii() and UNDECODABLE.search(text):
            return Fault(number, "not_decodable", readable(text))
        if len(fields) < self.width or any(field.strip() for field in fields[self.width :]):
            return Fault(number, "wrong_number_of_fields", text)
        return Record(number, fields[: self.width])  # delimiters without anything after them say nothing

    def _quoted(self, first: Line) -> Record | Fault:
        used = [first]
        lines = self._following(used)
        try:
            fields = next(csv.reader(lines, delimiter=self.delimiter, strict=True, skipinitialspace=True))
        except csv.Error:
            fields = []
        if not fields or (len(used) > 1 and len(fields) != self.width):  # it may have swallowed good rows
            self.pending.extendleft(reversed(used[1:]))
            return self._broken_quote(first)
        return self._sound(first.number, "\n".join(line.text for line in used), fields)

    def _broken_quote(self, first: Line) -> Fault:
        """What is wrong with a line whose quotes are, the bytes first."""
        fault = self._sound(first.number, first.text, [""] * self.width)
        return fault if isinstance(fault, Fault) else Fault(first.number, "unterminated_quote", first.text)

    def _following(self, used: list[Line]) -> Iterator[str]:
        """The text of the first line, then of as many more as the record may need."""
        yield used[0].text + "\n"
        size = len(used[0].text)
        while len(used) < MOST_LINES and size <= LONGEST_LINE and (line := self._next_line()):
            if line.too_long or line.unclear:
                self.pending.appendleft(line)
                return
            used.append(line)
            size += len(line.text)
            yield line.text + "\n"


def readable(text: str) -> str:
    r"""Text whose undecodable bytes are written like `\xff`."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
