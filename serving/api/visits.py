"""Visits to employers and what they found."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import Depends, Query, Response
from pydantic import Field
from sqlalchemy import select

from serving.api.bodies import Sent
from serving.api.caller import permitted
from serving.api.deployment import Here
from serving.api.pages import By, Page, Wish, page, wish
from serving.api.routes import Answered, Reading, resource
from serving.api.versions import Seen, etag
from serving.dossier.employer import employer
from serving.people.callers import Caller
from serving.store.watchlists import Visit, VisitEntry
from serving.visits import Outcome, enter_outcome, open_listed_visit, open_visit, visit_of

router = resource("visits")
Reader = Annotated[Caller, Depends(permitted("employers.read"))]
Recorder = Annotated[Caller, Depends(permitted("visits.record"))]
Wanted = Annotated[Wish, Depends(wish)]
Day = dt.date
Money = Annotated[int | None, Field(ge=0, le=10**15, description="In minor units")]


class VisitShown(Answered):
    """A visit as it stands. Money in minor units. `version` is what a change names in If-Match."""

    visit_id: str
    employer_id: str
    region: str | None
    watchlist_id: str | None
    trigger: str
    opened_on: dt.date
    closed_on: dt.date | None
    finding: str | None
    workers_owed: int | None
    amount_owed: int | None
    amount_recovered: int | None
    version: int
    created: dt.datetime
    created_by: str


class EntryShown(Answered):
    """How a visit stood after an entry. Never changed."""

    version: int
    opened_on: dt.date
    closed_on: dt.date | None
    finding: str | None
    workers_owed: int | None
    amount_owed: int | None
    amount_recovered: int | None
    note: str | None
    known_on: dt.date
    entered: dt.datetime
    entered_by: str


class ListedVisitSent(Sent):
    """The visit of an employer on a list."""

    opened_on: Day


class VisitSent(Sent):
    """A visit that no list asked for, and why it is made."""

    opened_on: Day
    trigger: Literal["complaint", "campaign", "routine"]


class OutcomeSent(Sent):
    """What a visit found, as in the register inspections. All empty: nothing is found yet."""

    closed_on: Day | None = None
    finding: Literal["arrears", "contribution_arrears", "other_violation", "clean", "not_found"] | None = None
    workers_owed: int | None = Field(None, ge=0, le=10**9)
    amount_owed: Money = None
    amount_recovered: Money = None
    note: str | None = Field(None, max_length=4000)


@router.get("/visits")
def visits(
    caller: Reader,
    session: Reading,
    wanted: Wanted,
    employer_id: Annotated[str | None, Query(max_length=200, description="Only to this employer")] = None,
    watchlist_id: Annotated[str | None, Query(max_length=64, description="Only of this list")] = None,
) -> Page[VisitShown]:
    """The visits, newest first."""
    chosen = select(Visit).where(caller.scope.where(Visit.region))
    for column, value in ((Visit.employer_id, employer_id), (Visit.watchlist_id, watchlist_id)):
        if value is not None:
            chosen = chosen.where(column == value)
    newest = [By(Visit.opened_on, descending=True), By(Visit.visit_id, descending=True)]
    return page(session, chosen, newest, wanted, VisitShown.model_validate)


@router.get("/visits/{visit_id}")
def visit(caller: Reader, session: Reading, response: Response, visit_id: str) -> VisitShown:
    """One visit."""
    found = visit_of(session, caller.scope, visit_id)
    response.headers["ETag"] = etag(found.version)
    return VisitShown.model_validate(found)


@router.get("/visits/{visit_id}/entries")
def entries(caller: Reader, session: Reading, visit_id: str) -> list[EntryShown]:
    """How a visit came to stand as it does, oldest first."""
    found = visit_of(session, caller.scope, visit_id)
    asked = select(VisitEntry).where(VisitEntry.visit_id == found.visit_id).order_by(VisitEntry.version)
    return [EntryShown.model_validate(one) for one in session.scalars(asked)]


@router.post("/watchlists/{watchlist_id}/items/{employer_id}/visit", status_code=201)
def visit_listed(
    caller: Recorder, here: Here, response: Response, watchlist_id: str, employer_id: str, sent: ListedVisitSent
) -> VisitShown:
    """Open the visit of an employer on a list; 409 where it was opened before."""
    with here.store.session() as session:
        made = open_listed_visit(session, caller.scope, watchlist_id, employer_id, sent.opened_on, caller.user_id)
        shown = VisitShown.model_validate(made)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.post("/employers/{employer_id}/visits", status_code=201)
def visit_unlisted(caller: Recorder, here: Here, response: Response, employer_id: str, sent: VisitSent) -> VisitShown:
    """Open a visit that no list asked for."""
    region = employer(here.registers, caller.scope, employer_id, dt.datetime.now(dt.UTC).date())["region"]
    with here.store.session() as session:
        made = open_visit(session, caller.scope, employer_id, region, sent.trigger, sent.opened_on, caller.user_id)
        shown = VisitShown.model_validate(made)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.put("/visits/{visit_id}/outcome")
def outcome(
    caller: Recorder, here: Here, version: Seen, response: Response, visit_id: str, sent: OutcomeSent
) -> VisitShown:
    """Enter what a visit found, or correct it. `If-Match` names the version that was seen; 409 says how it stands now."""
    found = Outcome(**sent.model_dump(exclude={"note"}))
    with here.store.session() as session:
        made = enter_outcome(session, caller.scope, visit_id, version, found, caller.user_id, sent.note)
        shown = VisitShown.model_validate(made)
    response.headers["ETag"] = etag(shown.version)
    return shown
