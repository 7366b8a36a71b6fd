"""Seeing what is masked, of an alert under review or an employer being visited, with a reason; and who saw what, and why."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import Field
from sqlalchemy import select

from serving.api.alerts import told_of
from serving.api.bodies import Sent
from serving.api.caller import permitted
from serving.api.deployment import Here
from serving.api.employers import Ties
from serving.api.languages import In, said_in
from serving.api.pages import By, Page, Wish, page, wish
from serving.api.register_rows import rows_of
from serving.api.routes import Answered, Reading, resource
from serving.dossier.claim import claim as claim_on
from serving.dossier.employer import employer as employer_on
from serving.dossier.employer import ties as ties_on
from serving.limits import MOST_PAGE_ROWS
from serving.people.callers import Caller
from serving.people.masking import TIES, masked_record
from serving.people.unmasking import PERMISSION, Case, unmask, unmaskings
from serving.reviews.states import alert_of
from serving.reviews.transitions import UNDER_WAY
from serving.store.people import Unmasking
from serving.store.watchlists import Visit

router = resource("unmasking")
Looker = Annotated[Caller, Depends(permitted(PERMISSION))]
Auditor = Annotated[Caller, Depends(permitted("unmaskings.read"))]
Wanted = Annotated[Wish, Depends(wish)]


class UnmaskSent(Sent):
    """Which fields are to be seen whole, and why: for which case, to do what. The reason is kept with who asked."""

    fields: list[Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]] = Field(min_length=1, max_length=20)
    reason: str = Field(min_length=1, max_length=1000)


class CaseShown(Answered):
    """The claim of an alert, and what was told of it, with the fields asked for whole."""

    claim: dict[str, Any]
    told: dict[str, Any]


class UnmaskingShown(Answered):
    """Who saw what whole, of which case, when and why. Never changed."""

    unmasking_id: str
    user_id: str
    kind: str
    subject_id: str
    region: str | None
    fields: list[str]
    reason: str
    seen: dt.datetime


@router.post("/alerts/{alert_id}/unmaskings", status_code=201)
def unmask_alert(caller: Looker, here: Here, spoken: In, alert_id: str, sent: UnmaskSent) -> CaseShown:
    """See fields of a claim under review whole. Who saw them and why is kept before anything is shown."""
    caller.must("alerts.read")
    now = dt.datetime.now(dt.UTC)
    with here.store.session() as session:
        alert = alert_of(session, caller.scope, alert_id)
        case = Case("alert", alert_id, alert.region, alert.state in UNDER_WAY)
        whole = unmask(session, caller, case, sent.fields, sent.reason, now)
        claim_id, told = alert.claim_id, told_of(session, caller.scope, alert)
    claim = claim_on(here.registers, caller.scope, claim_id, now.date())
    return CaseShown(
        claim=said_in(masked_record(claim, whole), spoken), told=said_in(masked_record(told, whole), spoken)
    )


@router.post("/employers/{employer_id}/unmaskings", status_code=201)
def unmask_employer(caller: Looker, here: Here, employer_id: str, sent: UnmaskSent) -> Ties:
    """See whom or what an employer being visited shares with others; the fields are kinds of tie."""
    caller.must("employers.read")
    now = dt.datetime.now(dt.UTC)
    region = employer_on(here.registers, caller.scope, employer_id, now.date())["region"]
    under_way = select(Visit.visit_id).where(Visit.employer_id == employer_id, Visit.closed_on.is_(None))
    with here.store.session() as session:
        case = Case("employer", employer_id, region, session.scalar(under_way.limit(1)) is not None, TIES)
        whole = unmask(session, caller, case, sent.fields, sent.reason, now)
    found = ties_on(here.registers, caller.scope, employer_id, now.date(), MOST_PAGE_ROWS + 1, whole)
    return Ties(**rows_of(here.registers, "employer_ties", [dataclasses.asdict(t) for t in found if t.tie in whole]))


@router.get("/unmaskings")
def seen(
    caller: Auditor,
    session: Reading,
    wanted: Wanted,
    user_id: Annotated[str | None, Query(max_length=64, description="Only what this account saw")] = None,
    subject_id: Annotated[str | None, Query(max_length=200, description="Only of this alert or employer")] = None,
) -> Page[UnmaskingShown]:
    """Who saw what whole, newest first."""
    chosen = unmaskings(caller.scope)
    for column, value in ((Unmasking.user_id, user_id), (Unmasking.subject_id, subject_id)):
        if value is not None:
            chosen = chosen.where(column == value)
    newest = [By(Unmasking.seen, descending=True), By(Unmasking.unmasking_id)]
    return page(session, chosen, newest, wanted, UnmaskingShown.model_validate)
