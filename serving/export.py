"""The watchlist as CSV, XLSX and JSON. A name from a register is never run as a formula.

CSV and XLSX can be blind, for those who make the visits. JSON is the record and always whole.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter

from features.errors import BadInput
from serving.chances import DESIGN
from serving.columns import TEXT_COLUMNS, about, action_name, cells, columns, titles
from serving.items import Item
from serving.levels import level_name
from serving.texts import Language, Sentence, text
from serving.watchlist import Watchlist

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
DRAWN_BY = ("region", "model_id", "lake_version", "capacity", "random_share", "random_policy", "order", "seed")
WIDE = {
    "name": 30,
    "reasons": 60,
    "facts_for": 50,
    "at_stake": 50,
    "level_change": 50,
    "action_because": 40,
    "employer_id": 22,
}


def writer_for(path: Path, language: Language = "en", blind: bool = False) -> Callable[[Watchlist], None]:
    """What writes a watchlist to `path`, by its ending; BadInput where the ending is none of .csv, .xlsx, .json."""
    match path.suffix.lower():
        case ".csv":
            return lambda watchlist: write_csv(watchlist, path, language, blind)
        case ".xlsx":
            return lambda watchlist: write_xlsx(watchlist, path, language, blind)
        case ".json":
            return lambda watchlist: write_json(watchlist, path)
    raise BadInput(
        f"a watchlist cannot be written to {path}",
        found=path.suffix or "no ending",
        expected=".csv, .xlsx or .json",
        do="end the file's name with one of these",
    )


def write_csv(watchlist: Watchlist, path: Path, language: Language = "en", blind: bool = False) -> None:
    """UTF-8 with a byte order mark. A text that a spreadsheet would run as a formula gets a quote before it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles(language, blind))
        for item in watchlist.items:
            writer.writerow(
                [harmless(cell) if isinstance(cell, str) else cell for cell in cells(item, language, blind)]
            )


def harmless(cell: str) -> str:
    """`cell`, with a quote before it where a spreadsheet might take it for a formula (also after blanks)."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) or cell.lstrip().startswith(FORMULA_STARTS) else cell


def write_xlsx(watchlist: Watchlist, path: Path, language: Language = "en", blind: bool = False) -> None:
    """Two sheets, the list and what it was drawn from. Ids, names and sentences are cells of text."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        _list_sheet(book, watchlist, language, blind)
        sheet = book.add_worksheet(_sheet_name("about", language))
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 80)
        as_text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for row, (name, said) in enumerate(about(watchlist, language, blind)):
            sheet.write_string(row, 0, name, as_text)
            sheet.write_string(row, 1, said, as_text)


def _list_sheet(book: xlsxwriter.Workbook, watchlist: Watchlist, language: Language, blind: bool) -> None:
    as_text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    as_number = book.add_format({"num_format": "0.00", "valign": "top"})
    as_share = book.add_format({"num_format": "0.0%", "valign": "top"})
    as_count = book.add_format({"num_format": "0", "valign": "top"})
    formats = {"rank": as_count, "expected_hits": as_number, "expected_workers": as_number, "expected_money": as_count}
    sheet = book.add_worksheet(_sheet_name("list", language))
    heading = book.add_format({"bold": True, "num_format": "@", "text_wrap": True, "valign": "top"})
    for column, (name, title) in enumerate(zip(columns(blind), titles(language, blind), strict=True)):
        sheet.set_column(column, column, WIDE.get(name, 14))
        sheet.write_string(0, column, title, heading)
    for row, item in enumerate(watchlist.items, 1):
        for column, (name, cell) in enumerate(zip(columns(blind), cells(item, language, blind), strict=True)):
            if name in TEXT_COLUMNS:
                sheet.write_string(row, column, str(cell), as_text)
            elif cell is not None:
                sheet.write_number(row, column, float(cell), formats.get(name, as_share))
    sheet.freeze_panes(1, 0)


def _sheet_name(key: str, language: Language) -> str:
    return text(key).say(language).replace("/", "-")


def to_record(watchlist: Watchlist) -> dict[str, Any]:
    """The list as plain data: sentences in every language, days and times in ISO 8601, None for not known.

    The chances of those not listed are not in it: `serving.chances` writes them.
    """
    record = {f.name: getattr(watchlist, f.name) for f in dataclasses.fields(watchlist) if f.name != "chances"}
    record["items"] = [_item(item) for item in watchlist.items]
    record["foot"] = text("foot")
    plain: dict[str, Any] = _plain(record)
    return plain


def write_json(watchlist: Watchlist, path: Path) -> None:
    """`to_record` as UTF-8 JSON."""
    said = json.dumps(to_record(watchlist), ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(said + "\n", encoding="utf-8")


def _item(item: Item) -> dict[str, Any]:
    record = {f.name: getattr(item, f.name) for f in dataclasses.fields(item)}
    return {
        **record,
        "level_name": level_name(item.level),
        "arm_name": text(f"arm_{item.arm}"),
        "action_name": action_name(item.action),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Sentence):
        return value.record()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(own) for key, own in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(own) for own in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def write_chances(watchlist: Watchlist, path: Path) -> None:
    """The list's `chances` as Parquet; the file's metadata say how and from what it was drawn."""
    said = {
        "design": DESIGN,
        "as_of": watchlist.as_of.isoformat(),
        **{name: str(getattr(watchlist, name)) for name in DRAWN_BY},
    }
    pq.write_table(watchlist.chances.replace_schema_metadata(said), path)
