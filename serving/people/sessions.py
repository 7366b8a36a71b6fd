"""Sessions of people: begun by signing in, kept on the server, ended by anybody who may.

Who asks is read from the store with every request: what was ended, taken or disabled counts no more from that moment.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from features.errors import NotSignedIn
from serving.people.callers import Caller
from serving.people.grants import roles_and_scope
from serving.people.limits import SEEN_EVERY, SESSION_IDLE, SESSION_LONGEST
from serving.people.opaque import csrf_of, kept_of, new_token
from serving.store.base import new_id
from serving.store.people import Grant, SignedIn, User


@dataclass(frozen=True)
class Presence:
    """Who asks, and when that `ends` if nothing more is asked. `csrf` is what a request of a session that changes something
    must carry; None of a machine, which sends its token on purpose. That they were seen is to be written after `note_after`."""

    caller: Caller
    csrf: str | None
    ends: dt.datetime
    note_after: dt.datetime


def begin(session: Session, user: User, way: str, address: str, now: dt.datetime) -> str:
    """Begin a session of `user`; its token, which is told this once."""
    token = new_token()
    session.add(
        SignedIn(
            session_id=new_id(),
            kept=kept_of(token),
            user_id=user.user_id,
            way=way,
            address=address,
            began=now,
            seen=now,
        )
    )
    session.flush()
    return token


def present(session: Session, token: str, now: dt.datetime) -> Presence:
    """Who asks with this session's token. NotSignedIn: there is none, it has ended, or its account is disabled."""
    row = session.execute(
        select(SignedIn, User).join(User, User.user_id == SignedIn.user_id).where(SignedIn.kept == kept_of(token))
    ).one_or_none()
    if row is None or row[1].disabled or not holds(row[0], now):
        raise not_signed_in()
    signed_in, user = row
    grants = session.scalars(select(Grant).where(Grant.user_id == user.user_id, Grant.taken.is_(None)))
    roles, scope = roles_and_scope(grants)
    caller = Caller.person(user.user_id, roles, scope, user.language, signed_in.session_id)
    return Presence(caller, csrf_of(token), ends(signed_in), signed_in.seen + SEEN_EVERY)


def holds(signed_in: SignedIn, now: dt.datetime) -> bool:
    """Whether a session has not been ended and has not run out."""
    return signed_in.ended is None and now < ends(signed_in)


def ends(signed_in: SignedIn) -> dt.datetime:
    """When a session runs out, if nothing more is asked with it."""
    return min(signed_in.began + SESSION_LONGEST, signed_in.seen + SESSION_IDLE)


def note_seen(session: Session, session_id: str, now: dt.datetime) -> None:
    """Write that a session was used."""
    session.execute(update(SignedIn).where(SignedIn.session_id == session_id).values(seen=now))


def end(session: Session, session_id: str, now: dt.datetime) -> None:
    """End one session. One that has ended stays as it ended."""
    session.execute(
        update(SignedIn).where(SignedIn.session_id == session_id, SignedIn.ended.is_(None)).values(ended=now)
    )


def end_all(session: Session, user_id: str, now: dt.datetime, but: str | None = None) -> None:
    """End all sessions of somebody, `but` one."""
    mine = update(SignedIn).where(SignedIn.user_id == user_id, SignedIn.ended.is_(None))
    session.execute((mine.where(SignedIn.session_id != but) if but else mine).values(ended=now))


def not_signed_in() -> NotSignedIn:
    """The one answer to a session or token that does not hold, whatever the cause."""
    return NotSignedIn(
        "nobody is signed in",
        found="no session or token, or one that has ended",
        expected="a session that holds, or a token that does",
        do="sign in: POST /v1/session",
    )
