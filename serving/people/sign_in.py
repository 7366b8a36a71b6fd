"""Sign in by name and password, and change it.

Three short transactions, none of which waits for the hash: count the try, look the account up, begin the session or keep the new one.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from features.errors import NotSignedIn
from serving.people.accounts import good_hash, put_password
from serving.people.callers import Caller
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
    user_id, kept = _checked(store, login, password, address, now)
    newer = hash_of(password) if is_outdated(kept) else None
    with store.session() as session:
        take_back(session, login, address, now)
        forget_old(session, now)
        user = _unchanged(session, user_id, kept)
        user.password = newer or kept
        return begin(session, user, PASSWORD, address, now)


def change_own_password(store: Store, caller: Caller, old: str, new: str, address: str, now: dt.datetime) -> None:
    """A new password for a signed-in person who knows the old one; all their other sessions end.

    BadInput: the new one is not good enough. Otherwise as `sign_in`.
    """
    with store.reading() as session:
        login, name = session.execute(select(User.login, User.name).where(User.user_id == caller.user_id)).one()
    user_id, kept = _checked(store, login, old, address, now)
    newer = good_hash(new, login, name)
    with store.session() as session:
        take_back(session, login, address, now)
        put_password(session, _unchanged(session, user_id, kept), newer, now, but=caller.session_id)


def _checked(store: Store, login: str, password: str, address: str, now: dt.datetime) -> tuple[str, str]:
    """The account whose password this is, and what is kept of it; the try is counted until it is taken back."""
    with store.session() as session:
        count_try(session, login, address, now)
    with store.reading() as session:
        user_id, kept = _looked_up(session, login)
    if not is_right(password, kept) or user_id is None or kept is None:
        raise _refused()
    return user_id, kept


def _looked_up(session: Session, login: str) -> tuple[str | None, str | None]:
    """The account that may be signed in with, and what is kept of its password; None and None where there is none."""
    asked = select(User.user_id, User.password).where(User.login == login.strip().lower(), User.disabled.is_(None))
    found = session.execute(asked).one_or_none()
    return (found[0], found[1]) if found else (None, None)


def _unchanged(session: Session, user_id: str, kept: str) -> User:
    """The account, locked, if it is still what it was when the password was looked at."""
    user = session.get(User, user_id, with_for_update=True)
    if user is None or user.disabled or user.password != kept:
        raise _refused()
    return user


def _refused() -> NotSignedIn:
    return NotSignedIn(
        "the name or the password is wrong",
        expected="the name and the password of an account",
        do="check both, or ask whoever manages accounts",
    )
