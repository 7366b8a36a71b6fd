"""Tokens of machines: told once, kept as hashes, limited in what, where and how long."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from features.errors import BadInput, Forbidden, NotFound, NotSignedIn
from serving.jurisdiction import EVERYWHERE, NOWHERE, Scope
from serving.people import roles
from serving.people.callers import Caller
from serving.people.limits import MOST_TOKEN_DAYS
from serving.people.machine_tokens import add_token, machine, note_token_seen, revoke_token
from serving.people.roles import Permission
from serving.store.opened import Store
from serving.store.people import Token
from tests.serving.people.conftest import NOON, after

NORTH = Scope.of(["north"])


def add(
    store: Store, name: str = "intake", scope: Scope = NORTH, days: int = 30, may: tuple[str, ...] = ("claims.score",)
) -> str:
    with store.session() as session:
        return add_token(session, name, may, scope, days, by="test", now=NOON)[1]


def asks(store: Store, whole: str, moment: dt.datetime = NOON) -> Caller:
    with store.reading() as session:
        return machine(session, whole, moment).caller


def test_a_machine_may_what_its_token_names_and_no_more(store: Store) -> None:
    caller = asks(store, add(store))
    assert caller.machine and caller.scope == NORTH and caller.permissions == {"claims.score"}
    with pytest.raises(Forbidden):
        caller.must("claims.read")


def test_the_store_cannot_be_read_for_a_token(store: Store) -> None:
    whole = add(store)
    with store.reading() as session:
        kept = session.scalars(select(Token)).one().kept
    assert kept not in whole and whole not in kept
    with pytest.raises(NotSignedIn):
        asks(store, kept)


def test_a_token_ends_on_its_day_or_when_revoked(store: Store) -> None:
    first = add(store, days=1)
    assert asks(store, first, after(hours=23))
    with pytest.raises(NotSignedIn):
        asks(store, first, after(days=1))
    with store.session() as session:
        revoke_token(session, "intake", "test", NOON)
    with pytest.raises(NotSignedIn):
        asks(store, first)
    assert asks(store, add(store)), "the name is free again"
    with pytest.raises(NotFound), store.session() as session:
        revoke_token(session, "other", "test", NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"may": ()},
        {"may": ("alerts.decide",)},
        {"may": ("no.such",)},
        {"scope": NOWHERE},
        {"days": 0},
        {"days": MOST_TOKEN_DAYS + 1},
    ],
)
def test_a_token_that_must_not_be_is_refused(store: Store, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        add(store, **wrong)  # type: ignore[arg-type]
    add(store)
    with pytest.raises(BadInput):
        add(store)


def test_a_permission_that_became_a_persons_alone_opens_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = add(store, scope=EVERYWHERE)
    now_people_only = Permission("claims.score", roles.PERMISSIONS["claims.score"].says, people_only=True)
    monkeypatch.setitem(roles.PERMISSIONS, "claims.score", now_people_only)
    assert asks(store, whole).permissions == set()


def test_being_used_is_written_now_and_then(store: Store) -> None:
    whole = add(store)
    with store.session() as session:
        there = machine(session, whole, NOON)
        assert there.note_after <= NOON, "it was never seen"
        note_token_seen(session, there.caller.user_id, NOON)
    with store.reading() as session:
        assert machine(session, whole, after(seconds=1)).note_after == after(seconds=60)
