"""All tables of the store: importing this makes `Base.metadata` whole."""

from __future__ import annotations

from serving.store import alerts, runs, settings, watchlists
from serving.store.base import Base

__all__ = ["METADATA", "alerts", "runs", "settings", "watchlists"]

METADATA = Base.metadata
