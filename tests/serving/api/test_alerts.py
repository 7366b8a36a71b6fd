"""Alerts and what is done with them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fastapi.testclient import TestClient

from serving.api.deployment import Deployment
from serving.store.alerts import Hold
from tests.serving.api import kept, office

Headers = dict[str, dict[str, str]]


def test_an_alert_shows_its_evidence_masked_and_nothing_of_other_regions(client: TestClient, north: Headers) -> None:
    response = client.get("/v1/alerts/a-north", headers=north["fund_supervisor"])
    told = response.json()["told"]
    assert (told["person"], told["name"]) == ("110101********1234", "L* W**")
    assert (told["other"], told["companions"], told["companions_in_all"]) == (None, [], 0)
    assert "Li Wei" not in response.text
    assert client.get("/v1/alerts/a-south", headers=north["fund_supervisor"]).status_code == 404


def test_what_an_alert_names_elsewhere_is_told_without_its_name(client: TestClient, north: Headers) -> None:
    response = client.get("/v1/alerts/a-north?language=zh", headers=north["fund_supervisor"])
    told = response.json()["told"]
    assert [(one["employer_id"], one.get("elsewhere")) for one in told["work"]] == [
        ("e1", None),
        (None, {"zh": "辖区外的单位"}),
    ]
    assert told["news"] == {"zh": "获知另一申领"}
    assert "news_of" not in told


def test_a_fact_that_was_not_told_is_refused_without_naming_what_lies_elsewhere(
    client: TestClient, north: Headers, everywhere: Headers
) -> None:
    asked = {"act": "take", "facts": ["hearsay"]}
    expected = {
        who: client.post("/v1/alerts/a-north/decisions", headers=headers | {"if-match": '"v1"'}, json=asked).json()
        for who, headers in (("north", north["fund_supervisor"]), ("all", everywhere["fund_supervisor"]))
    }
    assert expected["north"]["expected"] == "news, same_account, work"
    assert expected["all"]["expected"] == "companions, news, other, same_account, work"


def test_whoever_sees_everywhere_sees_the_other_record(client: TestClient, everywhere: Headers) -> None:
    told = client.get("/v1/alerts/a-north", headers=everywhere["fund_supervisor"]).json()["told"]
    assert told["other"]["claim_id"] == "k2"
    assert told["other"]["fields"] == [{"field": "name", "this": "L* W**", "other": "L* W**"}]


def test_what_may_be_done_is_what_the_role_may(client: TestClient, north: Headers) -> None:
    def may(role: str) -> list[str]:
        found: list[str] = client.get("/v1/alerts/a-north", headers=north[role]).json()["may_be_done"]
        return found

    assert "hold" in may("fund_supervisor")
    assert may("auditor") == []


def test_two_supervisors_decide_one_alert_and_one_wins(client: TestClient, deployment: Deployment) -> None:
    first, second = (office.sign_in(deployment.store, "fund_supervisor", ["south", place]) for place in ("x", "y"))
    seen = client.get("/v1/alerts/a-south", headers=first).headers["etag"]
    path, found = "/v1/alerts/a-south/decisions", [{"claim_id": "k2", "finding": "fraud", "amount_lost": 150000}]
    decided = {"act": "decide", "findings": found, "facts": ["same_account"], "note": "paid twice"}
    won = client.post(path, headers=first | {"if-match": seen}, json=decided)
    assert won.status_code == 201, won.text
    lost = client.post(path, headers=second | {"if-match": seen}, json=decided)
    assert (lost.status_code, lost.json()["present"]["state"]) == (409, "decided")
    made = client.get(path, headers=second).json()
    assert [one["act"] for one in made] == ["decide"]
    listed = client.get("/v1/decisions", headers=second).json()["items"]
    assert [one["decision_id"] for one in listed] == [made[0]["decision_id"]]


def test_a_hold_that_has_passed_is_shown_and_counted_as_lapsed_though_nothing_ran(
    client: TestClient, deployment: Deployment
) -> None:
    today = dt.datetime.now(dt.UTC).date()
    who = office.sign_in(deployment.store, "fund_supervisor", ["west"])
    ends = {"a-passed": today - dt.timedelta(days=1), "a-lasting": today}
    with deployment.store.session() as session:
        for alert_id, until in ends.items():
            session.add(kept.alert(alert_id, f"claim of {alert_id}", "west", state="held", opened_on=today))
            session.flush()
            about = {"alert_id": alert_id, "claim_id": f"claim of {alert_id}", "region": "west"}
            session.add(Hold(hold_id=alert_id, starts_on=kept.DAY, until=until, because="x", held_by="y", **about))

    def listed(state: str) -> list[str]:
        found = client.get("/v1/alerts", headers=who, params={"state": state}).json()["items"]
        return [one["alert_id"] for one in found]

    assert (listed("held"), listed("in_review")) == (["a-lasting"], ["a-passed"])
    alert = client.get("/v1/alerts/a-passed", headers=who).json()
    assert (alert["state"], alert["may_be_done"]) == ("in_review", ["hold", "decide"])
    for path in ("/v1/alerts/a-passed/decisions", "/v1/decisions"):
        made = client.get(path, headers=who).json()
        made = made if isinstance(made, list) else made["items"]
        assert [(one["act"], one["decided_by"]) for one in made] == [("lapse", "clock")]


def test_a_role_that_decides_nothing_is_refused(client: TestClient, north: Headers) -> None:
    response = client.post(
        "/v1/alerts/a-north/decisions", headers=north["data_scientist"] | {"if-match": '"v1"'}, json={"act": "take"}
    )
    assert (response.status_code, response.json()["expected"]) == (403, "a role with alerts.decide")


def test_a_claim_is_shown_masked(client: TestClient, north: Headers) -> None:
    shown = client.get("/v1/claims/k1", headers=north["fund_supervisor"]).json()
    assert (shown["person_id"], shown["account"], shown["amount"]) == ("110101********1234", "622202******1111", 150000)
    assert client.get("/v1/claims/k2", headers=north["fund_supervisor"]).status_code == 404
    (scored,) = client.get("/v1/claims", headers=north["fund_supervisor"]).json()["items"]
    assert (scored["claim_id"], scored["duplicate"], scored["fraud"]) == ("k1", 0.7, None)


def test_what_a_claim_names_elsewhere_is_left_out_and_said_to_be(
    client: TestClient, north: Headers, everywhere: Headers
) -> None:
    def shown(path: str, who: Headers) -> dict[str, Any]:
        response = client.get(f"/v1/claims/k1{path}?language=en", headers=who["fund_supervisor"])
        told: dict[str, Any] = response.json()
        return told

    own, (review,) = shown("", north), shown("/reviews", north)["items"]
    outside = {"en": "an employer outside your regions"}
    assert (own["employer_id"], own["elsewhere"]) == (None, {"employer_id": outside})
    assert (review["duplicate_of"], review["elsewhere"]) == (
        None,
        {"duplicate_of": {"en": "a claim outside your regions"}},
    )
    whole, (reviewed,) = shown("", everywhere), shown("/reviews", everywhere)["items"]
    assert (whole["employer_id"], whole["elsewhere"], reviewed["duplicate_of"]) == ("e3", {}, "k2")
