"""The registers as a data contract in the Open Data Contract Standard, for whoever delivers the files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from features.registers import REGISTERS
from features.registers.declaration import Column, Register, Type
from features.registers.rules import Rule, rules

STANDARD = "v3.1.0"
LOGICAL: dict[Type, str] = {
    Type.TEXT: "string",
    Type.CHOICE: "string",
    Type.DATE: "date",
    Type.MONTH: "date",
    Type.TIMESTAMP: "timestamp",
    Type.MONEY: "number",
    Type.COUNT: "integer",
    Type.CHANCE: "number",
}
PHYSICAL: dict[Type, str] = {
    Type.TEXT: "VARCHAR",
    Type.CHOICE: "VARCHAR",
    Type.DATE: "DATE",
    Type.MONTH: "DATE",
    Type.TIMESTAMP: "TIMESTAMP",
    Type.MONEY: "DECIMAL(18, 2)",
    Type.COUNT: "BIGINT",
    Type.CHANCE: "DOUBLE",
}


def contract_yaml(registers: Iterable[Register] = tuple(REGISTERS.values()), version: str = "1.0.0") -> str:
    """A contract for `registers` (all of them unless told) as YAML. `version` is the contract's own."""
    chosen = list(registers)
    name = chosen[0].name if len(chosen) == 1 else "registers"
    contract = {
        "apiVersion": STANDARD,
        "kind": "DataContract",
        "id": f"plumbline-{name.replace('_', '-')}",
        "name": name,
        "version": version,
        "status": "active",
        "description": {
            "purpose": "Registers that an authority hands to Plumbline",
            "usage": "One file or many a register: CSV in UTF-8 or GB18030, or Parquet",
        },
        "schema": [_schema(register) for register in chosen],
    }
    return str(yaml.safe_dump(contract, allow_unicode=True, sort_keys=False, width=110))


def _schema(register: Register) -> dict[str, Any]:
    return {
        "name": register.name,
        "logicalType": "object",
        "physicalType": "table",
        "description": f"{register.sentence.en} · {register.sentence.zh}",
        "properties": [_property(register, column) for column in register.columns],
    }


def _property(register: Register, column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "logicalType": LOGICAL[column.type],
        "physicalType": PHYSICAL[column.type],
        "description": f"{column.sentence.en} · {column.sentence.zh}",
        "required": column.required,
    }
    dated_key = (*register.key, "known_on")  # a key known on another day is a correction
    if column.name in dated_key:
        described |= {"primaryKey": True, "primaryKeyPosition": dated_key.index(column.name) + 1}
    if column.name == register.partition:
        described |= {"partitioned": True, "partitionKeyPosition": 1}
    if options := _options(column):
        described["logicalTypeOptions"] = options
    described["quality"] = [_quality(rule) for rule in rules(register) if rule.column == column.name]
    return {name: value for name, value in described.items() if value != []}


def _options(column: Column) -> dict[str, Any]:
    if column.at_least is not None:
        return {"minimum": column.at_least}
    if column.choices:
        return {"pattern": f"^({'|'.join(column.choices)})$"}
    if column.type is Type.CHANCE:
        return {"minimum": 0, "maximum": 1}
    if column.type in (Type.DATE, Type.MONTH):
        return {"format": "yyyy-MM-dd"}
    return {}


def _quality(rule: Rule) -> dict[str, str]:
    return {"type": "text", "name": rule.name, "description": f"{rule.sentence.en} · {rule.sentence.zh}"}
