"""Every error is answered with problem details, and says nothing of what was sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from features.errors import Busy, Conflict, TooMany
from serving.api.application import create_app
from serving.api.bodies import Sent
from serving.api.deployment import Deployment

CANARY = "Li Wei 110101199001011234"


class Asked(Sent):
    amount: int


@pytest.fixture
def raising(deployment: Deployment) -> Iterator[TestClient]:
    """The application with routes that fail."""
    app: FastAPI = create_app(deployment)

    @app.post("/raise/{kind}")
    def fail(kind: str, body: Asked) -> None:
        raise {
            "key": KeyError(CANARY),
            "busy": Busy("somebody else is writing"),
            "conflict": Conflict("changed meanwhile", present={"state": "held"}),
            "many": TooMany("too many", wait=2.5),
        }[kind]

    with TestClient(app, raise_server_exceptions=True) as client:
        yield client


def test_what_nobody_foresaw_is_a_500_that_quotes_nothing(
    raising: TestClient, capfd: pytest.CaptureFixture[str]
) -> None:
    response = raising.post("/raise/key", json={"amount": 1})
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["request_id"] == response.headers["x-request-id"]
    said = capfd.readouterr()
    assert CANARY not in response.text + said.err + said.out
    assert "Traceback" not in response.text + said.err + said.out


@pytest.mark.parametrize(
    ("kind", "status", "header"), [("busy", 503, "5"), ("conflict", 409, None), ("many", 429, "3")]
)
def test_our_errors_have_one_status_each(raising: TestClient, kind: str, status: int, header: str | None) -> None:
    response = raising.post(f"/raise/{kind}", json={"amount": 1})
    assert response.status_code == response.json()["status"] == status
    assert response.headers.get("retry-after") == header
    assert response.json().get("present") == ({"state": "held"} if kind == "conflict" else None)


@pytest.mark.parametrize(
    ("body", "status", "at"),
    [
        (b"{", 400, "body.1"),
        (b'{"amount": "x"}', 422, "body.amount"),
        (b'{"amount": 1, "extra": 2}', 422, "body.extra"),
        (b'{"amount": 1, "110101199001011234": 2}', 422, "body.(a key)"),
        (b"[]", 422, "body"),
        (b"", 422, "body"),
    ],
)
def test_bodies_that_are_not_as_declared_are_refused_by_place(
    raising: TestClient, body: bytes, status: int, at: str
) -> None:
    response = raising.post("/raise/key", content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    assert [one["at"] for one in response.json()["errors"]] == [at]
    assert "110101199001011234" not in response.text


def test_paths_and_methods_that_are_not_there(client: TestClient) -> None:
    assert client.get("/nowhere").json()["type"] == "urn:plumbline:problem:not-found"
    response = client.delete("/livez")
    assert (response.status_code, response.headers["allow"]) == (405, "GET")
    assert response.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/employers/a%00b").status_code == 422
