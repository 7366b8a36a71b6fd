"""What was told of an alert names nothing outside the regions of whoever looks, and its numbers stay as they are."""

from __future__ import annotations

from typing import Any

import pytest

from serving.alerts.seen import seen_in
from serving.jurisdiction import EVERYWHERE, Scope
from serving.store.opened import Store
from tests.serving.api import kept

NORTH = Scope.of(["north"])
SHARES = [["account", "622202******1111"], ["employer by agent", "9133******01 a**1"]]


def month(employer_id: str, region: str | None) -> dict[str, Any]:
    return {"month": "2024-01-01", "employer_id": employer_id, "region": region, "register": "payroll", "wage": 3000.0}


RECORD: dict[str, Any] = {
    "claim_id": "k1", "cluster_id": "k1", "expected_loss": 4000.0,
    "reasons": [{"name": "persons_of_account", "value": 12, "sentence": {"en": "12 persons", "zh": "12人"}}],
    "companions": [
        {"claim_id": "k2", "region": "south", "shares": SHARES},
        {"claim_id": "k3", "region": "north", "shares": SHARES},
    ],
    "companions_in_all": 2,
    "other": {"claim_id": "k2", "probability": 0.9},
    "work": [month("e1", "north"), month("e3", "south"), month("e9", None)],
    "news": {"en": "claim k2 became known", "zh": "获知申领k2"},
    "news_of": {"claim_id": "k2", "unnamed": {"en": "a claim became known", "zh": "获知一申领"}},
}  # fmt: skip


@pytest.fixture
def office(store: Store) -> Store:
    kept.keep(store)
    return store


def seen(store: Store, scope: Scope, **others: object) -> dict[str, Any]:
    with store.reading() as session:
        return seen_in(session, scope, {**RECORD, **others})


def test_numbers_rest_on_the_whole_province_and_nobody_outside_is_named(office: Store) -> None:
    told = seen(office, NORTH)
    assert (told["reasons"], told["expected_loss"]) == (RECORD["reasons"], 4000.0)
    assert [one["claim_id"] for one in told["companions"]] == ["k3"]
    assert (told["companions_in_all"], told["other"]) == (1, None)
    assert told["news"] == {"en": "a claim became known", "zh": "获知一申领"}
    assert "k2" not in str(told)


def test_a_month_at_work_of_an_employer_outside_says_so_instead_of_its_name(office: Store) -> None:
    own, *outside = seen(office, NORTH)["work"]
    assert own == month("e1", "north")
    for one in outside:
        assert (one["employer_id"], one["region"], one["wage"]) == (None, None, 3000.0)
        assert one["elsewhere"] == {"en": "an employer outside your regions", "zh": "辖区外的单位"}


def test_of_an_employer_that_ties_a_companion_only_the_agent_is_shown(office: Store) -> None:
    (companion,) = seen(office, NORTH)["companions"]
    assert companion["shares"] == [["account", "622202******1111"], ["employer by agent", "* a**1"]]


def test_what_is_in_the_scope_is_named(office: Store) -> None:
    told = seen(office, Scope.of(["north", "south"]))
    assert (told["companions_in_all"], told["other"]["claim_id"]) == (2, "k2")
    assert told["news"] == RECORD["news"]


def test_whoever_sees_everywhere_sees_it_as_it_was_told(office: Store) -> None:
    assert seen(office, EVERYWHERE) == {name: value for name, value in RECORD.items() if name != "news_of"}
