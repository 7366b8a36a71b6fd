"""Accounts, what was given to them and taken, and machines' tokens: for those who look after them and those who audit.

An account is seen by whoever sees one of its regions, with those regions of it and no others. It is changed by the command
`plumbline users`, on the machine.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Depends
from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from serving.api.caller import permitted
from serving.api.pages import By, Page, Wish, page, wish
from serving.api.routes import Answered, Reading, resource
from serving.jurisdiction import Scope, not_there
from serving.people.accounts import account
from serving.people.callers import Caller
from serving.people.grants import held
from serving.store.people import Grant, Token, User

router = resource("people")
Reader = Annotated[Caller, Depends(permitted("people.read"))]
Wanted = Annotated[Wish, Depends(wish)]


class AccountShown(Answered):
    """An account and what is given to it now. `regions`: those the caller sees, null is everywhere; `ways`: how it may
    sign in."""

    user_id: str
    login: str
    name: str
    roles: list[str]
    regions: list[str] | None
    ways: list[str]
    added: dt.datetime
    added_by: str
    disabled: dt.datetime | None


class GrantShown(Answered):
    """A role, a region or everywhere: given by whom and when, and taken, if it was."""

    kind: str
    value: str
    source: str
    given: dt.datetime
    given_by: str
    taken: dt.datetime | None
    taken_by: str | None


class TokenShown(Answered):
    """A machine's token, without what it is. `regions`: those the caller sees, null is everywhere."""

    token_id: str
    name: str
    permissions: list[str]
    regions: list[str] | None
    made: dt.datetime
    made_by: str
    ends: dt.datetime
    seen: dt.datetime | None
    revoked: dt.datetime | None
    revoked_by: str | None


@router.get("/people")
def people(caller: Reader, session: Reading, wanted: Wanted) -> Page[AccountShown]:
    """The accounts, by login."""
    chosen = select(User).where(_seen(caller.scope))
    return page(session, chosen, [By(User.login)], wanted, lambda user: _shown(session, caller.scope, user))


@router.get("/people/{user_id}/grants")
def grants(caller: Reader, session: Reading, wanted: Wanted, user_id: str) -> Page[GrantShown]:
    """What was given to an account and taken, newest first."""
    if session.scalar(select(User.user_id).where(User.user_id == user_id, _seen(caller.scope))) is None:
        raise not_there("no such account", user_id)
    seen = or_(Grant.kind != "region", caller.scope.where(Grant.value))
    newest = [By(Grant.given, descending=True), By(Grant.grant_id)]
    chosen = select(Grant).where(Grant.user_id == user_id, seen)
    return page(session, chosen, newest, wanted, GrantShown.model_validate)


@router.get("/tokens")
def tokens(caller: Reader, session: Reading) -> list[TokenShown]:
    """The tokens there are and were, newest first; they are few."""
    found = session.scalars(select(Token).order_by(Token.made.desc(), Token.token_id))
    return [_token(token, caller.scope) for token in found if _overlap(token.regions, caller.scope) != []]


def _seen(scope: Scope) -> ColumnElement[bool]:
    """Accounts that see a region of the scope; who sees everywhere sees those without any region too."""
    if scope.everywhere:
        return true()
    sees = or_(Grant.kind == "everywhere", (Grant.kind == "region") & scope.where(Grant.value))
    return User.user_id.in_(select(Grant.user_id).where(Grant.taken.is_(None), sees))


def _shown(session: Session, scope: Scope, user: User) -> AccountShown:
    told = account(user, held(session, user.user_id))
    return AccountShown.model_validate(told).model_copy(update={"regions": _overlap(told.regions, scope)})


def _token(token: Token, scope: Scope) -> TokenShown:
    return TokenShown.model_validate(token).model_copy(update={"regions": _overlap(token.regions, scope)})


def _overlap(regions: list[str] | None, scope: Scope) -> list[str] | None:
    both = Scope.of(regions).within(scope).regions
    return None if both is None else sorted(both)
