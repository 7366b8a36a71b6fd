"""Reading what offices published: CSV, plain or gzipped, told apart by its columns and never by its name."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

csv.field_size_limit(10_000_000)

Row = dict[str, str]


class UnreadableSource(ValueError):
    """A file is not what the adapter was told it is; the message says what was expected and what to do."""


def columns_of(path: Path) -> frozenset[str]:
    """The column names of a CSV file; UnreadableSource where it has none."""
    with _opened(path) as lines:
        try:
            header = next(csv.reader(lines), [])
        except (csv.Error, OSError, EOFError) as error:
            raise UnreadableSource(f"{path}: not a CSV file ({error})") from error
    if not header:
        raise UnreadableSource(f"{path}: empty, expected a CSV file with a header")
    return frozenset(header)


def rows_of(paths: Iterable[Path]) -> Iterator[Row]:
    """Every row of the files in turn; a missing cell reads as empty, one too many is left out."""
    for path in paths:
        with _opened(path) as lines:
            try:
                for row in csv.DictReader(lines):
                    yield {name: (row[name] or "").strip() for name in row if name is not None}
            except (csv.Error, OSError, EOFError) as error:
                raise UnreadableSource(f"{path}: breaks off or is not a CSV file ({error})") from error


def day(text: str) -> date | None:
    """An ISO date, also with a time behind it; None for anything else."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def amount(text: str, largest: int) -> Decimal | None:
    """An amount in main units, to the cent; None where empty; ValueError unless from 0 to `largest`."""
    if not text:
        return None
    try:
        value = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {text!r}") from error
    if not 0 <= value <= largest:
        raise ValueError(f"not between 0 and {largest}: {text!r}")
    return value


@contextmanager
def _opened(path: Path) -> Iterator[io.TextIOWrapper]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise UnreadableSource(f"{path}: cannot be opened ({error.strerror})") from error
    with file:
        unzipped = gzip.GzipFile(fileobj=file) if file.peek(2)[:2] == b"\x1f\x8b" else file
        with io.TextIOWrapper(unzipped, encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield lines
