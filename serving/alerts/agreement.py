"""How each field of two records agrees: the same, the same written otherwise, nearly, differs, or not given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA

from features.same_person.addresses import address
from features.same_person.dates import birth_date, month_and_day
from features.same_person.identity import identity_number
from features.same_person.names import folded_name
from features.same_person.numbers import account, phone
from serving.alerts.alert import FieldAgreement
from serving.alerts.evidence import Record
from serving.people.masking import masked
from serving.texts import Sentence, text, told_money

NEARLY = 2  # characters that differ by a slip of the pen; more is another value
UNKNOWN = "–"
Normal = Callable[[str], str | None]


@dataclass(frozen=True)
class Shown:
    """A field as it is compared and shown. `slips`: whether a few characters that differ are told."""

    name: str
    normal: Normal = str
    hidden: bool = False
    slips: bool = False
    said: Callable[[Any], Sentence] | None = None


FIELDS = (
    Shown("person_id", identity_number, hidden=True, slips=True),
    Shown("name", folded_name, slips=True),
    Shown("born_on", birth_date, slips=True),
    Shown("account", account, hidden=True, slips=True),
    Shown("phone", phone, hidden=True, slips=True),
    Shown("address", address, slips=True),
    Shown("scheme", said=lambda scheme: text(f"scheme_{scheme}")),
    Shown("region"),
    Shown("starts_on"),
    Shown("filed_on"),
    Shown("amount", said=told_money),
    Shown("employer_id", slips=True),
    Shown("agent_id"),
)


def agreements(this: Record, other: Record) -> tuple[FieldAgreement, ...]:
    """The fields that either record gives, side by side, identifiers masked."""
    given = [field for field in FIELDS if not (_absent(this, field) and _absent(other, field))]
    return tuple(
        FieldAgreement(field.name, _shown(this, field), _shown(other, field), agreement(this, other, field))
        for field in given
    )


def agreement(this: Record, other: Record, field: Shown) -> Sentence:
    """How the two values of the field agree."""
    if _absent(this, field) or _absent(other, field):
        return text("agreement_one")
    one, two = str(this[field.name]), str(other[field.name])
    if one == two:
        return text("agreement_same")
    first, second = field.normal(one) or "", field.normal(two) or ""
    if first and first == second:
        return text("agreement_written_otherwise")
    return _difference(first, second, field)


def _difference(one: str, two: str, field: Shown) -> Sentence:
    if (
        field.name == "born_on"
        and one[:4] == two[:4]
        and month_and_day(one)
        and month_and_day(one) == month_and_day(two)
    ):
        return text("agreement_swapped")
    slips = OSA.distance(one, two)
    if field.slips and one and two and slips <= NEARLY and slips < min(len(one), len(two)):
        return text("agreement_nearly", count=slips)
    return text("agreement_differs")


def _absent(record: Record, field: Shown) -> bool:
    value = record.get(field.name)
    return value is None or not str(value).strip()


def _shown(record: Record, field: Shown) -> Sentence:
    if _absent(record, field):
        return Sentence(UNKNOWN, UNKNOWN)
    value = record[field.name]
    if field.said:
        return field.said(value)
    said = masked(str(value)) or "" if field.hidden else str(value)
    return Sentence(said, said)
