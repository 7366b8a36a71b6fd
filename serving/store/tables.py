"""All tables of the store: importing this makes `Base.metadata` whole."""

from __future__ import annotations

from serving.store import alerts, people, runs, settings, watchlists
from serving.store.base import Base

__all__ = ["METADATA", "alerts", "people", "runs", "settings", "watchlists"]

METADATA = Base.metadata
