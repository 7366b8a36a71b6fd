"""Keep a watchlist in the store as it was drawn: whole or not at all, and once."""

from __future__ import annotations

from sqlalchemy.orm import Session

from serving.export import to_record
from serving.store.base import content_id, minor, now
from serving.store.once import insert_once
from serving.store.watchlists import Watchlist as Kept
from serving.store.watchlists import WatchlistItem
from serving.watchlist import Watchlist

DRAWN_FROM = (
    "as_of", "region", "capacity", "random_share", "random_policy", "order", "seed", "model_id", "lake_version",
    "levels_version", "actions_version",
)  # fmt: skip
ABOUT = (
    "as_of", "region", "capacity", "random_share", "random_policy", "order", "seed", "model_id", "label",
    "horizon_months", "lake_version",
)  # fmt: skip
OF_ITEM = (
    "rank", "employer_id", "name", "region", "industry", "risk", "level", "arm", "drawing_probability",
    "expected_workers", "action",
)  # fmt: skip


def watchlist_id(drawn: Watchlist) -> str:
    """The list's identifier: the same for a list drawn from the same."""
    return content_id(**{name: getattr(drawn, name) for name in DRAWN_FROM})


def keep_watchlist(session: Session, drawn: Watchlist, by: str) -> bool:
    """Write the list with its items; False where it is there already."""
    record, key = to_record(drawn), watchlist_id(drawn)
    items = record.pop("items")
    row = {name: getattr(drawn, name) for name in ABOUT}
    row |= {"watchlist_id": key, "places": len(items), "record": record, "created": now(), "created_by": by}
    if not insert_once(session, Kept, row):
        return False
    for item, told in zip(drawn.items, items, strict=True):
        own = {name: getattr(item, name) for name in OF_ITEM}
        session.add(WatchlistItem(watchlist_id=key, expected_money=minor(item.expected_money), record=told, **own))
    session.flush()
    return True
