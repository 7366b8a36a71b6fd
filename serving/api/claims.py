"""Claims: those of the newest run in order of their scores; one as it was filed, masked; what was paid and found."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from serving.api.caller import permitted
from serving.api.day import On
from serving.api.deployment import Here
from serving.api.languages import In, said_in
from serving.api.pages import By, Page, Wish, page, wish
from serving.api.register_rows import Naming, Rows, row_of, rows_of
from serving.api.routes import Answered, Reading, resource
from serving.clusters import cluster_seen
from serving.dossier.claim import claim as claim_on
from serving.dossier.claim import payouts as payouts_on
from serving.dossier.claim import reviews as reviews_on
from serving.jurisdiction import Scope, not_there
from serving.people.callers import Caller
from serving.people.masking import masked_record
from serving.store.runs import ClaimScore, Run

router = resource("claims")
Reader = Annotated[Caller, Depends(permitted("claims.read"))]
Wanted = Annotated[Wish, Depends(wish)]

if TYPE_CHECKING:

    class ClaimRow(BaseModel): ...

    class PayoutRow(BaseModel): ...

    class ReviewRow(BaseModel): ...

else:
    ClaimRow = row_of("claims", "Claim", base=Naming)
    PayoutRow = row_of("payouts", "Payout")
    ReviewRow = row_of("claim_decisions", "Review", base=Naming)


class Payouts(Rows):
    """What was paid on a claim."""

    items: list[PayoutRow]


class Reviews(Rows):
    """What reviews found."""

    items: list[ReviewRow]


class ScoreShown(Answered):
    """A claim's scores in a run: how likely a review would find it a duplicate, or fraudulent; null without a model."""

    claim_id: str
    region: str | None
    scheme: str | None
    filed_on: dt.date
    duplicate: float | None
    fraud: float | None
    cluster_id: str | None
    finding: str | None


class ClaimScored(ScoreShown):
    """The same with the run it comes from."""

    run_id: str
    as_of: dt.date
    models: dict[str, Any]
    lake_version: int | None


@router.get("/claims")
def claims(
    caller: Reader,
    session: Reading,
    wanted: Wanted,
    run_id: Annotated[str | None, Query(max_length=64, description="Of this run; none: of the newest")] = None,
    scheme: Annotated[str | None, Query(max_length=40, description="Only of this scheme")] = None,
    sort: Annotated[Literal["fraud", "duplicate", "claim_id"], Query(description="In which order")] = "fraud",
) -> Page[ScoreShown]:
    """The claims of a run with their scores, those likeliest to be found wrong first."""
    run = session.scalar(
        select(Run)
        .where(Run.subject == "claims", *([] if run_id is None else [Run.run_id == run_id]))
        .order_by(Run.as_of.desc(), Run.number.desc())
    )
    if run is None:
        if run_id is None:
            return Page[ScoreShown](items=[])
        raise not_there("no such run", run_id)
    chosen = select(ClaimScore).where(ClaimScore.run == run.number, caller.scope.where(ClaimScore.region))
    if scheme is not None:
        chosen = chosen.where(ClaimScore.scheme == scheme)
    order = [By(ClaimScore.claim_id)]
    if sort != "claim_id":
        order.insert(0, By(func.coalesce(getattr(ClaimScore, sort), -1.0), descending=True))
    return page(session, chosen, order, wanted, lambda found: _shown(session, caller.scope, found))


@router.get("/claims/{claim_id}")
def claim(caller: Reader, here: Here, on: On, spoken: In, claim_id: str) -> ClaimRow:
    """One claim as it was filed; who it is about is masked."""
    return ClaimRow(**said_in(masked_record(claim_on(here.registers, caller.scope, claim_id, on)), spoken))


@router.get("/claims/{claim_id}/payouts")
def payouts(caller: Reader, here: Here, on: On, claim_id: str) -> Payouts:
    """What was paid on it."""
    claim_on(here.registers, caller.scope, claim_id, on)
    found = [masked_record(row) for row in payouts_on(here.registers, claim_id, on)]
    return Payouts(**rows_of(here.registers, "payouts", found))


@router.get("/claims/{claim_id}/reviews")
def reviews(caller: Reader, here: Here, on: On, spoken: In, claim_id: str) -> Reviews:
    """What reviews found of it."""
    claim_on(here.registers, caller.scope, claim_id, on)
    found = said_in(reviews_on(here.registers, caller.scope, claim_id, on), spoken)
    return Reviews(**rows_of(here.registers, "claim_decisions", found))


@router.get("/claims/{claim_id}/scores")
def scores(caller: Reader, session: Reading, wanted: Wanted, claim_id: str) -> Page[ClaimScored]:
    """Its scores in all runs, newest first."""
    chosen = (
        select(Run)
        .join(ClaimScore, ClaimScore.run == Run.number)
        .where(ClaimScore.claim_id == claim_id, caller.scope.where(ClaimScore.region))
    )
    newest = [By(Run.as_of, descending=True), By(Run.number, descending=True)]

    def shown(run: Run) -> ClaimScored:
        score = _shown(session, caller.scope, session.get_one(ClaimScore, (run.number, claim_id)))
        of_run = {name: getattr(run, name) for name in ("run_id", "as_of", "models", "lake_version")}
        return ClaimScored(**score.model_dump(), **of_run)

    return page(session, chosen, newest, wanted, shown)


def _shown(session: Session, scope: Scope, found: ClaimScore) -> ScoreShown:
    cluster = cluster_seen(session, scope, found.claim_id, found.cluster_id)
    return ScoreShown.model_validate(found).model_copy(update={"cluster_id": cluster})
