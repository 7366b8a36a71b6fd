"""Scores at once: kept before they are answered, of the caller's regions, masked."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import ASGITransport, AsyncClient, Response

from serving.api.deployment import Deployment
from serving.online.asked import claim_of
from serving.online.claims import OnlineClaims, Wanted
from tests.serving.api import office

CLAIM = {
    "claim_id": "new", "scheme": "unemployment", "filed_at": "2024-06-30T09:00:00", "person_id": "110101199001011234",
    "name": "Li Wei", "born_on": "1990-01-01", "region": "north", "amount": 150000, "account": "6222020000001111",
}  # fmt: skip


@pytest.fixture(scope="module")
def machine(deployment: Deployment) -> dict[str, str]:
    return office.machine(deployment.store)


@pytest.fixture(scope="module")
def northern(deployment: Deployment) -> dict[str, str]:
    return office.machine(deployment.store, ["claims.score", "employers.score"], ["north"])


def score(client: TestClient, who: dict[str, str], *claims: dict[str, Any], **query: str) -> Response:
    return client.post("/v1/claims/score", headers=who, params=query, json={"claims": list(claims)})


def test_a_claim_is_scored_with_what_it_rests_on_and_can_be_asked_again(
    client: TestClient, machine: dict[str, str]
) -> None:
    (answer,) = score(client, machine, {**CLAIM, "claim_id": "again"}, language="zh").json()["items"]
    assert (answer["claim_id"], answer["known"], answer["as_of"]) == ("again", False, "2024-06-30")
    assert answer["models"] == {"duplicate": "duplicate-1"}
    assert 0 <= answer["scores"]["duplicate"]["probability"] <= 1
    assert list(answer["level_name"]) == ["zh"]
    assert client.get(f"/v1/scores/{answer['answer_id']}", headers=machine).json() == answer
    assert client.get("/v1/scores/none", headers=machine).status_code == 404


def test_a_claim_that_came_before_is_found_and_shown_masked(client: TestClient, machine: dict[str, str]) -> None:
    _, second = score(client, machine, {**CLAIM, "claim_id": "one"}, {**CLAIM, "claim_id": "two"}).json()["items"]
    assert "one" in [one["claim_id"] for one in second["candidates"]]
    shown = score(client, machine, {**CLAIM, "claim_id": "three"}).text
    assert "110101199001011234" not in shown
    assert "6222020000001111" not in shown
    assert "wei" not in shown.lower()


def test_claims_of_other_regions_are_nobodys_candidates_and_are_not_scored(
    client: TestClient, machine: dict[str, str], northern: dict[str, str]
) -> None:
    everywhere = score(client, machine, {**CLAIM, "claim_id": "four"}).json()["items"][0]
    own = score(client, northern, {**CLAIM, "claim_id": "five"}).json()["items"][0]
    assert "k2" in [one["claim_id"] for one in everywhere["candidates"]]
    assert "k2" not in [one["claim_id"] for one in own["candidates"]]
    for elsewhere in ({**CLAIM, "region": "south"}, {**CLAIM, "region": None}):
        assert score(client, northern, elsewhere).status_code == 404
    assert client.get(f"/v1/scores/{everywhere['answer_id']}", headers=northern).status_code == 200
    assert "k2" not in client.get(f"/v1/scores/{everywhere['answer_id']}", headers=northern).text


def test_an_identifier_that_is_taken_elsewhere_cannot_be_told_from_one_that_is_free(
    client: TestClient, deployment: Deployment, machine: dict[str, str], northern: dict[str, str]
) -> None:
    """Of the night (k2), and of what came in since. Nobody else's claim is replaced by it."""
    score(client, machine, {**CLAIM, "claim_id": "came", "region": "south", "person_id": "another"})
    strange = {"person_id": "nobody else", "name": "Nobody Else", "account": None}
    said = {}
    for claim_id in ("k2", "came", "free"):
        response = score(client, northern, {**CLAIM, **strange, "claim_id": claim_id})
        (answer,) = response.json()["items"]
        own = {**answer, "answer_id": "", "claim_id": ""}
        said[claim_id] = (response.status_code, own)
        again = client.get(f"/v1/scores/{answer['answer_id']}", headers=northern)
        assert (again.json(), answer["claim_id"]) == (answer, claim_id)
    assert said["k2"] == said["came"] == said["free"]
    claims = deployment.online.claims
    assert [claims.regions_of(one) for one in ("k2", "came", "free")] == [{"south"}, {"south"}, {"north"}]
    (theirs,) = score(client, machine, {**CLAIM, "claim_id": "k2"}).json()["items"]
    assert theirs["known"]


def test_many_are_scored_or_none_where_one_is_elsewhere(client: TestClient, northern: dict[str, str]) -> None:
    for unseen in ("e3", "not there"):
        sent = {"employers": [{"employer_id": "e1"}, {"employer_id": unseen}]}
        response = client.post("/v1/employers/score", headers=northern, json=sent)
        assert (response.status_code, response.json()["expected"]) == (404, "one that is there")


@pytest.mark.parametrize(
    "wrong",
    [
        {"claim_id": ""},
        {"scheme": "lottery"},
        {"filed_at": "1066-10-14T09:00:00"},
        {"filed_at": "2999-01-01T09:00:00"},
        {"amount": 10.5},
        {"amount": -1},
        {"amount": 10**18},
        {"extra": 1},
        {"name": "x" * 500},
        {"name": "\0"},
    ],
)
def test_what_no_register_would_take_is_refused(
    client: TestClient, machine: dict[str, str], wrong: dict[str, Any]
) -> None:
    assert score(client, machine, {**CLAIM, **wrong}).status_code == 422


def test_as_many_as_the_service_takes_at_once(client: TestClient, machine: dict[str, str]) -> None:
    many = [{**CLAIM, "claim_id": f"many-{number}", "person_id": str(number)} for number in range(100)]
    sent = {"claims": many, "reasons": False}
    answer = client.post("/v1/claims/score", headers=machine, json=sent)
    assert [one["claim_id"] for one in answer.json()["items"]] == [one["claim_id"] for one in many]
    assert client.post("/v1/claims/score", headers=machine, json={"claims": [*many, CLAIM]}).status_code == 422


def test_an_employer_is_scored_as_it_is_and_as_it_might_be(client: TestClient, northern: dict[str, str]) -> None:
    def answers(*employers: dict[str, Any]) -> Response:
        return client.post("/v1/employers/score", headers=northern, json={"employers": list(employers)})

    as_it_is, otherwise = answers(
        {"employer_id": "e1"}, {"employer_id": "e1", "changes": {"complaints_12m": 90}}
    ).json()["items"]
    assert otherwise["changes"] == {"complaints_12m": 90}
    assert otherwise["scores"]["event"]["probability"] > as_it_is["scores"]["event"]["probability"]
    assert answers({"employer_id": "e3"}).status_code == 404
    assert answers({"employer_id": "e1", "changes": {"shoe_size": 1}}).status_code == 422
    assert answers({"employer_id": "e1", "changes": {"complaints_12m": -5}}).status_code == 422


def test_a_role_that_scores_no_claims_reads_no_claims_score(
    client: TestClient, machine: dict[str, str], everywhere: dict[str, dict[str, str]]
) -> None:
    (answer,) = score(client, machine, {**CLAIM, "claim_id": "read"}).json()["items"]
    assert client.get(f"/v1/scores/{answer['answer_id']}", headers=everywhere["inspector"]).status_code == 403


def test_others_are_answered_between_the_claims_of_a_batch(
    client: TestClient, machine: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = {"claims": [{**CLAIM, "claim_id": f"of a batch {number}"} for number in range(8)]}
    happened: list[str] = []
    begin = OnlineClaims.begin

    def noted(online: OnlineClaims, wanted: list[Wanted]) -> Any:
        happened.extend(["a claim"] * len(wanted))
        return begin(online, wanted)

    async def ask(name: str, method: str, path: str, **asked: Any) -> None:
        assert (await http.request(method, path, headers=machine, **asked)).is_success
        happened.append(name)

    async def both() -> None:
        scoring = asyncio.create_task(ask("the batch", "POST", "/v1/claims/score", json=batch))
        while not scoring.done():
            await asyncio.sleep(0.001)
            await ask("a probe", "GET", "/livez")
        await scoring

    monkeypatch.setattr(OnlineClaims, "begin", noted)
    http = AsyncClient(transport=ASGITransport(client.app), base_url="http://office")
    asyncio.run(both())
    within = happened[happened.index("a claim") : happened.index("the batch")]
    assert within.count("a claim") == 8
    assert "a probe" in within[: len(within) - within[::-1].index("a claim")]


def test_an_identifier_that_is_taken_elsewhere_while_a_batch_is_scored_stays_theirs(
    client: TestClient, deployment: Deployment, northern: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    claims, begin = deployment.online.claims, OnlineClaims.begin
    theirs = {**CLAIM, "claim_id": "soon theirs", "region": "south", "person_id": "one of them"}

    def and_theirs_comes(online: OnlineClaims, wanted: list[Wanted]) -> Any:
        if wanted[0].claim["claim_id"] == "the first":
            begin(online, [Wanted(claim_of(theirs))])[0][1].result()
        return begin(online, wanted)

    monkeypatch.setattr(OnlineClaims, "begin", and_theirs_comes)
    own = [{**CLAIM, "claim_id": name, "person_id": "nobody else"} for name in ("the first", "soon theirs")]
    assert score(client, northern, *own).status_code == 200
    assert claims.regions_of("soon theirs") == {"south"}
