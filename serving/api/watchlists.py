"""Watchlists and their items. Who sees some regions sees the items of those, and no count of the others."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from serving.api.caller import permitted
from serving.api.languages import In, said_in
from serving.api.pages import By, Page, Wish, page, wish
from serving.api.routes import Answered, Reading, resource
from serving.jurisdiction import Scope, not_there
from serving.people.callers import Caller
from serving.store.watchlists import Watchlist, WatchlistItem

router = resource("watchlists")
Reader = Annotated[Caller, Depends(permitted("watchlists.read"))]
Wanted = Annotated[Wish, Depends(wish)]

ORDERS = {
    "rank": [By(WatchlistItem.rank)],
    "risk": [By(WatchlistItem.risk, descending=True), By(WatchlistItem.rank)],
    "name": [By(WatchlistItem.name), By(WatchlistItem.rank)],
}


class ListShown(Answered):
    """A watchlist: from what it was drawn, and how. `places` counts the items that the caller sees."""

    watchlist_id: str
    as_of: dt.date
    region: str | None
    order: str
    random_policy: str
    random_share: float
    capacity: int | None
    places: int
    model_id: str
    label: str
    horizon_months: int
    lake_version: int | None
    created: dt.datetime


class ItemShown(Answered):
    """An employer on a list: score, level, how it was chosen, and all that was told of it."""

    watchlist_id: str
    employer_id: str
    rank: int
    name: str
    region: str | None
    industry: str | None
    risk: float
    level: str
    arm: str
    drawing_probability: float
    expected_workers: float | None
    expected_money: int | None
    action: str
    told: dict[str, Any]


@router.get("/watchlists")
def watchlists(
    caller: Reader,
    session: Reading,
    wanted: Wanted,
    as_of: Annotated[dt.date | None, Query(description="Only lists as of this day")] = None,
    region: Annotated[str | None, Query(max_length=200, description="Only lists drawn from this region")] = None,
) -> Page[ListShown]:
    """The watchlists, newest first."""
    chosen = select(Watchlist).where(_seen(caller.scope))
    if as_of is not None:
        chosen = chosen.where(Watchlist.as_of == as_of)
    if region is not None:
        chosen = chosen.where(Watchlist.region == region)
    newest = [By(Watchlist.as_of, descending=True), By(Watchlist.watchlist_id)]
    return page(session, chosen, newest, wanted, lambda row: _shown(session, caller.scope, row))


@router.get("/watchlists/{watchlist_id}")
def watchlist(caller: Reader, session: Reading, watchlist_id: str) -> ListShown:
    """One watchlist."""
    return _shown(session, caller.scope, found_list(session, caller.scope, watchlist_id))


@router.get("/watchlists/{watchlist_id}/items")
def items(
    caller: Reader,
    session: Reading,
    wanted: Wanted,
    spoken: In,
    watchlist_id: str,
    sort: Annotated[Literal["rank", "risk", "name"], Query(description="In which order")] = "rank",
    level: Annotated[str | None, Query(max_length=20, description="Only items of this level")] = None,
    arm: Annotated[Literal["risk", "harm", "random"] | None, Query(description="Only items chosen so")] = None,
) -> Page[ItemShown]:
    """The employers on a list."""
    found_list(session, caller.scope, watchlist_id)
    chosen = select(WatchlistItem).where(
        WatchlistItem.watchlist_id == watchlist_id, caller.scope.where(WatchlistItem.region)
    )
    if level is not None:
        chosen = chosen.where(WatchlistItem.level == level)
    if arm is not None:
        chosen = chosen.where(WatchlistItem.arm == arm)
    return page(session, chosen, ORDERS[sort], wanted, lambda row: _item(row, spoken))


def _seen(scope: Scope) -> ColumnElement[bool]:
    """A list exists for whoever sees its region, or any of its items."""
    items = select(WatchlistItem.employer_id).where(
        WatchlistItem.watchlist_id == Watchlist.watchlist_id, scope.where(WatchlistItem.region)
    )
    return or_(scope.where(Watchlist.region), items.exists())


def found_list(session: Session, scope: Scope, watchlist_id: str) -> Watchlist:
    """The list; NotFound where there is none, or none of the scope's."""
    row = session.scalar(select(Watchlist).where(Watchlist.watchlist_id == watchlist_id, _seen(scope)))
    if row is None:
        raise not_there("no such watchlist", watchlist_id)
    return row


def _shown(session: Session, scope: Scope, row: Watchlist) -> ListShown:
    items = select(func.count()).where(
        WatchlistItem.watchlist_id == row.watchlist_id, scope.where(WatchlistItem.region)
    )
    columns = {name: getattr(row, name) for name in ListShown.model_fields}
    whole = scope.holds(row.region)
    return ListShown(**{**columns, "places": session.scalar(items), "capacity": row.capacity if whole else None})


def _item(row: WatchlistItem, spoken: tuple[str, ...]) -> ItemShown:
    columns = {name: getattr(row, name) for name in ItemShown.model_fields if name != "told"}
    return ItemShown(**columns, told=said_in(row.record, spoken))
