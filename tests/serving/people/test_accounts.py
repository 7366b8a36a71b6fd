"""Accounts and what is given to them: who gave it and when stays."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from features.errors import BadInput, NotFound
from serving.people.accounts import add_user, user_of
from serving.people.grants import follow_provider, give, held, roles_and_scope, said, take, wanted
from serving.people.passwords import hash_of
from serving.store.opened import Store
from serving.store.people import Grant
from tests.serving.people.conftest import NOON, PASSWORD, after


def add(store: Store, login: str, language: str = "en") -> None:
    with store.session() as session:
        add_user(session, login, "", language=language, kept=hash_of(PASSWORD), by="test", now=NOON)


def test_a_new_account_may_nothing_and_sees_nothing(store: Store) -> None:
    add(store, "Zhang")
    with store.reading() as session:
        roles, scope = roles_and_scope(held(session, user_of(session, "zhang").user_id))
    assert roles == set() and scope.regions == set()


@pytest.mark.parametrize(
    ("login", "language"), [("li", "en"), ("LI", "en"), ("a b", "en"), ("x", "en"), ("张三", "en"), ("zhang", "fr")]
)
def test_an_account_that_cannot_be_is_refused(office: Store, login: str, language: str) -> None:
    with pytest.raises(BadInput):
        add(office, login, language)


def test_who_gave_and_took_stays(office: Store) -> None:
    with office.session() as session:
        take(session, user_of(session, "li"), wanted(["inspector"], [], False), "chief", after(days=1))
    with office.session() as session:
        give(session, user_of(session, "li"), wanted(["inspector"], [], False), "deputy", after(days=2))
    with office.reading() as session:
        roles = session.scalars(select(Grant).where(Grant.kind == "role").order_by(Grant.given))
        kept = [(g.given_by, g.given, g.taken_by, g.taken) for g in roles]
    assert kept == [
        ("test", NOON, "chief", after(days=1)),
        ("deputy", after(days=2), None, None),
    ]


def test_what_is_given_twice_is_held_once(office: Store) -> None:
    with office.session() as session:
        give(session, user_of(session, "li"), wanted(["inspector"], ["north"], False), "test", NOON)
        assert said(held(session, user_of(session, "li").user_id)) == "role inspector, region north"


def test_what_nobody_has_cannot_be_taken(office: Store) -> None:
    with pytest.raises(NotFound, match="role inspector, region north"), office.session() as session:
        take(session, user_of(session, "li"), wanted(["auditor"], [], False), "test", NOON)
    with pytest.raises(BadInput):
        wanted([], [], False)


def test_the_provider_takes_only_what_it_gave(office: Store) -> None:
    with office.session() as session:
        li = user_of(session, "li")
        follow_provider(session, li, wanted(["auditor", "inspector"], ["east"], False), NOON)
        follow_provider(session, li, wanted(["auditor"], [], False), NOON)
        roles, scope = roles_and_scope(held(session, li.user_id))
    assert roles == {"inspector", "auditor"} and scope.regions == {"north"}
