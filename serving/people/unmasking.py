"""Seeing what is masked: for a role that may, of a case in its regions, with a reason, and never without a trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from features.errors import BadInput, Forbidden, TooMany
from serving.jurisdiction import Scope
from serving.people.callers import Caller
from serving.people.limits import LEAST_REASON, UNMASKINGS_AN_HOUR
from serving.people.masking import OF_PERSONS
from serving.store.base import new_id
from serving.store.people import Unmasking, User

PERMISSION = "persons.unmask"
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Case:
    """What somebody is at work on: a claim or an employer (`kind`), and its region.

    `is_open`: whether a review or a visit is under way. The register alone, or what is decided, is no case.
    `masked`: the fields that are masked of it.
    """

    kind: str
    subject_id: str
    region: str | None
    is_open: bool
    masked: frozenset[str] = frozenset(OF_PERSONS)


def unmask(
    session: Session, caller: Caller, case: Case, fields: Iterable[str], reason: str, now: dt.datetime
) -> frozenset[str]:
    """The fields that the caller may now see whole, for `masked_record`; that they did is written in this transaction.

    Show nothing before the transaction is committed. Forbidden: not among what the caller may do, or no open case.
    NotFound: outside the caller's regions. BadInput: no such fields, or no reason. TooMany: of one person in an hour.
    """
    caller.must(PERMISSION)
    caller.scope.must_hold(case.region, f"no such {case.kind}", case.subject_id)
    asked, because = _checked(case, fields), _reason(reason)
    if not case.is_open or caller.session_id is None:
        raise Forbidden("nobody is at work on this case", expected="a review or a visit under way", do="begin it first")
    session.get(User, caller.user_id, with_for_update=True)  # one after the other, so that none is counted too late
    _refuse_many(session, caller, now)
    session.add(
        Unmasking(
            unmasking_id=new_id(),
            user_id=caller.user_id,
            session_id=caller.session_id,
            kind=case.kind,
            subject_id=case.subject_id,
            region=case.region,
            fields=asked,
            reason=because,
            seen=now,
        )
    )
    session.flush()
    return frozenset(asked)


def unmaskings(scope: Scope) -> Select[Unmasking]:
    """Who saw what unmasked, of the cases of a scope; to be ordered and paged by whoever shows it."""
    return select(Unmasking).where(scope.where(Unmasking.region))


def _checked(case: Case, fields: Iterable[str]) -> list[str]:
    asked = sorted(set(fields))
    unknown = [field for field in asked if field not in case.masked]
    if unknown or not asked:
        there = ", ".join(sorted(case.masked))
        raise BadInput("no such fields", found=", ".join(unknown) or "none", expected=there, do="name some of these")
    return asked


def _reason(typed: str) -> str:
    reason = typed.strip()
    if len(reason) < LEAST_REASON:
        raise BadInput(
            "a reason is needed", expected=f"at least {LEAST_REASON} characters", do="say which case it is for, and why"
        )
    return reason


def _refuse_many(session: Session, caller: Caller, now: dt.datetime) -> None:
    mine: ColumnElement[bool] = (Unmasking.user_id == caller.user_id) & (Unmasking.seen > now - HOUR)
    count, oldest = session.execute(select(func.count(), func.min(Unmasking.seen)).where(mine)).one()
    if count >= UNMASKINGS_AN_HOUR:
        raise TooMany(
            "too many unmaskings",
            wait=(oldest + HOUR - now).total_seconds(),
            found=f"{count} in the last hour",
            expected=f"at most {UNMASKINGS_AN_HOUR} an hour",
            do="wait; whoever needs whole registers asks the authority that keeps them",
        )
