"""The alerts as CSV, XLSX and JSON. CSV and XLSX can be blind; JSON is the record and always whole, identifiers masked."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from serving.alerts.alert import Alert, Alerts
from serving.alerts.chances import GROUPS, lots
from serving.alerts.columns import sheet_of
from serving.alerts.news import News
from serving.chances import DESIGN
from serving.sheets import kind_of_file, write_csv, write_xlsx
from serving.texts import Language, plain_data, text

DRAWN_BY = (
    "region", "models", "lake_version", "capacity", "random_share", "random_policy", "order", "seed", "rules_version",
)  # fmt: skip


def writer_for(path: Path, language: Language = "en", blind: bool = False) -> Callable[[Alerts], None]:
    """What writes alerts to `path`, by its ending; BadInput where the ending is none of .csv, .xlsx, .json."""
    match kind_of_file(path, "a list of alerts"):
        case "csv":
            return lambda alerts: write_csv(sheet_of(alerts, language, blind), path)
        case "xlsx":
            return lambda alerts: write_xlsx(sheet_of(alerts, language, blind), path)
    return lambda alerts: write_json(alerts, path)


def to_record(alerts: Alerts) -> dict[str, Any]:
    """The list as plain data: sentences in every language, days in ISO 8601, None for not known.

    `lots` has the chance of alerts not chosen for certain, by bin of probability; that of each claim is `write_chances`'.
    """
    record = {f.name: getattr(alerts, f.name) for f in dataclasses.fields(alerts) if f.name != "chances"}
    record["items"] = [_item(item) for item in alerts.items]
    record["lots"] = lots(alerts.chances)
    record["foot"] = text("alerts_foot")
    plain: dict[str, Any] = plain_data(record)
    return plain


def write_json(alerts: Alerts, path: Path) -> None:
    """`to_record` as UTF-8 JSON."""
    said = json.dumps(to_record(alerts), ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(said + "\n", encoding="utf-8")


def write_chances(alerts: Alerts, path: Path) -> None:
    """The drawing probability of every claim as Parquet; the file's metadata say how and from what it was drawn."""
    said = {
        "design": DESIGN[alerts.random_policy] + GROUPS,
        "as_of": alerts.as_of.isoformat(),
        **{name: str(getattr(alerts, name)) for name in DRAWN_BY},
    }
    pq.write_table(alerts.chances.replace_schema_metadata(said), path)


def _item(item: Alert) -> dict[str, Any]:
    record = {f.name: getattr(item, f.name) for f in dataclasses.fields(item)}
    return {
        **record,
        "kind_name": text(f"kind_{item.kind}"),
        "news_of": _named_by(item.news),
        "arm_name": text(f"arm_{item.arm}"),
        "action_name": text(f"alert_action_{item.action}"),
    }


def _named_by(news: News | None) -> dict[str, Any] | None:
    """The other claim that is new, and the sentence for whom it must not be named to."""
    return {"claim_id": news.claim_id, "unnamed": news.unnamed} if news and news.claim_id else None
