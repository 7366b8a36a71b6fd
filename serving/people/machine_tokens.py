"""Tokens of machines: made with what they may and for how long, told once, revoked at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from features.errors import BadInput, NotFound
from serving.jurisdiction import Scope
from serving.people.callers import Caller
from serving.people.limits import MOST_TOKEN_DAYS, SEEN_EVERY
from serving.people.opaque import MACHINE, kept_of, new_token
from serving.people.roles import PERMISSIONS, machine_permissions
from serving.people.sessions import Presence, not_signed_in
from serving.store.base import new_id
from serving.store.people import Token


def add_token(
    session: Session, name: str, permissions: Iterable[str], scope: Scope, days: int, *, by: str, now: dt.datetime
) -> tuple[Token, str]:
    """A new token and what it is, told this once. BadInput: no permission, a person's alone, no region, a name that is
    taken, or too long a time."""
    may = machine_permissions(permissions)
    regions = None if scope.regions is None else sorted(scope.regions)
    if not may or regions == []:
        raise BadInput(
            "the token would open nothing", expected="a permission and a region", do="name --may and --region"
        )
    if not 1 <= days <= MOST_TOKEN_DAYS:
        raise BadInput("too long a time", found=f"{days} days", expected=f"1 to {MOST_TOKEN_DAYS}", do="choose fewer")
    if session.scalar(_held(name)):
        raise BadInput("there is such a token", found=name, expected="a name that is free", do="revoke it first")
    whole = new_token(MACHINE)
    token = Token(
        token_id=new_id(),
        kept=kept_of(whole),
        name=name,
        permissions=may,
        regions=regions,
        made=now,
        made_by=by,
        ends=now + dt.timedelta(days=days),
    )
    session.add(token)
    session.flush()
    return token, whole


def tokens(session: Session) -> list[Token]:
    """All tokens there are and were, the newest first."""
    return list(session.scalars(select(Token).order_by(Token.made.desc(), Token.token_id)))


def revoke_token(session: Session, name: str, by: str, now: dt.datetime) -> Token:
    """End a token; NotFound."""
    token = session.scalar(_held(name).with_for_update())
    if token is None:
        raise NotFound("no such token", found=name, expected="one of: plumbline tokens list", do="check the name")
    token.revoked, token.revoked_by = now, by
    return token


def machine(session: Session, whole: str, now: dt.datetime) -> Presence:
    """Which machine asks with this token. NotSignedIn: there is no such token, it has run out or was revoked."""
    token = session.scalar(select(Token).where(Token.kept == kept_of(whole)))
    if token is None or token.revoked or now >= token.ends:
        raise not_signed_in()
    # a permission that became a person's alone since the token was made opens nothing
    may = frozenset(p for p in token.permissions if p in PERMISSIONS and not PERMISSIONS[p].people_only)
    caller = Caller(f"token:{token.token_id}", frozenset(), Scope.of(token.regions), "en", None, may)
    return Presence(caller, None, token.ends, now if token.seen is None else token.seen + SEEN_EVERY)


def note_token_seen(session: Session, user_id: str, now: dt.datetime) -> None:
    """Write that a token was used; `user_id` as its caller's."""
    session.execute(update(Token).where(Token.token_id == user_id.removeprefix("token:")).values(seen=now))


def _held(name: str) -> Select[Token]:
    return select(Token).where(Token.name == name, Token.revoked.is_(None))
