"""Employers as the registers know them, for whoever may see them."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

Headers = dict[str, dict[str, str]]


def ask(client: TestClient, path: str, headers: dict[str, str], **query: str) -> Any:
    response = client.get(f"/v1/employers{path}", headers=headers, params=query)
    assert response.status_code == 200, response.text
    return response.json()


def test_an_inspector_sees_the_employers_of_their_region_alone(client: TestClient, north: Headers) -> None:
    assert [one["employer_id"] for one in ask(client, "", north["inspector"])["items"]] == ["e1", "e2"]
    assert ask(client, "", north["inspector"], search="South")["items"] == []
    assert ask(client, "/e1", north["inspector"])["name"] == "North Mill"


def test_pages_follow_one_another(client: TestClient, everywhere: Headers) -> None:
    first = ask(client, "", everywhere["inspector"], limit="2")
    second = ask(client, "", everywhere["inspector"], limit="2", cursor=first["next"])
    assert [one["employer_id"] for one in first["items"] + second["items"]] == ["e1", "e2", "e3"]
    assert second["next"] is None


def test_months_are_what_was_known_on_the_day(client: TestClient, north: Headers) -> None:
    (month,) = ask(client, "/e1/months", north["inspector"], as_of="2024-02-05")["items"]
    assert (month["due"], month["paid"], month["unpaid_workers"]) == (900000, 0, 2)
    (month,) = ask(client, "/e1/months", north["inspector"])["items"]
    assert (month["due"], month["paid"], month["unpaid_workers"]) == (900000, 500000, 1)


def test_a_complaint_has_no_outcome_before_it_was_decided(client: TestClient, north: Headers) -> None:
    (then,) = ask(client, "/e1/complaints", north["inspector"], as_of="2024-03-31")["items"]
    (now,) = ask(client, "/e1/complaints", north["inspector"])["items"]
    assert (then["outcome"], then["amount_proven"]) == (None, None)
    assert (now["outcome"], now["amount_proven"]) == ("proven", 400000)


def test_ties_to_employers_elsewhere_are_not_there_and_shared_numbers_are_masked(
    client: TestClient, north: Headers, everywhere: Headers
) -> None:
    (tie,) = ask(client, "/e1/ties", north["inspector"])["items"]
    assert (tie["employer_id"], tie["value"]) == ("e2", "110101********1234")
    assert len(ask(client, "/e1/ties", everywhere["inspector"])["items"]) == 2


def test_a_register_that_is_not_there_is_said_not_to_be_known(client: TestClient, north: Headers) -> None:
    assert ask(client, "/e1/inspections", north["inspector"]) == {"items": [], "known": False, "left_out": 0}


@pytest.mark.parametrize("path", ["/e3", "/none", "/e3/months", "/e3/ties", "/e3/complaints"])
def test_an_employer_elsewhere_is_told_from_none_by_nobody(client: TestClient, north: Headers, path: str) -> None:
    response = client.get(f"/v1/employers{path}", headers=north["inspector"])
    assert response.status_code == 404
    assert response.json()["detail"] == "no such employer"


def test_a_day_to_come_is_refused(client: TestClient, north: Headers) -> None:
    response = client.get("/v1/employers/e1", headers=north["inspector"], params={"as_of": "2999-01-01"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
