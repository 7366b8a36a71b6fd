"""Who asks is read again only after somebody wrote: never is anybody let in whom the store would refuse."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable

import pytest

from features.errors import NotSignedIn
from serving.jurisdiction import NOWHERE, Scope
from serving.people import asking
from serving.people.accounts import disable, user_of
from serving.people.asking import KnownCallers
from serving.people.grants import give, take, wanted
from serving.people.limits import SESSION_IDLE
from serving.people.machine_tokens import add_token, revoke_token
from serving.people.sessions import end_all, note_seen
from serving.people.sign_in import sign_in
from serving.store.opened import Store
from tests.serving.people.conftest import NOON, OFFICE, PASSWORD, after

NORTH = Scope.of(["north"])


@pytest.fixture
def known(office: Store) -> KnownCallers:
    if office.aside is None:
        pytest.skip("PostgreSQL is read with every request: it cannot tell at once that nobody wrote")
    return KnownCallers(office.aside)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was read of the store, call by call."""
    read, seen = asking.read_asking, list[object]()
    monkeypatch.setattr(asking, "read_asking", lambda *asked: (seen.append(asked), read(*asked))[1])
    return seen


def token(store: Store) -> str:
    with store.session() as session:
        return add_token(session, "intake", ["claims.score"], NORTH, 30, by="test", now=NOON)[1]


def test_is_not_read_again_while_nobody_writes(known: KnownCallers, office: Store, reads: list[object]) -> None:
    own, machine = sign_in(office, "li", PASSWORD, OFFICE, NOON), token(office)
    for _ in range(3):
        assert known.who_asks(own, None, NOON).caller.language == "zh"
        assert known.who_asks(None, machine, NOON).caller.scope == NORTH
    assert len(reads) == 2


def test_what_does_not_hold_is_not_remembered(known: KnownCallers, reads: list[object]) -> None:
    for number in (1, 2):
        with pytest.raises(NotSignedIn):
            known.who_asks("stranger", None, NOON)
        assert len(reads) == number


def test_a_machines_token_comes_first(known: KnownCallers, office: Store) -> None:
    own, machine = sign_in(office, "li", PASSWORD, OFFICE, NOON), token(office)
    assert known.who_asks(own, None, NOON).caller.session_id
    assert known.who_asks(own, machine, NOON).caller.machine
    with pytest.raises(NotSignedIn):
        known.who_asks(own, "plumbline_other", NOON)


def test_a_revoked_token_opens_nothing(known: KnownCallers, office: Store) -> None:
    whole = token(office)
    assert known.who_asks(None, whole, NOON).caller.machine
    with office.session() as session:
        revoke_token(session, "intake", "test", NOON)
    with pytest.raises(NotSignedIn):
        known.who_asks(None, whole, NOON)


ENDED: dict[str, Callable[[Store], None]] = {}


def ends_it(change: Callable[[Store], None]) -> Callable[[Store], None]:
    ENDED[change.__name__] = change
    return change


@ends_it
def its_account_is_disabled(store: Store) -> None:
    with store.session() as session:
        disable(session, user_of(session, "li"), "test", NOON)


@ends_it
def its_sessions_are_ended(store: Store) -> None:
    with store.session() as session:
        end_all(session, user_of(session, "li").user_id, NOON)


@ends_it
def another_process_ends_it(store: Store) -> None:
    ending = (
        "import sqlite3, sys; con = sqlite3.connect(sys.argv[1]); con.execute('DELETE FROM sessions'); con.commit()"
    )
    subprocess.run([sys.executable, "-c", ending, str(store.engine.url.database)], check=True)


@pytest.mark.parametrize("ended", ENDED)
def test_a_session_opens_nothing_once(ended: str, known: KnownCallers, office: Store) -> None:
    own = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    assert known.who_asks(own, None, NOON)
    ENDED[ended](office)
    with pytest.raises(NotSignedIn):
        known.who_asks(own, None, NOON)


def test_what_is_given_and_taken_counts_at_once(known: KnownCallers, office: Store) -> None:
    own = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    assert known.who_asks(own, None, NOON).caller.scope == NORTH
    north = wanted([], ["north"], False)
    with office.session() as session:
        take(session, user_of(session, "li"), north, "test", NOON)
    assert known.who_asks(own, None, NOON).caller.scope == NOWHERE
    with office.session() as session:
        give(session, user_of(session, "li"), north, "test", NOON)
    assert known.who_asks(own, None, NOON).caller.scope == NORTH


def test_what_runs_out_opens_nothing_though_nobody_wrote(known: KnownCallers, office: Store) -> None:
    own, machine = sign_in(office, "li", PASSWORD, OFFICE, NOON), token(office)
    assert known.who_asks(own, None, NOON) and known.who_asks(None, machine, NOON)
    with pytest.raises(NotSignedIn):
        known.who_asks(own, None, NOON + SESSION_IDLE)
    with pytest.raises(NotSignedIn):
        known.who_asks(None, machine, after(days=30))


def test_a_session_that_is_used_goes_on(known: KnownCallers, office: Store) -> None:
    own = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    there, later = known.who_asks(own, None, NOON), NOON + SESSION_IDLE / 2
    assert there.caller.session_id
    with office.session() as session:
        note_seen(session, there.caller.session_id, later)
    assert known.who_asks(own, None, NOON + SESSION_IDLE).ends == later + SESSION_IDLE


def test_a_transaction_that_is_not_written_yet_changes_nothing(known: KnownCallers, office: Store) -> None:
    own = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    assert known.who_asks(own, None, NOON)
    writing = sqlite3.connect(str(office.engine.url.database), isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("DELETE FROM sessions")
    assert known.who_asks(own, None, NOON)
    writing.execute("COMMIT")
    writing.close()
    with pytest.raises(NotSignedIn):
        known.who_asks(own, None, NOON)
