"""What is taken away: a watchlist, a list of alerts, the outcomes as registers. CSV, of the caller's regions alone."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import Depends, Query, Response
from sqlalchemy import select

from features.registers import REGISTERS
from serving.api.alerts import told_of
from serving.api.caller import permitted
from serving.api.languages import Language
from serving.api.routes import Reading, ReadingAlerts, resource
from serving.api.watchlists import found_list
from serving.exports import ALERTS, WATCHLIST, table_of
from serving.jurisdiction import not_there
from serving.outcomes import outcomes as outcomes_of
from serving.people.callers import Caller
from serving.people.masking import masked_record
from serving.sheets import csv_of
from serving.store.alerts import Alert, AlertItem
from serving.store.watchlists import WatchlistItem

router = resource("exports")
OfWatchlists = Annotated[Caller, Depends(permitted("watchlists.export"))]
OfAlerts = Annotated[Caller, Depends(permitted("alerts.export"))]
OfOutcomes = Annotated[Caller, Depends(permitted("outcomes.export"))]
Spoken = Annotated[Language, Query(description="Language of titles and sentences")]


class Table(Response):
    """A CSV file."""

    media_type = "text/csv"


def kept(content: bytes, name: str) -> Table:
    """The file, to be kept under `name`, never shown by a browser."""
    return Table(content, headers={"Content-Disposition": f'attachment; filename="{name}.csv"'})


@router.get("/watchlists/{watchlist_id}/export", response_class=Table)
def watchlist(caller: OfWatchlists, session: Reading, watchlist_id: str, language: Spoken = "en") -> Table:
    """A watchlist to take along."""
    found_list(session, caller.scope, watchlist_id)
    chosen = select(WatchlistItem.record).where(
        WatchlistItem.watchlist_id == watchlist_id, caller.scope.where(WatchlistItem.region)
    )
    records = session.scalars(chosen.order_by(WatchlistItem.rank))
    return kept(table_of(records, WATCHLIST, language), "watchlist")


@router.get("/alert-lists/{list_id}/export", response_class=Table)
def alerts(caller: OfAlerts, session: ReadingAlerts, list_id: str, language: Spoken = "en") -> Table:
    """A list of alerts to take along, masked."""
    chosen = (
        select(Alert)
        .join(AlertItem, AlertItem.alert_id == Alert.alert_id)
        .where(AlertItem.list_id == list_id, caller.scope.where(AlertItem.region), caller.scope.where(Alert.region))
    )
    found = session.scalars(chosen.order_by(AlertItem.rank)).all()
    if not found:
        raise not_there("no such list of alerts", list_id)
    records = [masked_record(told_of(session, caller.scope, alert)) for alert in found]
    return kept(table_of(records, ALERTS, language), "alerts")


@router.get("/outcomes/{register}", response_class=Table)
def outcomes(
    caller: OfOutcomes,
    session: Reading,
    register: Literal["inspections", "claim_decisions"],
    through: Annotated[dt.date | None, Query(description="Known by the end of this day; none: yesterday")] = None,
) -> Table:
    """What visits and reviews found, as the register that `plumbline ingest` takes."""
    day = through or dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)  # a day is told once it is over
    names = REGISTERS[register].names
    rows = outcomes_of(session, day, caller.scope)[register]
    return kept(csv_of(names, ([_plain(row[name]) for name in names] for row in rows)), register)


def _plain(value: str | float | dt.date | None) -> str | float | None:
    return value.isoformat() if isinstance(value, dt.date) else value
