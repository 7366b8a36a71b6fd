"""Seeing what is masked over HTTP: of a review or a visit under way, by who may, with a reason; and the auditor sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from serving.api.deployment import Deployment
from tests.serving.api import kept, office

WHY = "calls the claimant about the account"
ALERT, EMPLOYER = "/v1/alerts/a-north/unmaskings", "/v1/employers/e1/unmaskings"


@pytest.fixture(scope="module")
def deployment(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """The office with a store of its own: what one test unmasks, another counts."""
    opened = office.opened(home, store=f"sqlite:///{tmp_path_factory.mktemp('unmasked') / 'store.db'}")
    kept.keep(opened.store)
    yield opened
    opened.store.close()


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Iterator[TestClient]:
    with office.served(deployment) as client:
        yield client


@pytest.fixture(scope="module")
def north(deployment: Deployment) -> dict[str, dict[str, str]]:
    roles = ("inspector", "fund_supervisor", "auditor", "data_scientist", "administrator")
    return {role: office.sign_in(deployment.store, role, ["north"]) for role in roles}


def asked(client: TestClient, path: str, headers: dict[str, str], *fields: str, reason: str = WHY) -> Response:
    return client.post(path, headers=headers, json={"fields": list(fields), "reason": reason})


def review(client: TestClient, headers: dict[str, str]) -> None:
    tag = client.get("/v1/alerts/a-north", headers=headers).headers["etag"]
    taken = {"act": "take"}
    assert (
        client.post("/v1/alerts/a-north/decisions", headers=headers | {"if-match": tag}, json=taken).status_code == 201
    )


def test_an_alert_under_review_is_unmasked_and_the_auditor_sees_it(client: TestClient, north: Any) -> None:
    before = asked(client, ALERT, north["fund_supervisor"], "name")
    assert (before.status_code, before.json()["detail"]) == (403, "nobody is at work on this case")
    review(client, north["fund_supervisor"])
    seen = asked(client, ALERT, north["fund_supervisor"], "name", "phone")
    assert seen.status_code == 201, seen.text
    claim, told = seen.json()["claim"], seen.json()["told"]
    assert (claim["name"], claim["phone"], told["name"]) == ("Li Wei", "13800001111", "Li Wei")
    assert (claim["person_id"], claim["account"]) == ("110101********1234", "622202******1111")
    assert asked(client, ALERT, north["fund_supervisor"], "amount").status_code == 422
    assert asked(client, ALERT, north["fund_supervisor"], "name", reason="because").status_code == 422
    (written,) = client.get("/v1/unmaskings?subject_id=a-north", headers=north["auditor"]).json()["items"]
    assert (written["fields"], written["reason"], written["kind"]) == (["name", "phone"], WHY, "alert")
    assert client.get("/v1/claims/k1", headers=north["fund_supervisor"]).json()["name"] == "L* W**"


def test_an_employer_being_visited_shows_its_ties(client: TestClient, north: Any) -> None:
    assert asked(client, EMPLOYER, north["inspector"], "director").status_code == 403
    visit = {"trigger": "complaint", "opened_on": "2024-07-01"}
    opened = client.post("/v1/employers/e1/visits", headers=north["inspector"], json=visit)
    assert opened.status_code == 201, opened.text
    seen = asked(client, EMPLOYER, north["inspector"], "director")
    assert [(tie["employer_id"], tie["value"]) for tie in seen.json()["items"]] == [("e2", "110101199001011234")]
    assert asked(client, EMPLOYER, north["inspector"], "name").status_code == 422


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("auditor", ALERT, 403), ("data_scientist", ALERT, 403), ("administrator", ALERT, 403), ("inspector", ALERT, 403),
        ("fund_supervisor", EMPLOYER, 403), ("fund_supervisor", "/v1/alerts/a-south/unmaskings", 404),
        ("inspector", "/v1/employers/e3/unmaskings", 404), ("fund_supervisor", "/v1/alerts/none/unmaskings", 404),
    ],
)  # fmt: skip
def test_nobody_else_sees_anything(client: TestClient, north: Any, role: str, path: str, status: int) -> None:
    answer = asked(client, path, north[role], "name")
    assert answer.status_code == status
    assert "Li Wei" not in answer.text


def test_only_the_auditor_of_the_region_sees_who_saw(client: TestClient, deployment: Deployment, north: Any) -> None:
    south = office.sign_in(deployment.store, "auditor", ["south"])
    assert client.get("/v1/unmaskings", headers=south).json()["items"] == []
    assert client.get("/v1/unmaskings", headers=north["fund_supervisor"]).status_code == 403
