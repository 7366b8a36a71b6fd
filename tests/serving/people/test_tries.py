"""Wrong tries: a few are free, then there are waits that grow, of the account and of the address each."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from features.errors import NotSignedIn, TooMany
from serving.people.limits import FREE_TRIES, LONGEST_WAIT, TRIES_FORGOTTEN
from serving.people.sign_in import sign_in
from serving.people.tries import count_try, forget_old, wait_after
from serving.store.opened import Store
from serving.store.people import Tries
from tests.serving.people.conftest import NOON, OFFICE, PASSWORD, after

ELSEWHERE = "203.0.113.9"
FREE = FREE_TRIES["account"]


def tried(store: Store, login: str, address: str, moment: dt.datetime, password: str = "wrong") -> None:
    with pytest.raises(NotSignedIn):
        sign_in(store, login, password, address, moment)


def test_waits_double_and_end_at_the_longest() -> None:
    waits = [wait_after(FREE + n, "account").total_seconds() for n in range(5)]
    assert waits == [0, 2, 4, 8, 16]
    assert wait_after(10_000, "account") == LONGEST_WAIT
    assert wait_after(FREE_TRIES["address"], "address") == dt.timedelta()


def test_after_the_free_tries_even_the_right_password_waits(office: Store) -> None:
    for _ in range(FREE + 1):
        tried(office, "li", ELSEWHERE, NOON)
    with pytest.raises(TooMany) as told:
        sign_in(office, "li", PASSWORD, ELSEWHERE, after(seconds=0.5))
    assert told.value.wait == pytest.approx(1.5)
    assert sign_in(office, "li", PASSWORD, ELSEWHERE, after(seconds=2))


def test_a_try_that_has_to_wait_is_not_counted(office: Store) -> None:
    for _ in range(FREE + 1):
        tried(office, "li", ELSEWHERE, NOON)
    for _ in range(20):
        with pytest.raises(TooMany):
            sign_in(office, "li", "wrong", ELSEWHERE, after(seconds=1))
    tried(office, "li", ELSEWHERE, after(seconds=2))


def test_signing_in_forgets_the_accounts_wrong_tries_but_not_the_addresss(office: Store) -> None:
    for login in ("li", "zhang", "wang", "zhao"):
        for _ in range(FREE):
            tried(office, login, OFFICE, NOON)
    assert sign_in(office, "li", PASSWORD, OFFICE, NOON)
    tried(office, "li", OFFICE, NOON)
    with pytest.raises(TooMany):
        sign_in(office, "li", PASSWORD, OFFICE, NOON)


def test_an_unknown_account_waits_like_a_known_one(office: Store) -> None:
    for _ in range(FREE + 1):
        tried(office, "nobody", ELSEWHERE, NOON)
    with pytest.raises(TooMany):
        sign_in(office, "nobody", "wrong", ELSEWHERE, NOON)


def test_nobody_elsewhere_shuts_the_owner_out_of_their_office(office: Store) -> None:
    sign_in(office, "li", PASSWORD, OFFICE, NOON)
    for n in range(FREE + 1):
        tried(office, "li", f"203.0.113.{n}", after(minutes=1))
    with pytest.raises(TooMany):
        sign_in(office, "li", PASSWORD, "203.0.113.200", after(minutes=1))
    assert sign_in(office, "li", PASSWORD, OFFICE, after(minutes=1))


def test_addresses_of_one_network_of_ipv6_are_one(office: Store) -> None:
    for n in range(FREE_TRIES["address"] + 1):
        tried(office, f"guess{n}", f"2001:db8::{n:x}", NOON)
    with pytest.raises(TooMany):
        sign_in(office, "li", PASSWORD, "2001:db8::ffff", NOON)
    assert sign_in(office, "li", PASSWORD, "2001:db8:1::1", NOON)


def test_wrong_tries_are_forgotten_in_time(office: Store) -> None:
    for _ in range(FREE + 1):
        tried(office, "li", ELSEWHERE, NOON)
    later = NOON + TRIES_FORGOTTEN + dt.timedelta(seconds=1)
    for _ in range(FREE):
        tried(office, "li", ELSEWHERE, later)
    with office.session() as session:
        forget_old(session, later + TRIES_FORGOTTEN + dt.timedelta(seconds=1))
        assert session.scalars(select(Tries)).all() == []


def test_many_at_once_are_many(office: Store) -> None:
    def one(_: int) -> bool:
        try:
            with office.session() as session:
                count_try(session, "li", ELSEWHERE, NOON)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) == FREE + 1


def test_the_store_keeps_no_name_that_was_typed(office: Store) -> None:
    tried(office, "a password typed as a name", ELSEWHERE, NOON)
    with office.reading() as session:
        assert all(len(one.key) == 64 for one in session.scalars(select(Tries)))
