"""Sign in by name and password.

Three short transactions, none of which waits for the hash: count the try, look the account up, begin the session.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from features.errors import NotSignedIn
from serving.people.passwords import hash_of, is_outdated, is_right
from serving.people.sessions import begin
from serving.people.tries import count_try, forget_old, take_back
from serving.store.opened import Store
from serving.store.people import User

PASSWORD = "password"  # noqa: S105  (how somebody signed in)


def sign_in(store: Store, login: str, password: str, address: str, now: dt.datetime) -> str:
    """The token of a new session. `address` is where the request comes from.

    TooMany: wrong tries, with the wait. NotSignedIn: no such account, it is disabled or has no password, or the
    password is wrong; which of these is not told, nor can it be told from how long the answer takes.
    """
    with store.session() as session:
        count_try(session, login, address, now)
    with store.reading() as session:
        user_id, kept = _looked_up(session, login)
    if not is_right(password, kept) or user_id is None:
        raise _refused()
    newer = hash_of(password) if kept and is_outdated(kept) else None
    with store.session() as session:
        take_back(session, login, address, now)
        forget_old(session, now)
        return _begun(session, user_id, kept, newer, address, now)


def _looked_up(session: Session, login: str) -> tuple[str | None, str | None]:
    """The account that may be signed in with, and what is kept of its password; None and None where there is none."""
    asked = select(User.user_id, User.password).where(User.login == login.strip().lower(), User.disabled.is_(None))
    found = session.execute(asked).one_or_none()
    return (found[0], found[1]) if found else (None, None)


def _begun(session: Session, user_id: str, kept: str | None, newer: str | None, address: str, now: dt.datetime) -> str:
    """A session, if the account is still what it was when the password was looked at."""
    user = session.get(User, user_id, with_for_update=True)
    if user is None or user.disabled or user.password != kept:
        raise _refused()
    if newer:
        user.password = newer
    return begin(session, user, PASSWORD, address, now)


def _refused() -> NotSignedIn:
    return NotSignedIn(
        "the name or the password is wrong",
        expected="the name and the password of an account",
        do="check both, or ask whoever manages accounts",
    )
