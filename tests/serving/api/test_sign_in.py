"""Signing in and out over HTTP, as a browser does it and as another site's page would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from serving.api.caller import COOKIE
from serving.api.cross_site import TOKEN
from serving.api.deployment import Deployment
from serving.people import passwords
from serving.people.accounts import add_user
from serving.people.grants import give, wanted
from serving.people.limits import FREE_TRIES
from serving.store.base import now
from tests.serving.api import office

PASSWORD, NEW = "seven grey herons wait", "nine quiet lamps burn"
SIGN_IN = {"login": "li", "password": PASSWORD}


@pytest.fixture
def deployment(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    """The office with a store of its own, in which the inspector Li has a password."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    opened = office.opened(home, store=f"sqlite:///{tmp_path / 'own.db'}")
    with opened.store.session() as session:
        kept = passwords.hash_of(PASSWORD)
        li = add_user(session, "li", "Li Wei", language="zh", kept=kept, by="test", now=now())
        give(session, li, wanted(["inspector"], ["north"], False), "test", now())
    yield opened
    opened.store.close()


@pytest.fixture
def browser(deployment: Deployment) -> Iterator[TestClient]:
    with office.served(deployment) as client:
        yield client


def signed_in(browser: TestClient) -> dict[str, str]:
    """The header that changes need, after signing in."""
    return {TOKEN: browser.post("/v1/session", json=SIGN_IN).json()["csrf_token"]}


def test_a_session_begins_shows_who_it_is_and_ends(browser: TestClient) -> None:
    began = browser.post("/v1/session", json=SIGN_IN)
    assert began.status_code == 201
    shown = browser.get("/v1/session").json()
    assert shown == began.json()
    assert (shown["roles"], shown["regions"], shown["language"]) == (["inspector"], ["north"], "zh")
    assert browser.get("/v1/employers").status_code == 200
    kept = browser.cookies[COOKIE]
    assert browser.delete("/v1/session", headers={TOKEN: shown["csrf_token"]}).status_code == 204
    assert COOKIE not in browser.cookies
    assert browser.get("/v1/session", headers={"cookie": f"{COOKIE}={kept}"}).status_code == 401


def test_no_script_and_no_other_site_gets_the_cookie(browser: TestClient) -> None:
    said = browser.post("/v1/session", json=SIGN_IN).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(said.split("; ")) and "Secure" not in said


def test_behind_tls_the_cookie_goes_by_tls_alone(browser: TestClient, deployment: Deployment) -> None:
    deployment.settings.origin = "https://office.example"
    assert "Secure" in browser.post("/v1/session", json=SIGN_IN).headers["set-cookie"].split("; ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"login": "li", "password": "wrong"},
        {"login": "nobody", "password": PASSWORD},
        {"login": "LI!", "password": PASSWORD},
    ],
)
def test_whoever_is_wrong_is_told_the_same(browser: TestClient, wrong: dict[str, str]) -> None:
    answer = browser.post("/v1/session", json=wrong)
    assert answer.status_code == 401
    assert answer.json()["detail"] == "the name or the password is wrong"
    assert not browser.cookies


def test_too_many_wrong_tries_are_told_how_long_to_wait(browser: TestClient) -> None:
    for _ in range(FREE_TRIES["account"] + 1):
        assert browser.post("/v1/session", json={**SIGN_IN, "password": "wrong"}).status_code == 401
    answer = browser.post("/v1/session", json=SIGN_IN)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "2")


def test_another_sites_page_cannot_sign_anybody_in_or_out(browser: TestClient) -> None:
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert browser.post("/v1/session", json=SIGN_IN, headers=foreign).status_code == 403
    header = signed_in(browser)
    assert browser.delete("/v1/session").status_code == 403
    assert browser.delete("/v1/session", headers={TOKEN: "another"}).status_code == 403
    assert browser.delete("/v1/session", headers={**header, **foreign}).status_code == 403
    assert browser.get("/v1/session").status_code == 200


def test_a_password_is_changed_and_other_sessions_end(browser: TestClient, deployment: Deployment) -> None:
    header = signed_in(browser)
    with office.served(deployment) as other:
        signed_in(other)
        changed = {"password": PASSWORD, "new": NEW}
        assert browser.put("/v1/session/password", json={**changed, "new": "short"}, headers=header).status_code == 422
        assert browser.put("/v1/session/password", json=changed, headers=header).status_code == 204
        assert browser.put("/v1/session/password", json=changed, headers=header).status_code == 401
        assert other.get("/v1/session").status_code == 401
    assert browser.get("/v1/session").status_code == 200
    assert browser.post("/v1/session", json={"login": "li", "password": NEW}).status_code == 201


HALF_A_CHARACTER = rb'{"login": "li", "password": "Canary 7 \ud800"}'


def test_what_was_typed_is_never_said_back(browser: TestClient) -> None:
    header = signed_in(browser)
    for answer in (
        browser.post("/v1/session", json={"login": "li", "password": "Canary 7 in a password"}),
        browser.post("/v1/session", json={"login": "Canary 7 typed as a name", "password": "x"}),
        browser.post("/v1/session", json={"login": "li", "password": ["Canary 7"]}),
        browser.post("/v1/session", json={"login": "li\0", "password": "Canary 7"}),
        browser.post("/v1/session", content=HALF_A_CHARACTER, headers={"content-type": "application/json"}),
        browser.put("/v1/session/password", json={"password": PASSWORD, "new": "Canary 7"}, headers=header),
    ):
        assert answer.status_code in (401, 422) and "Canary" not in answer.text


def test_a_machine_has_no_session_to_end(browser: TestClient, deployment: Deployment) -> None:
    token = office.machine(deployment.store, ["claims.score"], ["north"])
    shown = browser.get("/v1/session", headers=token).json()
    assert (shown["roles"], shown["permissions"], shown["csrf_token"]) == ([], ["claims.score"], None)
    assert browser.delete("/v1/session", headers=token).status_code == 403


def test_without_a_provider_there_is_none_to_go_to(browser: TestClient) -> None:
    for path in ("/v1/session/provider", "/v1/session/provider/callback?code=x&state=y"):
        assert browser.get(path).status_code == 404
