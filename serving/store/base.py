"""What all tables of the store rest on: how things are named, how times, money and records are kept, and identifiers."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import time
from typing import Annotated, Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

MINOR = 100  # minor units of money in a main one: fen, cents

Money = Annotated[int, "minor units"]
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Record = dict[str, Any]


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment, aware and in UTC on both sides; SQLite has no time zones and keeps the UTC clock alone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To UTC; a moment without a time zone is refused, since nobody knows when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment in the store has a time zone")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """In UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """A table of the store. Constraints have names, so that a migration can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dt.datetime: UtcTime(),
        Money: BigInteger(),
        Record: Json,
        list[Any]: Json,
    }


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def new_id() -> str:
    """A new identifier: 32 hexadecimal digits of a UUID of version 7, so that later ones sort after."""
    milliseconds = time.time_ns() // 1_000_000
    number = milliseconds << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 7 << 76  # the version
    number = number & ~(0x3 << 62) | 2 << 62  # the variant
    return UUID(int=number).hex


def content_id(**content: Any) -> str:
    """An identifier derived from `content`: the same content, the same 32 hexadecimal digits. Days are written in ISO."""
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, default=_iso)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def minor(amount: float | None) -> int | None:
    """An amount of the main unit in minor ones, rounded; None where not known."""
    return None if amount is None else round(amount * MINOR)


def main_unit(amount: int | None) -> float | None:
    """An amount of minor units in the main one; None where not known."""
    return None if amount is None else amount / MINOR


def _iso(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an identifier")
