"""A list as a table to take away: CSV and XLSX of any columns. A name from a register is never run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import xlsxwriter

from features.errors import BadInput

Cell = str | int | float | None
Form = Literal["count", "number", "share"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMATS = {"count": "0", "number": "0.00", "share": "0.0%"}
USUAL_WIDTH = 14


@dataclass(frozen=True)
class Sheet:
    """The rows of a list under `titles`, and what it was drawn from (`about`: name and text).

    A column that `forms` does not name holds text. Widths are in letters.
    """

    name: str
    titles: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    forms: Mapping[str, Form]
    about_name: str
    about: Sequence[tuple[str, str]]
    widths: Mapping[str, int] = field(default_factory=dict)


def kind_of_file(path: Path, what: str) -> str:
    """`csv`, `xlsx` or `json`, by the ending of `path`; BadInput where it is none of these."""
    kind = path.suffix.lower().removeprefix(".")
    if kind in ("csv", "xlsx", "json"):
        return kind
    raise BadInput(
        f"{what} cannot be written to {path}",
        found=path.suffix or "no ending",
        expected=".csv, .xlsx or .json",
        do="end the file's name with one of these",
    )


def write_csv(sheet: Sheet, path: Path) -> None:
    """`csv_of` as a file."""
    path.write_bytes(csv_of(sheet.titles, sheet.rows))


def csv_of(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark. A text that a spreadsheet would run as a formula gets a quote before it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(titles)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """`cell`, with a quote before it where a spreadsheet might take it for a formula (also after blanks)."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) or cell.lstrip().startswith(FORMULA_STARTS) else cell


def write_xlsx(sheet: Sheet, path: Path) -> None:
    """Two sheets, the list and what it was drawn from. Ids, names and sentences are cells of text."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        as_text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        _list(book, sheet, as_text)
        page = book.add_worksheet(_page_name(sheet.about_name))
        page.set_column(0, 0, 34)
        page.set_column(1, 1, 80)
        for row, (name, said) in enumerate(sheet.about):
            page.write_string(row, 0, name, as_text)
            page.write_string(row, 1, said, as_text)


def _list(book: xlsxwriter.Workbook, sheet: Sheet, as_text: object) -> None:
    heading = book.add_format({"bold": True, "num_format": "@", "text_wrap": True, "valign": "top"})
    formats = {form: book.add_format({"num_format": how, "valign": "top"}) for form, how in FORMATS.items()}
    page = book.add_worksheet(_page_name(sheet.name))
    for column, (name, title) in enumerate(zip(sheet.columns, sheet.titles, strict=True)):
        page.set_column(column, column, sheet.widths.get(name, USUAL_WIDTH))
        page.write_string(0, column, title, heading)
    for row, cells in enumerate(sheet.rows, 1):
        for column, (name, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            if name not in sheet.forms:
                page.write_string(row, column, str(cell), as_text)
            elif cell is not None:
                page.write_number(row, column, float(cell), formats[sheet.forms[name]])
    page.freeze_panes(1, 0)


def _page_name(said: str) -> str:
    return said.replace("/", "-")
