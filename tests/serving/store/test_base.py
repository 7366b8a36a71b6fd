"""Times, money and identifiers as the store keeps them."""

from __future__ import annotations

import datetime as dt
import time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError

from serving.store.base import content_id, main_unit, minor, new_id
from serving.store.opened import Store
from serving.store.settings import SettingChange


def change(at: dt.datetime) -> SettingChange:
    return SettingChange(name="a", version=1, value={"暂": 1}, because="", changed=at, changed_by="tests")


def test_a_moment_comes_back_in_utc(store: Store) -> None:
    told = dt.datetime(2024, 7, 1, 7, 30, 15, 123456, tzinfo=ZoneInfo("Asia/Shanghai"))
    with store.session() as session:
        session.add(change(told))
    with store.reading() as session:
        kept = session.get_one(SettingChange, ("a", 1)).changed
    assert kept == told and kept.isoformat() == "2024-06-30T23:30:15.123456+00:00"


def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="has a time zone"), store.session() as session:
        session.add(change(dt.datetime(2024, 7, 1)))


def test_identifiers_are_uuids_in_order_of_time() -> None:
    first = new_id()
    time.sleep(0.002)
    second = new_id()
    assert first < second and UUID(first).version == 7 and UUID(first).variant == "specified in RFC 4122"


def test_the_same_content_has_the_same_identifier() -> None:
    made = content_id(as_of=dt.date(2024, 6, 30), models={"a": 1, "b": 2})
    assert made == content_id(models={"b": 2, "a": 1}, as_of=dt.date(2024, 6, 30)) and len(made) == 32
    assert made != content_id(as_of=dt.date(2024, 6, 30), models={"a": 1, "b": 3})
    with pytest.raises(TypeError, match="no place in an identifier"):
        content_id(of={1, 2})


@pytest.mark.parametrize(("amount", "cents"), [(None, None), (0.0, 0), (1234.56, 123456), (0.29, 29), (1e11, 10**13)])
def test_money_is_kept_in_minor_units(amount: float | None, cents: int | None) -> None:
    assert minor(amount) == cents and main_unit(cents) == amount
