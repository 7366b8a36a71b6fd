"""Roles and regions given to people, and taken: each with who did it and when, so that it can be told of any past day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from features.errors import BadInput, NotFound
from serving.jurisdiction import Scope
from serving.people.roles import known_roles
from serving.store.base import new_id
from serving.store.people import Grant, User

Source = Literal["office", "provider"]
Given = tuple[str, str]  # kind and value
EVERYWHERE: Given = ("everywhere", "")
PROVIDER: Source = "provider"


def named(roles: Iterable[str], regions: Iterable[str], everywhere: bool) -> list[Given]:
    """What a command names, as grants, once each; BadInput where it names nothing at all."""
    said = [("role", role) for role in dict.fromkeys(roles)] + [("region", region) for region in dict.fromkeys(regions)]
    said += [EVERYWHERE] if everywhere else []
    if not said:
        raise BadInput(
            "nothing is named", expected="a role, a region or everywhere", do="name it: --role, --region, --everywhere"
        )
    return said


def wanted(roles: Iterable[str], regions: Iterable[str], everywhere: bool) -> list[Given]:
    """The same to be given; BadInput also for a role there is not. What is to be taken may be a role there is no more."""
    return named(known_roles(roles), regions, everywhere)


def held(session: Session, user_id: str, source: Source | None = None) -> Sequence[Grant]:
    """What somebody has now: roles, then regions."""
    asked = select(Grant).where(Grant.user_id == user_id, Grant.taken.is_(None))
    return session.scalars(
        (asked.where(Grant.source == source) if source else asked).order_by(Grant.kind.desc(), Grant.value)
    ).all()


def give(
    session: Session, user: User, given: Iterable[Given], by: str, now: dt.datetime, source: Source = "office"
) -> None:
    """Give what somebody has not yet."""
    there = {(grant.kind, grant.value) for grant in held(session, user.user_id, source)}
    for kind, value in given:
        if (kind, value) not in there:
            session.add(Grant(grant_id=new_id(), user_id=user.user_id, kind=kind, value=value, source=source,
                              given=now, given_by=by))  # fmt: skip
    session.flush()


def take(session: Session, user: User, given: Iterable[Given], by: str, now: dt.datetime) -> None:
    """Take what somebody has, whoever gave it. NotFound where they have it not."""
    there = held(session, user.user_id)
    for one in given:
        mine = [grant for grant in there if (grant.kind, grant.value) == one]
        if not mine:
            raise NotFound(
                "the account has no such thing", found=" ".join(one), expected=said(there), do="name one of these"
            )
        for grant in mine:
            grant.taken, grant.taken_by = now, by
    session.flush()


def follow_provider(session: Session, user: User, given: Iterable[Given], now: dt.datetime) -> None:
    """Let what the provider gave be what it gives now. What the office gave stays."""
    given = list(given)
    for grant in held(session, user.user_id, PROVIDER):
        if (grant.kind, grant.value) not in given:
            grant.taken, grant.taken_by = now, PROVIDER
    session.flush()
    give(session, user, given, PROVIDER, now, PROVIDER)


def roles_and_scope(grants: Iterable[Grant]) -> tuple[frozenset[str], Scope]:
    """What grants come to: the roles, and the regions seen. Without any region nothing is seen."""
    grants = list(grants)
    roles = frozenset(grant.value for grant in grants if grant.kind == "role")
    if any(grant.kind == "everywhere" for grant in grants):
        return roles, Scope(None)
    return roles, Scope.of(grant.value for grant in grants if grant.kind == "region")


def said(grants: Iterable[Grant]) -> str:
    """Grants in a line."""
    return ", ".join(f"{grant.kind} {grant.value}".strip() for grant in grants) or "nothing"
