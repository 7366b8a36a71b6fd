"""Accounts over HTTP: for who looks after them and who audits, of their regions."""

from __future__ import annotations

from fastapi.testclient import TestClient

from serving.api.application import ROUTERS
from serving.api.deployment import Deployment
from serving.people.roles import PERMISSIONS
from tests.serving.api import office

Headers = dict[str, dict[str, str]]


def logins(client: TestClient, headers: dict[str, str]) -> set[str]:
    return {one["login"] for one in client.get("/v1/people?limit=100", headers=headers).json()["items"]}


def test_accounts_are_seen_by_who_sees_one_of_their_regions(
    client: TestClient, deployment: Deployment, north: Headers, everywhere: Headers
) -> None:
    office.sign_in(deployment.store, "inspector", ["north", "south"])
    office.sign_in(deployment.store, "inspector", ["south"])
    office.sign_in(deployment.store, "inspector", [])
    seen, all_there = logins(client, north["auditor"]), logins(client, everywhere["administrator"])
    assert {"inspector.north", "inspector.north-south", "inspector.everywhere"} <= seen
    assert not {"inspector.south", "inspector."} & seen
    assert {"inspector.south", "inspector."} <= all_there
    listed = client.get("/v1/people?limit=100", headers=north["auditor"]).json()["items"]
    assert all(one["regions"] == ["north"] for one in listed)
    assert "argon2" not in str(listed)


def test_what_was_given_is_told_of_the_callers_regions(
    client: TestClient, deployment: Deployment, north: Headers
) -> None:
    office.sign_in(deployment.store, "auditor", ["north", "east"])
    listed = client.get("/v1/people?limit=100", headers=north["auditor"]).json()["items"]
    who = next(one["user_id"] for one in listed if one["login"] == "auditor.north-east")
    given = client.get(f"/v1/people/{who}/grants", headers=north["auditor"]).json()["items"]
    assert {(one["kind"], one["value"]) for one in given} == {("role", "auditor"), ("region", "north")}
    assert client.get("/v1/people/nobody/grants", headers=north["auditor"]).status_code == 404
    assert client.get("/v1/people", headers=north["inspector"]).status_code == 403


def test_tokens_are_listed_without_what_they_are(client: TestClient, deployment: Deployment, north: Headers) -> None:
    token = office.machine(deployment.store, ["claims.read"], ["north", "west"])
    office.machine(deployment.store, ["claims.read"], ["west"])
    answer = client.get("/v1/tokens", headers=north["auditor"])
    assert token["Authorization"].removeprefix("Bearer ") not in answer.text
    assert [one["regions"] for one in answer.json() if one["permissions"] == ["claims.read"]] == [["north"]]


def test_every_permission_opens_something() -> None:
    """What nothing asks for would be a promise on the page of roles that nobody keeps."""
    asked = {
        getattr(dependency.call, "permission", None)
        for router in ROUTERS
        for route in router.routes
        for dependency in route.dependant.dependencies  # type: ignore[attr-defined]
    }
    beside = {"alerts.decide", "alerts.hold"}  # asked for within a route: which act it is
    assert asked - {None} <= PERMISSIONS.keys()
    assert PERMISSIONS.keys() - asked <= beside
