"""Seeing what is masked: never without a role, a region, an open case, a reason and a trace."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from features.errors import BadInput, Forbidden, NotFound, PlumblineError, TooMany
from serving.jurisdiction import EVERYWHERE, Scope
from serving.people.callers import Caller
from serving.people.limits import UNMASKINGS_AN_HOUR
from serving.people.sessions import present
from serving.people.sign_in import sign_in
from serving.people.unmasking import Case, unmask, unmaskings
from serving.store.opened import Store
from serving.store.people import Unmasking
from tests.serving.people.conftest import NOON, OFFICE, PASSWORD, after

CASE = Case("claim", "C1", "north", is_open=True)
REASON = "calls the claimant about C1"


@pytest.fixture
def li(office: Store) -> Caller:
    token = sign_in(office, "li", PASSWORD, OFFICE, NOON)
    with office.reading() as session:
        return present(session, token, NOON).caller


def kept(store: Store, scope: Scope = EVERYWHERE) -> list[Unmasking]:
    with store.reading() as session:
        found = list(session.scalars(unmaskings(scope)))
        session.expunge_all()
        return found


def test_what_was_seen_is_written_with_its_reason(office: Store, li: Caller) -> None:
    with office.session() as session:
        assert unmask(session, li, CASE, ["phone", "name"], f" {REASON} ", NOON) == {"name", "phone"}
    (one,) = kept(office)
    assert (one.user_id, one.session_id, one.kind, one.subject_id) == (li.user_id, li.session_id, "claim", "C1")
    assert (one.fields, one.reason, one.seen) == (["name", "phone"], REASON, NOON)
    assert kept(office, Scope.of(["south"])) == []


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"caller": {"permissions": frozenset()}}, Forbidden),
        ({"caller": {"session_id": None}}, Forbidden),
        ({"case": {"region": "south"}}, NotFound),
        ({"case": {"region": None}}, NotFound),
        ({"case": {"is_open": False}}, Forbidden),
        ({"reason": "because"}, BadInput),
        ({"reason": " " * 40}, BadInput),
        ({"fields": []}, BadInput),
        ({"fields": ["amount"]}, BadInput),
    ],
)
def test_nothing_is_shown_otherwise(office: Store, li: Caller, changed: Any, error: type[PlumblineError]) -> None:
    caller = dataclasses.replace(li, **changed.get("caller", {}))
    case = dataclasses.replace(CASE, **changed.get("case", {}))
    with pytest.raises(error), office.session() as session:
        unmask(session, caller, case, changed.get("fields", ["name"]), changed.get("reason", REASON), NOON)
    assert kept(office) == []


def test_copying_a_register_case_by_case_has_an_end(office: Store, li: Caller) -> None:
    with office.session() as session:
        for n in range(UNMASKINGS_AN_HOUR):
            unmask(session, li, Case("claim", f"C{n}", "north", True), ["name"], REASON, NOON)
    with pytest.raises(TooMany) as told, office.session() as session:
        unmask(session, li, CASE, ["name"], REASON, after(minutes=59))
    assert told.value.wait == pytest.approx(60)
    with office.session() as session:
        assert unmask(session, li, CASE, ["name"], REASON, after(minutes=60))


def test_what_is_rolled_back_was_not_shown(office: Store, li: Caller) -> None:
    def second_fails() -> None:
        with office.session() as session:
            unmask(session, li, CASE, ["name"], REASON, NOON)
            unmask(session, li, Case("claim", "C2", "south", True), ["name"], REASON, NOON)

    with pytest.raises(NotFound):
        second_fails()
    assert kept(office) == []
