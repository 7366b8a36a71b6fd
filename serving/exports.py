"""Lists that are kept, as tables to take away. They say what was told when they were drawn, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from serving.sheets import Cell, csv_of
from serving.texts import text

Language = Literal["en", "zh"]
WATCHLIST = (
    "rank", "level", "risk", "employer_id", "name", "region", "industry", "action", "arm", "drawing_probability",
    "expected_workers", "expected_money", "reasons", "facts_for", "at_stake", "liveness",
)  # fmt: skip
ALERTS = (
    "rank", "kind", "probability", "claim_id", "name", "person", "scheme", "region", "filed_on", "money_at_stake",
    "expected_loss", "action", "arm", "drawing_probability", "severity", "duplicate", "fraud", "reasons", "news",
)  # fmt: skip


def table_of(records: Iterable[Mapping[str, Any]], columns: Sequence[str], language: Language) -> bytes:
    """The records of a list's items as CSV, under the columns' titles."""
    titles = [text(f"column_{name}").say(language) for name in columns]
    return csv_of(titles, ([_cell(record, name, language) for name in columns] for record in records))


def _cell(record: Mapping[str, Any], name: str, language: Language) -> Cell:
    """A name where the record has one (`level_name`), else the value: a sentence, facts joined, a number or a text."""
    value = record.get(f"{name}_name", record.get(name))
    if isinstance(value, Mapping):
        return str(value[language])
    if isinstance(value, list):
        return ("；" if language == "zh" else "; ").join(str(fact["sentence"][language]) for fact in value)
    plain: Cell = value
    return plain
