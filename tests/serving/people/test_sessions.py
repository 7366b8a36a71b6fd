"""Sessions: who asks is read with every request, and what was taken or ended counts no more."""

from __future__ import annotations

import datetime as dt

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from features.errors import BadInput, NotSignedIn
from serving.jurisdiction import EVERYWHERE, NOWHERE, Scope
from serving.people import passwords
from serving.people.accounts import disable, enable, user_of
from serving.people.grants import give, take, wanted
from serving.people.limits import SEEN_EVERY, SESSION_IDLE, SESSION_LONGEST
from serving.people.opaque import csrf_of
from serving.people.sessions import Presence, end, note_seen, present
from serving.people.sign_in import change_own_password, sign_in
from serving.store.opened import Store
from serving.store.people import SignedIn
from tests.serving.people.conftest import NOON, OFFICE, PASSWORD, after

SECOND = dt.timedelta(seconds=1)


def asks(store: Store, token: str, moment: dt.datetime = NOON) -> Presence:
    with store.reading() as session:
        return present(session, token, moment)


def refused(store: Store, token: str, moment: dt.datetime = NOON) -> None:
    with pytest.raises(NotSignedIn):
        asks(store, token, moment)


def test_who_signed_in_is_who_asks(office: Store) -> None:
    token = sign_in(office, "LI ", PASSWORD, OFFICE, NOON)
    asked = asks(office, token)
    caller = asked.caller
    assert (caller.roles, caller.scope, caller.language) == ({"inspector"}, Scope.of(["north"]), "zh")
    assert caller.may("visits.record") and not caller.may("alerts.decide")
    assert asked.csrf == csrf_of(token) != token
    refused(office, token + "x")


def test_the_store_cannot_be_read_for_a_token(office: Store) -> None:
    token = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    with office.reading() as session:
        row = session.execute(select(*SignedIn.__table__.columns)).one()
    assert not {token, csrf_of(token)} & set(row)
    refused(office, row.kept)


def test_a_session_ends_when_idle_and_in_any_case(office: Store) -> None:
    token = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    refused(office, token, NOON + SESSION_IDLE)
    moment = NOON
    while moment < NOON + SESSION_LONGEST - SECOND:
        moment = min(moment + SESSION_IDLE - SECOND, NOON + SESSION_LONGEST - SECOND)
        asked = asks(office, token, moment)
        with office.session() as session:
            note_seen(session, asked.caller.session_id or "", moment)
    refused(office, token, NOON + SESSION_LONGEST)


def test_being_seen_is_written_now_and_then(office: Store) -> None:
    token = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    assert asks(office, token, NOON + SECOND).note_after == NOON + SEEN_EVERY


def test_one_session_ends_and_the_other_goes_on(office: Store) -> None:
    one, other = (sign_in(office, "li", PASSWORD, OFFICE, NOON) for _ in range(2))
    with office.session() as session:
        end(session, asks(office, one).caller.session_id or "", NOON)
    refused(office, one)
    assert asks(office, other)


def test_a_new_password_ends_the_other_sessions(office: Store) -> None:
    mine, other = (sign_in(office, "li", PASSWORD, OFFICE, NOON) for _ in range(2))
    change_own_password(office, asks(office, mine).caller, PASSWORD, "nine quiet lamps burn", OFFICE, NOON)
    refused(office, other)
    assert asks(office, mine)
    with pytest.raises(NotSignedIn):
        sign_in(office, "li", PASSWORD, OFFICE, NOON)
    assert sign_in(office, "li", "nine quiet lamps burn", OFFICE, NOON)


def test_a_disabled_account_is_out_at_once_and_may_come_back(office: Store) -> None:
    token = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    with office.session() as session:
        disable(session, user_of(session, "li", change=True), "test", NOON)
    refused(office, token)
    with pytest.raises(NotSignedIn):
        sign_in(office, "li", PASSWORD, OFFICE, NOON)
    with office.session() as session:
        enable(user_of(session, "li", change=True))
    refused(office, token)
    assert sign_in(office, "li", PASSWORD, OFFICE, NOON)


def test_what_is_given_and_taken_counts_with_the_next_request(office: Store) -> None:
    token = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    with office.session() as session:
        give(session, user_of(session, "li"), wanted(["auditor"], ["south"], False), "test", NOON)
    assert asks(office, token).caller.roles == {"inspector", "auditor"}
    assert asks(office, token).caller.scope == Scope.of(["north", "south"])
    with office.session() as session:
        take(session, user_of(session, "li"), wanted(["inspector"], ["north", "south"], False), "test", NOON)
    assert asks(office, token).caller.roles == {"auditor"}
    assert asks(office, token).caller.scope == NOWHERE
    with office.session() as session:
        give(session, user_of(session, "li"), wanted([], [], True), "test", NOON)
    assert asks(office, token).caller.scope == EVERYWHERE


def test_a_hash_of_old_costs_is_made_again_at_sign_in(office: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    sign_in(office, "li", PASSWORD, OFFICE, NOON)
    with office.reading() as session:
        kept = user_of(session, "li").password
    assert kept and not passwords.is_outdated(kept)
    assert sign_in(office, "li", PASSWORD, OFFICE, after(minutes=1))


def test_a_password_is_changed_by_who_knows_it_and_not_to_a_bad_one(office: Store) -> None:
    caller = asks(office, sign_in(office, "li", PASSWORD, OFFICE, NOON)).caller
    with pytest.raises(NotSignedIn):
        change_own_password(office, caller, "wrong", "nine quiet lamps burn", OFFICE, NOON)
    with pytest.raises(BadInput):
        change_own_password(office, caller, PASSWORD, "short", OFFICE, NOON)
    assert sign_in(office, "li", PASSWORD, OFFICE, NOON)
