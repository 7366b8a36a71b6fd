"""An office with accounts, whose passwords are hashed cheaply: what is tested is not how long that takes."""

from __future__ import annotations

import datetime as dt

import pytest
from argon2 import PasswordHasher

from serving.people import passwords
from serving.people.accounts import add_user
from serving.people.grants import give, wanted
from serving.people.passwords import hash_of
from serving.store.opened import Store

NOON = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
PASSWORD = "seven grey herons wait"
OFFICE = "192.0.2.7"


def after(**time: float) -> dt.datetime:
    return NOON + dt.timedelta(**time)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def office(store: Store) -> Store:
    """A store with the inspector Li of the north."""
    with store.session() as session:
        li = add_user(session, "li", "Li Wei", language="zh", kept=hash_of(PASSWORD), by="test", now=NOON)
        give(session, li, wanted(["inspector"], ["north"], False), "test", NOON)
    return store
