"""Visits to employers and what they found. Each entry is kept with its day; the visit stands as last entered."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from features.errors import BadInput, Conflict
from features.registers import REGISTERS
from serving.jurisdiction import Scope, not_there, one_seen
from serving.store.base import new_id, now
from serving.store.watchlists import Visit, VisitEntry, WatchlistItem

CHOICES = {column.name: tuple(column.choices) for column in REGISTERS["inspections"].columns if column.choices}
BY_LOT, LISTED = "random", "watchlist"  # triggers of the register inspections


@dataclass(frozen=True)
class Outcome:
    """What a visit found, as in the register inspections; money in minor units. All empty: nothing is found yet."""

    closed_on: dt.date | None = None
    finding: str | None = None
    workers_owed: int | None = None
    amount_owed: int | None = None
    amount_recovered: int | None = None


NOTHING_YET = Outcome()


def open_listed_visit(
    session: Session, scope: Scope, watchlist_id: str, employer_id: str, opened_on: dt.date, by: str,
    today: dt.date | None = None,
) -> Visit:  # fmt: skip
    """Open the visit of a list's item; it counts as drawn by lot where the item was. Conflict where it was opened before."""
    item = session.get(WatchlistItem, (watchlist_id, employer_id))
    if item is None or not scope.holds(item.region):
        raise not_there("there is no such employer on this list", f"{employer_id} on {watchlist_id}")
    before = select(Visit).where(Visit.watchlist_id == watchlist_id, Visit.employer_id == employer_id)
    if visit := session.scalar(before):
        raise Conflict(
            "this visit was opened already",
            present=present_visit(visit),
            found=f"visit {visit.visit_id}, opened on {visit.opened_on}",
            expected="one visit an item of a list",
            do="enter what it found there",
        )
    trigger = BY_LOT if item.arm == BY_LOT else LISTED
    return _open(session, employer_id, item.region, watchlist_id, trigger, opened_on, by, today)


def open_visit(
    session: Session, scope: Scope, employer_id: str, region: str | None, trigger: str, opened_on: dt.date, by: str,
    today: dt.date | None = None,
) -> Visit:  # fmt: skip
    """Open a visit that no list asked for, of an employer of `region`; `trigger` as in the register inspections."""
    scope.must_hold(region, "there is no such employer", employer_id)
    own = [one for one in CHOICES["trigger"] if one not in (BY_LOT, LISTED)]
    if trigger not in own:
        raise BadInput(
            "no list asked for this visit", found=f"trigger {trigger}", expected=", ".join(own), do="say why it is made"
        )
    return _open(session, employer_id, region, None, trigger, opened_on, by, today)


def visit_of(session: Session, scope: Scope, visit_id: str, to_change: bool = False) -> Visit:
    """The visit; NotFound where there is none, or none in `scope`. `to_change`: who else wants to waits until we are done."""
    query = select(Visit).where(Visit.visit_id == visit_id, scope.where(Visit.region))
    return one_seen(session, query, "there is no such visit", visit_id, to_change=to_change)


def enter_outcome(
    session: Session, scope: Scope, visit_id: str, version: int, outcome: Outcome, by: str, note: str | None = None,
    today: dt.date | None = None,
) -> Visit:  # fmt: skip
    """Enter what the visit found, or correct it; `version` is that of the visit as they saw it.

    Conflict where it was changed since. BadInput for an outcome that the register would put aside.
    """
    today = today or now().date()
    visit = visit_of(session, scope, visit_id, to_change=True)
    if visit.version != version:
        raise Conflict(
            "somebody changed this visit meanwhile",
            present=present_visit(visit),
            found=f"version {visit.version}",
            expected=f"version {version}",
            do="look at it as it stands now, then enter what is still to be entered",
        )
    _refuse_impossible(visit, outcome, today)
    for name, value in asdict(outcome).items():
        setattr(visit, name, value)
    session.flush()
    _enter(session, visit, by, note, today)
    return visit


def present_visit(visit: Visit) -> dict[str, Any]:
    """How a visit stands, as plain data: what somebody who comes second is told."""
    names = (
        "visit_id",
        "employer_id",
        "version",
        "trigger",
        "finding",
        "workers_owed",
        "amount_owed",
        "amount_recovered",
    )
    days = {
        name: day and day.isoformat() for name, day in (("opened_on", visit.opened_on), ("closed_on", visit.closed_on))
    }
    return {name: getattr(visit, name) for name in names} | days


def _open(
    session: Session, employer_id: str, region: str | None, watchlist_id: str | None, trigger: str, opened_on: dt.date,
    by: str, today: dt.date | None,
) -> Visit:  # fmt: skip
    today = today or now().date()
    if opened_on > today:
        raise _not_so(f"opened_on {opened_on} has not come yet")
    visit = Visit(
        visit_id=new_id(), employer_id=employer_id, region=region, watchlist_id=watchlist_id, trigger=trigger,
        opened_on=opened_on, created=now(), created_by=by, **asdict(NOTHING_YET),
    )  # fmt: skip
    session.add(visit)
    session.flush()
    _enter(session, visit, by, None, today)
    return visit


def _enter(session: Session, visit: Visit, by: str, note: str | None, today: dt.date) -> None:
    found = {name: getattr(visit, name) for name in asdict(NOTHING_YET)}
    session.add(
        VisitEntry(
            visit_id=visit.visit_id, version=visit.version, opened_on=visit.opened_on, note=note, known_on=today,
            entered=now(), entered_by=by, **found,
        )
    )  # fmt: skip
    session.flush()


def _refuse_impossible(visit: Visit, outcome: Outcome, today: dt.date) -> None:
    faults = []
    if outcome.finding and outcome.finding not in CHOICES["finding"]:
        faults.append(f"finding {outcome.finding} is none of {', '.join(CHOICES['finding'])}")
    if (outcome.finding is None) != (outcome.closed_on is None):
        faults.append("finding and closed_on come together")
    if outcome.closed_on and not visit.opened_on <= outcome.closed_on <= today:
        faults.append(f"closed_on {outcome.closed_on} is not from {visit.opened_on} to {today}")
    sizes = {name: getattr(outcome, name) for name in ("workers_owed", "amount_owed", "amount_recovered")}
    faults += [f"{name} is below 0" for name, size in sizes.items() if size is not None and size < 0]
    faults += [f"{name} without a finding" for name, size in sizes.items() if size and not outcome.finding]
    if faults:
        raise _not_so("; ".join(faults))


def _not_so(found: str) -> BadInput:
    return BadInput(
        "a visit cannot have been so",
        found=found,
        expected="days up to today, a finding with the day it was closed, numbers of 0 or more",
        do="put it right",
    )
