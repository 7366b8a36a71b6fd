"""Employers as the registers know them on a day: who they are, their months, complaints, inspections, ties, scores."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, Field
from sqlalchemy import select

from serving.api.caller import permitted
from serving.api.day import On
from serving.api.deployment import Here
from serving.api.pages import By, Page, Wish, page, text_cursor, text_of_cursor, wish
from serving.api.register_rows import Rows, row_of, rows_of
from serving.api.routes import Answered, Reading, resource
from serving.dossier.employer import employer as employer_on
from serving.dossier.employer import employers as employers_on
from serving.dossier.employer import months as months_on
from serving.dossier.employer import ties as ties_on
from serving.limits import MOST_PAGE_ROWS
from serving.people.callers import Caller
from serving.store.runs import EmployerScore, Run

router = resource("employers")
Reader = Annotated[Caller, Depends(permitted("employers.read"))]
Wanted = Annotated[Wish, Depends(wish)]

if TYPE_CHECKING:

    class EmployerRow(BaseModel): ...

    class ComplaintRow(BaseModel): ...

    class InspectionRow(BaseModel): ...

else:
    EmployerRow = row_of("employers", "Employer")
    ComplaintRow = row_of("complaints", "Complaint")
    InspectionRow = row_of("inspections", "Inspection")


class Month(BaseModel):
    """A month of payroll, as known on the day. Money in minor units."""

    month: dt.date
    workers: int = Field(description="Workers with pay due for the month")
    due: int = Field(description="Wages due")
    paid: int = Field(description="Of them paid by the day")
    unpaid: int = Field(description="Of them not paid by the day")
    unpaid_workers: int = Field(description="Workers not paid in full by the day")
    late_workers: int = Field(description="Workers paid later than the law allows")


class Months(Rows):
    """Months of payroll."""

    items: list[Month]


class Complaints(Rows):
    """Complaints about an employer."""

    items: list[ComplaintRow]


class Inspections(Rows):
    """Inspections of an employer."""

    items: list[InspectionRow]


class TieShown(Answered):
    """Something shared with another employer; `value` is masked."""

    tie: str
    value: str | None
    employer_id: str
    name: str
    since: dt.date | None
    until: dt.date | None


class Ties(Rows):
    """What an employer shares with others."""

    items: list[TieShown]


class ScoreShown(Answered):
    """An employer's score in one run."""

    run_id: str
    as_of: dt.date
    risk: float
    level: str
    models: dict[str, Any]
    lake_version: int | None
    horizon_months: int | None


@router.get("/employers")
def employers(
    caller: Reader,
    here: Here,
    wanted: Wanted,
    on: On,
    search: Annotated[str | None, Query(min_length=2, max_length=200, description="Part of name or identifier")] = None,
) -> Page[EmployerRow]:
    """Employers, by identifier."""
    after = text_of_cursor(wanted.cursor)
    found = employers_on(here.registers, caller.scope, on, search, after, wanted.limit + 1)
    shown = found[: wanted.limit]
    more = text_cursor(shown[-1]["employer_id"]) if len(found) > wanted.limit else None
    return Page[EmployerRow](items=[EmployerRow(**row) for row in shown], next=more)


@router.get("/employers/{employer_id}")
def employer(caller: Reader, here: Here, on: On, employer_id: str) -> EmployerRow:
    """One employer."""
    return EmployerRow(**employer_on(here.registers, caller.scope, employer_id, on))


@router.get("/employers/{employer_id}/months")
def months(caller: Reader, here: Here, on: On, employer_id: str) -> Months:
    """Its months of payroll: due, paid, unpaid."""
    employer_on(here.registers, caller.scope, employer_id, on)
    return Months(**rows_of(here.registers, "payroll", months_on(here.registers, employer_id, on)))


@router.get("/employers/{employer_id}/complaints")
def complaints(caller: Reader, here: Here, on: On, employer_id: str) -> Complaints:
    """What was complained of."""
    employer_on(here.registers, caller.scope, employer_id, on)
    return Complaints(
        **rows_of(here.registers, "complaints", here.registers.known("complaints", {"employer_id": employer_id}, on))
    )


@router.get("/employers/{employer_id}/inspections")
def inspections(caller: Reader, here: Here, on: On, employer_id: str) -> Inspections:
    """What was inspected, and found."""
    employer_on(here.registers, caller.scope, employer_id, on)
    found = here.registers.known("inspections", {"employer_id": employer_id}, on)
    return Inspections(**rows_of(here.registers, "inspections", found))


@router.get("/employers/{employer_id}/ties")
def ties(caller: Reader, here: Here, on: On, employer_id: str) -> Ties:
    """What it shares with other employers that the caller sees."""
    employer_on(here.registers, caller.scope, employer_id, on)
    found = ties_on(here.registers, caller.scope, employer_id, on, MOST_PAGE_ROWS + 1)
    return Ties(**rows_of(here.registers, "employer_ties", [dataclasses.asdict(tie) for tie in found]))


@router.get("/employers/{employer_id}/scores")
def scores(caller: Reader, session: Reading, wanted: Wanted, employer_id: str) -> Page[ScoreShown]:
    """Its scores in all runs, newest first."""
    chosen = (
        select(Run)
        .join(EmployerScore, EmployerScore.run == Run.number)
        .where(EmployerScore.employer_id == employer_id, caller.scope.where(EmployerScore.region))
    )
    newest = [By(Run.as_of, descending=True), By(Run.number, descending=True)]

    def shown(run: Run) -> ScoreShown:
        score = session.get_one(EmployerScore, (run.number, employer_id))
        of_run = {name: getattr(run, name) for name in ("run_id", "as_of", "models", "lake_version", "horizon_months")}
        return ScoreShown(**of_run, risk=score.risk, level=score.level)

    return page(session, chosen, newest, wanted, shown)
