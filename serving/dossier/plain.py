"""Registers' values as plain data: money in minor units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from features.registers.declaration import Register, Type

MINOR = 100


def plain(row: Mapping[str, Any], declared: Register) -> dict[str, Any]:
    """`row` with whole numbers of minor units for money."""
    money = {column.name for column in declared.columns if column.type is Type.MONEY}
    return {name: int(value * MINOR) if name in money and value is not None else value for name, value in row.items()}
