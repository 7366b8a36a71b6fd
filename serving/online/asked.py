"""A claim as it was sent, read into the register's own types; what is wrong with it is said all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from features.errors import BadInput
from features.registers import REGISTERS
from features.registers.declaration import Column, Type

CENT = Decimal("0.01")
KNOWN_LATER = {"known_on"}  # said by the day of the score, not by the sender
COLUMNS = tuple(column for column in REGISTERS["claims"].columns if column.name not in KNOWN_LATER)
NAMES = frozenset(column.name for column in COLUMNS)
LARGEST = Decimal(10) ** 16  # what the lake keeps: DECIMAL(18, 2)


def claim_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """The claim by column of the register `claims`, absent ones None. BadInput names every column that cannot be read.

    Text, ISO days and moments, numbers or text for the amount; `known_on` is not the sender's to say.
    """
    wrong = [f"{name}: no such column" for name in record if name not in NAMES]
    claim: dict[str, Any] = {}
    for column in COLUMNS:
        try:
            claim[column.name] = _read(column, record.get(column.name))
        except (ValueError, TypeError, InvalidOperation):
            wrong.append(f"{column.name}: not {_expected(column)}")
    if wrong:
        raise BadInput(
            "the claim cannot be read",
            found="; ".join(wrong),
            expected="the columns of the register claims, in their types; claim_id, scheme and filed_at must be there",
            do="correct these and send it again",
        )
    return claim | {"known_on": claim["filed_at"].date()}


def _read(column: Column, value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip() or None
    if value is None:
        if column.required:
            raise ValueError(column.name)
        return None
    read: Any = READINGS[column.type](value)
    if column.choices and read not in column.choices:
        raise ValueError(column.name)
    return read


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        raise TypeError(value)
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _moment(value: Any) -> dt.datetime:
    """Local time, as registers have it: a zone is left out, its hour stands."""
    moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    return moment.replace(tzinfo=None)


def _money(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise TypeError(value)
    amount = Decimal(str(value)).quantize(CENT, ROUND_HALF_UP)
    if not 0 <= amount < LARGEST:
        raise ValueError(value)
    return amount


READINGS: dict[Type, Callable[[Any], Any]] = {
    Type.TEXT: _text, Type.CHOICE: _text, Type.DATE: _day, Type.MONTH: _day, Type.TIMESTAMP: _moment, Type.MONEY: _money,
}  # fmt: skip


def _expected(column: Column) -> str:
    if column.choices:
        return f"one of {', '.join(column.choices)}"
    kinds = {
        Type.TEXT: "a text", Type.DATE: "a day such as 2024-06-30", Type.MONTH: "a day such as 2024-06-01",
        Type.TIMESTAMP: "a moment such as 2024-06-30T09:15:00", Type.MONEY: "an amount of 0 or more",
    }  # fmt: skip
    return kinds.get(column.type, "a text") + (", and it must be there" if column.required else "")
