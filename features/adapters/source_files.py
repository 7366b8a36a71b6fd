"""Reading what offices published: CSV, plain or gzipped, told apart by its columns and never by its name."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

csv.field_size_limit(10_000_000)

Row = dict[str, str]

LARGEST_AMOUNT = Decimal(10_000_000)  # main units; our choice: no single claim in six states comes near it in earnest


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
    """Every row of the files, one after the other; a cell that is missing reads as empty, one too many is left out."""
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


def amount(text: str) -> Decimal | None:
    """An amount in main units, to the cent; None where empty. ValueError where it is no amount, negative or absurd."""
    if not text:
        return None
    try:
        value = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {text!r}") from error
    if not 0 <= value <= LARGEST_AMOUNT:
        raise ValueError(f"not between 0 and {LARGEST_AMOUNT}: {text!r}")
    return value


def _opened(path: Path) -> io.TextIOWrapper:
    try:
        with path.open("rb") as file:
            zipped = file.read(2) == b"\x1f\x8b"
        raw = gzip.open(path) if zipped else path.open("rb")
    except OSError as error:
        raise UnreadableSource(f"{path}: cannot be opened ({error})") from error
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")
