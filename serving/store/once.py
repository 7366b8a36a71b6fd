"""Write a row unless one of its key is there, whoever else writes it at the same moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from serving.store.base import Base


def insert_once(session: Session, into: type[Base], row: Mapping[str, Any]) -> bool:
    """Write `row`; False where its key, or another thing that is unique, was there already, and nothing was written."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    keys = list(into.__table__.primary_key)
    written = session.execute(insert(into).values(**row).on_conflict_do_nothing().returning(*keys))
    return written.first() is not None
