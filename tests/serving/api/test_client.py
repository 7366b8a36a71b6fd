"""The client in Python: pages, changes that name their version, refusals that say why."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from serving.api.deployment import Deployment
from serving.client import Client, Refused
from tests.serving.api import office


@pytest.fixture
def machine(client: TestClient, deployment: Deployment) -> Client:
    token = office.machine(deployment.store, regions=["north", "south"])["Authorization"].removeprefix("Bearer ")
    return Client("http://testserver", token, client._transport)


def test_each_row_of_a_list_comes_page_after_page(machine: Client) -> None:
    assert [one["employer_id"] for one in machine.each("/v1/employers", limit=1)] == ["e1", "e2", "e3"]
    assert machine.get("/v1/employers/e1")["name"] == "North Mill"
    assert machine.export("/v1/watchlists/both/export").startswith("\ufeff".encode())


def test_a_refusal_says_what_to_do(machine: Client) -> None:
    with pytest.raises(Refused, match=r"404: no such employer") as refused:
        machine.get("/v1/employers/none")
    assert len(refused.value.problem["request_id"]) == 32
    with pytest.raises(Refused, match="403"):
        machine.decide("a-north", "take")
