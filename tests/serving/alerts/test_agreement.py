"""Two records side by side: how each field agrees, with identifiers masked."""

from __future__ import annotations

import datetime as dt

import pytest

from serving.alerts.agreement import FIELDS, agreements
from serving.texts import TEXTS

RECORD = {
    "person_id": "110105194912310021", "name": "王小明", "born_on": dt.date(1949, 3, 4), "account": "6222 0202 0000 1111",
    "phone": "13800138000", "address": "东城区1号", "scheme": "pension", "region": "North", "starts_on": dt.date(2024, 1, 1),
    "filed_on": dt.date(2024, 1, 5), "amount": 1234.5, "employer_id": None, "agent_id": None,
}  # fmt: skip


def told(**other: object) -> dict[str, tuple[str, str, str]]:
    found = agreements(RECORD, {**RECORD, **other})
    return {one.field: (one.this.en, one.other.en, one.agreement.en) for one in found}


def test_a_record_agrees_with_itself_and_shows_no_whole_identifier() -> None:
    own = told()
    assert {agreement for _, _, agreement in own.values()} == {"the same"}
    assert own["person_id"][0] == "110105********0021" and own["phone"][0] == "138****8000"
    assert own["amount"][0] == "1,234 yuan" and "employer_id" not in own


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("person_id", "11010519491231002x", "nearly: characters that differ 1"),
        ("person_id", "320105196001010011", "differs"),
        ("person_id", None, "only one gives it"),
        ("name", "王小朋", "nearly: characters that differ 1"),
        ("name", "李大海", "differs"),
        ("born_on", dt.date(1949, 4, 3), "day and month swapped"),
        ("born_on", dt.date(1949, 3, 5), "nearly: characters that differ 1"),
        ("account", "6222020200001111", "the same, written otherwise"),
        ("region", "South", "differs"),
        ("agent_id", "A1", "only one gives it"),
    ],
)
def test_how_a_field_agrees(field: str, value: object, said: str) -> None:
    assert told(**{field: value})[field][2] == said


def test_every_field_has_a_name() -> None:
    assert all(f"field_{field.name}" in TEXTS for field in FIELDS)
