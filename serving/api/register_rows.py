"""Rows of registers as answers: their fields, types and sentences are the registers' own declarations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, Field, create_model

from features.registers import REGISTERS
from features.registers.declaration import Column, Type

KINDS: dict[Type, type] = {
    Type.TEXT: str,
    Type.CHOICE: str,
    Type.DATE: dt.date,
    Type.MONTH: dt.date,
    Type.TIMESTAMP: dt.datetime,
    Type.MONEY: int,
    Type.COUNT: int,
}
MINOR = ", in minor units"


def row_of(register: str, name: str, *without: str) -> type[BaseModel]:
    """The model of a row of `register`, called `name`, but for the columns `without`."""
    declared = REGISTERS[register]
    fields: dict[str, Any] = {column.name: _field(column) for column in declared.columns if column.name not in without}
    return create_model(name, __doc__=declared.sentence.en, **fields)


def _field(column: Column) -> tuple[Any, Any]:
    kind, said = KINDS[column.type], f"{column.sentence.en} {column.sentence.zh}"
    said += MINOR if column.type is Type.MONEY else ""
    if column.required:
        return kind, Field(description=said)
    return kind | None, Field(None, description=said)
