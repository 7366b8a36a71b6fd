"""Settings that people change: as shipped, then as last changed, with who changed what."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from features.errors import BadInput, Conflict, NotFound
from serving.office_settings import SHIPPED, change_setting, history_of, setting_of, version_of
from serving.store.opened import Store


def change(store: Store, days: int, version: int, by: str = "a") -> None:
    with store.session() as session:
        change_setting(session, "longest_hold", {"days": days}, version, "our law", by)


def test_a_setting_is_as_shipped_until_it_is_changed_and_every_change_is_kept(store: Store) -> None:
    with store.reading() as session:
        assert (setting_of(session, "longest_hold"), version_of(session, "longest_hold")) == ({"days": 30}, 0)
    change(store, 60, 0)
    change(store, 45, 1, "b")
    with store.reading() as session:
        assert (setting_of(session, "longest_hold"), version_of(session, "longest_hold")) == ({"days": 45}, 2)
        history = [(c.version, c.value, c.because, c.changed_by) for c in history_of(session, "longest_hold")]
    assert history == [(1, {"days": 60}, "our law", "a"), (2, {"days": 45}, "our law", "b")]


def test_who_did_not_see_the_last_change_is_told_how_it_stands(store: Store) -> None:
    change(store, 60, 0)
    with pytest.raises(Conflict) as late:
        change(store, 45, 0)
    assert late.value.present == {"name": "longest_hold", "value": {"days": 60}, "version": 1}


def test_of_two_who_change_it_at_once_one_wins(store: Store) -> None:
    change(store, 10, 0)
    start = Barrier(2)

    def write(days: int) -> object:
        start.wait()
        try:
            return change(store, days, 1)
        except Conflict as late:
            return late.present["value"]

    with ThreadPoolExecutor(2) as two:
        told = list(two.map(write, (20, 40)))
    with store.reading() as session:
        assert sorted(told, key=str) == sorted([None, setting_of(session, "longest_hold")], key=str)


@pytest.mark.parametrize("value", [{}, {"days": 0}, {"days": 366}, {"days": 1.5}, {"days": True}, {"weeks": 2}])
def test_what_cannot_be_is_refused(store: Store, value: dict[str, int]) -> None:
    with pytest.raises(BadInput, match="days from 1 to 365"), store.session() as session:
        change_setting(session, "longest_hold", value, 0, "", "a")


def test_a_setting_that_nobody_declared_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound, match="longest_hold"), store.reading() as session:
        setting_of(session, "longest_wait")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_setting_says_what_it_is_in_both_languages(name: str) -> None:
    for part in SHIPPED[name].values():
        assert part["en"] and part["zh"] and part["source"] and part["least"] <= part["value"] <= part["most"]
