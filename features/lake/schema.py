"""How the declared columns are kept in the lake."""

from __future__ import annotations

import pyarrow as pa

from features.registers import REGISTERS, Register, Type

ARROW: dict[Type, pa.DataType] = {
    Type.TEXT: pa.string(),
    Type.CHOICE: pa.string(),
    Type.DATE: pa.date32(),
    Type.MONTH: pa.date32(),
    Type.TIMESTAMP: pa.timestamp("us"),
    Type.MONEY: pa.decimal128(18, 2),
    Type.COUNT: pa.int64(),
    Type.CHANCE: pa.float64(),
}

PROVENANCE = (pa.field("source_file", pa.string()), pa.field("source_line", pa.int64()))
PARTITION = "partition"  # 'YYYY-MM', in the path alone: engines read the plain files
ASIDE = "aside"
ASIDE_SCHEMA = pa.schema(
    [
        pa.field("version", pa.int64()),
        pa.field("register", pa.string()),
        pa.field("file", pa.string()),
        pa.field("line", pa.int64()),
        pa.field("rules", pa.list_(pa.string())),
        pa.field("row", pa.string()),
    ]
)


def lake_schema(register: Register) -> pa.Schema:
    """The columns of `register` as kept in the lake's Parquet files, and where each row came from."""
    fields = [pa.field(column.name, ARROW[column.type]) for column in register.columns]
    return pa.schema([*fields, *PROVENANCE])


def delta_schema(table: str) -> pa.Schema:
    """The columns of a Delta table, the column it is partitioned by included."""
    if table == ASIDE:
        return ASIDE_SCHEMA
    schema = lake_schema(REGISTERS[table])
    return schema.append(pa.field(PARTITION, pa.string())) if REGISTERS[table].partition else schema


def partition_columns(table: str) -> list[str]:
    """What a table is partitioned by: `partition` for payroll and contributions, else nothing."""
    return [PARTITION] if table != ASIDE and REGISTERS[table].partition else []
