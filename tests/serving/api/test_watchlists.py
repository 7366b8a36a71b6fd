"""Watchlists, items and visits: of somebody's regions, and of no other."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

Headers = dict[str, dict[str, str]]


def ask(client: TestClient, path: str, headers: dict[str, str], **query: str) -> Any:
    response = client.get(f"/v1{path}", headers=headers, params=query)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_list_over_all_regions_is_seen_in_part_and_counts_that_part(
    client: TestClient, north: Headers, everywhere: Headers
) -> None:
    (own,) = ask(client, "/watchlists", north["inspector"])["items"]
    assert (own["watchlist_id"], own["places"], own["capacity"]) == ("both", 2, None)
    assert len(ask(client, "/watchlists", everywhere["inspector"])["items"]) == 2
    whole = ask(client, "/watchlists/both", everywhere["inspector"])
    assert (whole["places"], whole["capacity"]) == (3, 3)
    assert client.get("/v1/watchlists/souths", headers=north["inspector"]).status_code == 404


def test_items_come_in_the_order_asked_for_in_pages(client: TestClient, everywhere: Headers) -> None:
    def all_of(**query: str) -> list[str]:
        found, cursor = [], None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = ask(client, "/watchlists/both/items", everywhere["inspector"], limit="1", **query, **more)
            found += [one["employer_id"] for one in page["items"]]
            cursor = page["next"]
            if cursor is None:
                return found

    assert all_of() == ["e3", "e1", "e2"]
    assert all_of(sort="name") == ["e1", "e2", "e3"]
    assert all_of(arm="random") == ["e2"]


def test_sentences_come_in_the_languages_asked_for(client: TestClient, north: Headers) -> None:
    def said(**query: Any) -> dict[str, str]:
        item = ask(client, "/watchlists/both/items", north["inspector"], **query)["items"][0]
        sentence: dict[str, str] = item["told"]["reasons"][0]["sentence"]
        return sentence

    assert said(language="zh") == {"zh": "一半未付"}
    assert said(language=["zh", "en"]) == {"zh": "一半未付", "en": "half is unpaid"}
    assert said() == {"en": "half is unpaid", "zh": "一半未付"}


def test_a_cursor_of_another_list_is_refused(client: TestClient, everywhere: Headers) -> None:
    for cursor in ("x", "W10", "WzFd", "WyIxIl0", "WzFlOTld"):
        response = client.get("/v1/watchlists", headers=everywhere["inspector"], params={"cursor": cursor})
        assert response.status_code == 404, cursor


def test_a_visit_is_opened_once_and_its_outcome_entered_by_whoever_saw_the_newest(
    client: TestClient, north: Headers
) -> None:
    who = north["inspector"]
    opened = client.post("/v1/watchlists/both/items/e2/visit", headers=who, json={"opened_on": "2024-07-01"})
    assert opened.status_code == 201, opened.text
    assert (opened.json()["trigger"], opened.headers["etag"]) == ("random", '"v1"')
    path = f"/v1/visits/{opened.json()['visit_id']}"
    again = client.post("/v1/watchlists/both/items/e2/visit", headers=who, json={"opened_on": "2024-07-02"})
    assert (again.status_code, again.json()["present"]["opened_on"]) == (409, "2024-07-01")

    found = {"closed_on": "2024-07-09", "finding": "arrears", "workers_owed": 2, "amount_owed": 400000}
    assert client.put(f"{path}/outcome", headers=who, json=found).status_code == 428
    first = client.put(f"{path}/outcome", headers=who | {"if-match": '"v1"'}, json=found)
    assert (first.status_code, first.headers["etag"]) == (200, '"v2"'), first.text
    late = client.put(f"{path}/outcome", headers=who | {"if-match": '"v1"'}, json=found | {"finding": "clean"})
    assert (late.status_code, late.json()["present"]["finding"]) == (409, "arrears")
    assert [one["finding"] for one in ask(client, f"{path.removeprefix('/v1')}/entries", who)] == [None, "arrears"]


def test_a_visit_elsewhere_is_not_opened(client: TestClient, north: Headers) -> None:
    sent = {"opened_on": "2024-07-01"}
    elsewhere = client.post("/v1/watchlists/both/items/e3/visit", headers=north["inspector"], json=sent)
    unlisted = client.post("/v1/employers/e3/visits", headers=north["inspector"], json=sent | {"trigger": "routine"})
    assert (elsewhere.status_code, unlisted.status_code) == (404, 404)
