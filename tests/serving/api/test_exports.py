"""What is taken away is of the caller's regions, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io

from fastapi.testclient import TestClient

Headers = dict[str, dict[str, str]]


def rows(client: TestClient, path: str, headers: dict[str, str], **query: str) -> list[dict[str, str]]:
    response = client.get(f"/v1{path}", headers=headers, params=query)
    assert response.status_code == 200, response.text
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_watchlist_holds_the_items_that_are_seen(client: TestClient, north: Headers) -> None:
    taken = rows(client, "/watchlists/both/export", north["inspector"], language="zh")
    assert [(row["单位编号"], row["推高分值的事实"]) for row in taken] == [("e1", "一半未付"), ("e2", "一半未付")]


def test_alerts_are_masked(client: TestClient, north: Headers, everywhere: Headers) -> None:
    (one,) = rows(client, "/alert-lists/alerted/export", north["fund_supervisor"])
    assert "Li Wei" not in str(one)
    assert "110101********1234" in str(one)
    assert len(rows(client, "/alert-lists/alerted/export", everywhere["fund_supervisor"])) == 2
    assert client.get("/v1/alert-lists/none/export", headers=north["fund_supervisor"]).status_code == 404


def test_outcomes_are_the_registers_of_the_callers_regions(
    client: TestClient, north: Headers, everywhere: Headers
) -> None:
    who = north["inspector"]
    sent = {"opened_on": "2024-07-01", "trigger": "routine"}
    made = client.post("/v1/employers/e1/visits", headers=who, json=sent).json()
    found = rows(client, "/outcomes/inspections", everywhere["data_scientist"], through="2999-01-01")
    assert made["visit_id"] in [row["inspection_id"] for row in found]
    assert client.get("/v1/outcomes/inspections", headers=who).status_code == 403
