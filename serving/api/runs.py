"""Scoring runs: which models, which lake version, which day, how many. And how a run scored, by region."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from serving.api.caller import permitted
from serving.api.pages import By, Page, Wish, page, wish
from serving.api.routes import Answered, Reading, resource
from serving.jurisdiction import Scope, not_there
from serving.people.callers import Caller
from serving.store.runs import ClaimScore, EmployerScore, Run

router = resource("runs")
Reader = Annotated[Caller, Depends(permitted("runs.read"))]
Wanted = Annotated[Wish, Depends(wish)]


class RunShown(Answered):
    """A run. `scored` counts the subjects that the caller sees."""

    run_id: str
    subject: str
    as_of: dt.date
    lake_version: int | None
    models: dict[str, Any]
    label: str | None
    horizon_months: int | None
    scored: int
    created: dt.datetime


@router.get("/runs")
def runs(
    caller: Reader,
    session: Reading,
    wanted: Wanted,
    subject: Annotated[Literal["employers", "claims"] | None, Query(description="Only runs over these")] = None,
    as_of: Annotated[dt.date | None, Query(description="Only runs as of this day")] = None,
) -> Page[RunShown]:
    """The runs, newest first."""
    chosen = select(Run)
    if subject is not None:
        chosen = chosen.where(Run.subject == subject)
    if as_of is not None:
        chosen = chosen.where(Run.as_of == as_of)
    newest = [By(Run.as_of, descending=True), By(Run.number, descending=True)]
    return page(session, chosen, newest, wanted, lambda run: _shown(session, caller.scope, run))


@router.get("/runs/{run_id}")
def run(caller: Reader, session: Reading, run_id: str) -> RunShown:
    """One run."""
    found = session.scalar(select(Run).where(Run.run_id == run_id))
    if found is None:
        raise not_there("no such run", run_id)
    return _shown(session, caller.scope, found)


def _shown(session: Session, scope: Scope, run: Run) -> RunShown:
    columns = {name: getattr(run, name) for name in RunShown.model_fields if name != "scored"}
    if scope.everywhere:
        return RunShown(**columns, scored=run.scored)
    scores = EmployerScore if run.subject == "employers" else ClaimScore
    seen = select(func.count()).where(scores.run == run.number, scope.where(scores.region))
    return RunShown(**columns, scored=session.scalar(seen))
