"""Seeing what is masked, of a claim under review or an employer being visited, with a reason; and who saw what, and why."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import Field
from sqlalchemy import select

from serving.api.bodies import Sent
from serving.api.caller import permitted
from serving.api.day import On
from serving.api.deployment import Here
from serving.api.employers import Ties
from serving.api.pages import By, Page, Wish, page, wish
from serving.api.register_rows import rows_of
from serving.api.routes import Answered, Reading, resource
from serving.dossier.claim import claim as claim_on
from serving.dossier.employer import employer as employer_on
from serving.dossier.employer import ties as ties_on
from serving.limits import MOST_PAGE_ROWS
from serving.people.callers import Caller
from serving.people.masking import OF_PERSONS, TIES
from serving.people.unmasking import PERMISSION, Case, unmask, unmaskings
from serving.reviews.transitions import UNDER_WAY
from serving.store.alerts import Alert
from serving.store.base import now
from serving.store.people import Unmasking
from serving.store.watchlists import Visit

router = resource("unmaskings")
Unmasker = Annotated[Caller, Depends(permitted(PERMISSION))]
Auditor = Annotated[Caller, Depends(permitted("unmaskings.read"))]
Wanted = Annotated[Wish, Depends(wish)]


class UnmaskingSent(Sent):
    """What is to be seen whole, and why; the reason is kept with who asked."""

    fields: list[Annotated[str, Field(max_length=40)]] = Field(min_length=1, max_length=20)
    reason: str = Field(min_length=1, max_length=1000)


class ClaimUnmasked(Answered):
    """Fields of a claim as they were filed; null where the claim does not have one."""

    claim_id: str
    shown: dict[str, str | None]


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


@router.post("/claims/{claim_id}/unmaskings", status_code=201)
def unmask_claim(caller: Unmasker, here: Here, on: On, claim_id: str, sent: UnmaskingSent) -> ClaimUnmasked:
    """See who a claim under review is about."""
    caller.must("claims.read")
    filed = claim_on(here.registers, caller.scope, claim_id, on)
    masked = frozenset(OF_PERSONS.keys() & filed.keys())
    under_way = select(Alert.alert_id).where(Alert.claim_id == claim_id, Alert.state.in_(UNDER_WAY))
    with here.store.session() as session:
        case = Case("claim", claim_id, filed["region"], session.scalar(under_way) is not None, masked)
        fields = unmask(session, caller, case, sent.fields, sent.reason, now())
    return ClaimUnmasked(claim_id=claim_id, shown={field: filed[field] for field in sorted(fields)})


@router.post("/employers/{employer_id}/unmaskings", status_code=201)
def unmask_employer(caller: Unmasker, here: Here, on: On, employer_id: str, sent: UnmaskingSent) -> Ties:
    """See whom or what an employer being visited shares with others; the fields are kinds of tie."""
    caller.must("employers.read")
    known = employer_on(here.registers, caller.scope, employer_id, on)
    under_way = select(Visit.visit_id).where(Visit.employer_id == employer_id, Visit.closed_on.is_(None))
    with here.store.session() as session:
        case = Case("employer", employer_id, known["region"], session.scalar(under_way.limit(1)) is not None, TIES)
        fields = unmask(session, caller, case, sent.fields, sent.reason, now())
    found = ties_on(here.registers, caller.scope, employer_id, on, MOST_PAGE_ROWS + 1, fields)
    seen: list[dict[str, Any]] = [dataclasses.asdict(tie) for tie in found if tie.tie in fields]
    return Ties(**rows_of(here.registers, "employer_ties", seen))


@router.get("/unmaskings")
def all_unmaskings(
    caller: Auditor,
    session: Reading,
    wanted: Wanted,
    user_id: Annotated[str | None, Query(max_length=64, description="Only what this account saw")] = None,
    subject_id: Annotated[str | None, Query(max_length=200, description="Only of this claim or employer")] = None,
) -> Page[UnmaskingShown]:
    """Who saw what whole, newest first."""
    chosen = unmaskings(caller.scope)
    for column, value in ((Unmasking.user_id, user_id), (Unmasking.subject_id, subject_id)):
        if value is not None:
            chosen = chosen.where(column == value)
    newest = [By(Unmasking.seen, descending=True), By(Unmasking.unmasking_id)]
    return page(session, chosen, newest, wanted, UnmaskingShown.model_validate)
