"""Seeing what is masked of a case: for a role that may, with a reason, and never without a trace. And that trace."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import Depends
from pydantic import Field

from serving.api.alerts import told_of
from serving.api.bodies import Sent
from serving.api.caller import permitted
from serving.api.deployment import Here
from serving.api.languages import In, said_in
from serving.api.pages import By, Page, Wish, page, wish
from serving.api.routes import Answered, Reading, resource
from serving.dossier.claim import claim as claim_on
from serving.people.callers import Caller
from serving.people.masking import masked_record
from serving.people.unmasking import PERMISSION, Case, unmask, unmaskings
from serving.reviews.states import alert_of
from serving.reviews.transitions import DECIDED
from serving.store.people import Unmasking

router = resource("unmasking")
Looker = Annotated[Caller, Depends(permitted(PERMISSION))]
Auditor = Annotated[Caller, Depends(permitted("unmaskings.read"))]
Wanted = Annotated[Wish, Depends(wish)]
FieldName = Literal["person_id", "worker_id", "person", "name", "account", "phone", "address"]


class UnmaskSent(Sent):
    """Which fields are to be seen whole, and why: for which case, to do what."""

    fields: list[FieldName] = Field(min_length=1, max_length=10)
    reason: str = Field(min_length=1, max_length=1000)


class CaseShown(Answered):
    """The claim of an alert, and what was told of it, with the fields asked for whole."""

    claim: dict[str, Any]
    told: dict[str, Any]


class UnmaskingShown(Answered):
    """Who saw what of which case, and why."""

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
    """See fields of an alert's claim whole. That it was seen, by whom and why is kept before anything is shown."""
    now = dt.datetime.now(dt.UTC)
    caller.must("alerts.read")
    with here.store.session() as session:
        alert = alert_of(session, caller.scope, alert_id)
        case = Case("alert", alert_id, alert.region, alert.state != DECIDED)
        whole = unmask(session, caller, case, sent.fields, sent.reason, now)
        claim_id, told = alert.claim_id, told_of(session, caller.scope, alert)
    claim = claim_on(here.registers, caller.scope, claim_id, now.date())
    return CaseShown(claim=masked_record(claim, whole), told=said_in(masked_record(told, whole), spoken))


@router.get("/unmaskings")
def seen(caller: Auditor, session: Reading, wanted: Wanted) -> Page[UnmaskingShown]:
    """Who saw what unmasked, newest first."""
    return page(session, unmaskings(caller.scope), _NEWEST, wanted, UnmaskingShown.model_validate)


_NEWEST = [By(Unmasking.seen, descending=True), By(Unmasking.unmasking_id)]
