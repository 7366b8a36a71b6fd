"""The models that are served, and whether the service is ready."""

from __future__ import annotations

from fastapi.testclient import TestClient

Headers = dict[str, dict[str, str]]


def test_models_are_shown_with_their_cards(client: TestClient, north: Headers) -> None:
    shown = client.get("/v1/models", headers=north["data_scientist"]).json()
    one = next(one for one in shown["items"] if one["subject"] == "employers")
    assert (one["model_id"], one["features"], shown["refused"]) == ("event-1", ["complaints_12m"], None)
    assert client.get("/v1/models/event-1", headers=north["data_scientist"]).json() == one
    assert client.get("/v1/models/none", headers=north["data_scientist"]).status_code == 404


def test_it_is_ready_when_the_store_answers_and_models_are_there(client: TestClient) -> None:
    assert (client.get("/livez").status_code, client.get("/readyz").status_code) == (204, 204)
