"""The header of a CSV file: its delimiter and its columns."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from features.registers import Register

DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Header:
    """`fields` are the names in the file's order, trimmed and in small letters; `line` counts from 1."""

    delimiter: str
    fields: tuple[str, ...]
    line: int = 1

    def known(self, register: Register) -> dict[str, int]:
        """Declared columns of the file and their places in it."""
        return {name: place for place, name in enumerate(self.fields) if name in register.names}


def parse(text: str, register: Register, line: int = 1) -> Header:
    """The header in `text`, split by the delimiter that gives most declared columns."""
    headers = [Header(delimiter, _fields(text, delimiter), line) for delimiter in DELIMITERS]
    return max(headers, key=lambda header: (len(header.known(register)), len(header.fields)))


def _fields(text: str, delimiter: str) -> tuple[str, ...]:
    names = next(csv.reader([text], delimiter=delimiter), [])
    return tuple(normal(name) for name in names)


def normal(name: str) -> str:
    """A column's name as compared with the declared ones."""
    return name.strip(" \t\r\n\ufeff\u3000").lower()
