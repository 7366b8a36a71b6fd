"""Rows of registers as answers: their fields, types and sentences are the registers' own declarations."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema, create_model

from features.registers import REGISTERS
from features.registers.declaration import Column, Type
from serving.dossier.registers import Registers
from serving.limits import MOST_PAGE_ROWS

# Registers have local time without a zone, which the format "date-time" does not allow.
LOCAL_TIME = WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$"})
KINDS: dict[Type, Any] = {
    Type.TEXT: str,
    Type.CHOICE: str,
    Type.DATE: dt.date,
    Type.MONTH: dt.date,
    Type.TIMESTAMP: Annotated[dt.datetime, LOCAL_TIME],
    Type.MONEY: int,
    Type.COUNT: int,
    Type.CHANCE: float,
}
MINOR = ", in minor units"


class Rows(BaseModel):
    """What a register says, newest first; `left_out` counts what is older than the last one shown."""

    known: bool = Field(description="Whether this deployment has the register at all")
    left_out: int


class Naming(BaseModel):
    """A row that names another row, which may lie outside the caller's regions."""

    elsewhere: dict[str, dict[str, str]] = Field(
        description="By column what it names outside the caller's regions, as a sentence; the column itself is then null"
    )


def rows_of(registers: Registers, register: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    """The fields of `Rows` and the newest of the rows `found` as `items`."""
    return {
        "items": found[:MOST_PAGE_ROWS],
        "known": registers.has(register),
        "left_out": max(0, len(found) - MOST_PAGE_ROWS),
    }


def row_of(register: str, name: str, *without: str, base: type[BaseModel] = BaseModel) -> type[BaseModel]:
    """The model of a row of `register`, called `name`, but for the columns `without`; `base` has what is told beside."""
    declared = REGISTERS[register]
    fields: dict[str, Any] = {column.name: _field(column) for column in declared.columns if column.name not in without}
    return create_model(name, __doc__=declared.sentence.en, __base__=base, **fields)


def _field(column: Column) -> tuple[Any, Any]:
    kind, said = KINDS[column.type], f"{column.sentence.en} {column.sentence.zh}"
    said += MINOR if column.type is Type.MONEY else ""
    if column.required:
        return kind, Field(description=said)
    return kind | None, Field(None, description=said)
