"""Accounts of people: add, find, change the password, disable."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from features.errors import BadInput, NotFound
from features.languages import LANGUAGES
from serving.people.grants import roles_and_scope
from serving.people.passwords import hash_of, must_be_good
from serving.people.sessions import end_all
from serving.store.base import new_id
from serving.store.people import Grant, User

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


def add_user(
    session: Session, login: str, name: str, *, language: str, kept: str | None = None, by: str, now: dt.datetime
) -> User:
    """A new account without any role; `kept` is the hash of its password (`good_hash`), None where the provider alone
    signs it in. BadInput: the login is taken or is none."""
    wanted = login_of(login)
    if session.scalar(select(User).where(User.login == wanted)):
        raise BadInput(
            "there is such an account", found=wanted, expected="a name that is free", do="choose another, or grant it"
        )
    if language not in LANGUAGES:
        raise BadInput("no such language", found=language, expected=" or ".join(LANGUAGES), do="choose one of these")
    user = User(
        user_id=new_id(), login=wanted, name=name or wanted, language=language, password=kept, added=now, added_by=by
    )
    session.add(user)
    session.flush()
    return user


def login_of(typed: str) -> str:
    """The name that somebody signs in with, in small letters; BadInput where it can be none."""
    login = typed.strip().lower()
    if not LOGIN.fullmatch(login):
        raise BadInput(
            "the name cannot be used to sign in with",
            found=typed[:80],
            expected="2 to 64 of: letters a to z, digits, . _ @ - (not at the beginning)",
            do="choose another",
        )
    return login


def user_of(session: Session, login: str, change: bool = False) -> User:
    """The account of this login, locked where it is to `change`; NotFound."""
    asked = select(User).where(User.login == login.strip().lower())
    user = session.scalar(asked.with_for_update() if change else asked)
    if user is None:
        raise NotFound("no such account", found=login, expected="one of: plumbline users list", do="check the name")
    return user


@dataclass(frozen=True)
class Account:
    """An account and what is given to it now. `regions`: None is everywhere. `ways`: how it may sign in."""

    user_id: str
    login: str
    name: str
    language: str
    roles: list[str]
    regions: list[str] | None
    ways: list[str]
    added: dt.datetime
    added_by: str
    disabled: dt.datetime | None


def accounts(session: Session) -> list[Account]:
    """All accounts, by login."""
    given: dict[str, list[Grant]] = defaultdict(list)
    for grant in session.scalars(select(Grant).where(Grant.taken.is_(None))):
        given[grant.user_id].append(grant)
    return [account(user, given[user.user_id]) for user in session.scalars(select(User).order_by(User.login))]


def account(user: User, grants: Iterable[Grant]) -> Account:
    """An account with these grants, as it is shown."""
    roles, scope = roles_and_scope(grants)
    ways = (("password", user.password), ("provider", user.subject))
    return Account(
        user.user_id, user.login, user.name, user.language, sorted(roles),
        None if scope.regions is None else sorted(scope.regions),
        [way for way, known in ways if known is not None], user.added, user.added_by, user.disabled,
    )  # fmt: skip


def put_password(session: Session, user: User, kept: str | None, now: dt.datetime, but: str | None = None) -> None:
    """A new password, as its hash (None: none any more); all sessions end, `but` the one that asks."""
    user.password = kept
    end_all(session, user.user_id, now, but)


def good_hash(password: str, login: str, name: str) -> str:
    """What is kept of a new password of this account; BadInput where it is not good enough.

    It takes long, so it is made before a transaction is begun.
    """
    must_be_good(password, login, *name.split())
    return hash_of(password)


def disable(session: Session, user: User, by: str, now: dt.datetime) -> None:
    """Nobody signs in with the account any more, and all its sessions end. What it did stays."""
    user.disabled, user.disabled_by = now, by
    end_all(session, user.user_id, now)


def enable(user: User) -> None:
    """The account can be used again, with what is given to it."""
    user.disabled = user.disabled_by = None
