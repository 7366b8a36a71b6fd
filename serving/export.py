"""The watchlist as CSV, XLSX and JSON.

CSV and XLSX can be blind, for those who make the visits. JSON is the record and always whole.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from serving.chances import DESIGN, by_bin
from serving.columns import action_name, sheet_of
from serving.items import Item
from serving.levels import level_name
from serving.sheets import kind_of_file, write_csv, write_xlsx
from serving.texts import Language, plain_data, text
from serving.watchlist import Watchlist

DRAWN_BY = ("region", "model_id", "lake_version", "capacity", "random_share", "random_policy", "order", "seed")


def writer_for(path: Path, language: Language = "en", blind: bool = False) -> Callable[[Watchlist], None]:
    """What writes a watchlist to `path`, by its ending; BadInput where the ending is none of .csv, .xlsx, .json."""
    match kind_of_file(path, "a watchlist"):
        case "csv":
            return lambda watchlist: write_csv(sheet_of(watchlist, language, blind), path)
        case "xlsx":
            return lambda watchlist: write_xlsx(sheet_of(watchlist, language, blind), path)
    return lambda watchlist: write_json(watchlist, path)


def to_record(watchlist: Watchlist) -> dict[str, Any]:
    """The list as plain data: sentences in every language, days and times in ISO 8601, None for not known.

    `lots` has the chance of those not chosen for certain, by bin of risk; that of each by name is `write_chances`'.
    """
    record = {f.name: getattr(watchlist, f.name) for f in dataclasses.fields(watchlist) if f.name != "chances"}
    record["items"] = [_item(item) for item in watchlist.items]
    record["lots"] = by_bin(watchlist.chances)
    record["foot"] = text("foot")
    plain: dict[str, Any] = plain_data(record)
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


def write_chances(watchlist: Watchlist, path: Path) -> None:
    """The list's `chances` as Parquet; the file's metadata say how and from what it was drawn."""
    said = {
        "design": DESIGN[watchlist.random_policy],
        "as_of": watchlist.as_of.isoformat(),
        **{name: str(getattr(watchlist, name)) for name in DRAWN_BY},
    }
    pq.write_table(watchlist.chances.replace_schema_metadata(said), path)
