"""A browser's way to the office's own provider and back, over HTTP, with a real provider in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient

from serving.api.caller import COOKIE
from serving.api.deployment import Deployment
from serving.api.sign_in import STATE
from tests.serving.api import office
from tests.serving.people.provider_process import BACK, CLIENT, SECRET, running

START = "/v1/session/provider"
OUR_SITE = {"base_url": BACK.removesuffix("/v1/session/provider/callback"), "follow_redirects": False}


@pytest.fixture(scope="module")
def deployment(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with running() as address:
        opened = office.opened(
            home,
            store=f"sqlite:///{tmp_path_factory.mktemp('provided') / 'store.db'}",
            origin=OUR_SITE["base_url"],
            provider_issuer=address,
            provider_client=CLIENT,
            provider_secret=SECRET,
        )
        yield opened
        opened.store.close()


@pytest.fixture
def browser(deployment: Deployment) -> Iterator[TestClient]:
    with office.served(deployment, **OUR_SITE) as client:
        yield client


def sent_back(browser: TestClient, person: str) -> str:
    """Where the provider sends the browser of `person`, who began here."""
    begun = browser.get(START)
    assert begun.status_code == 302 and STATE in browser.cookies
    back = httpx.get(f"{begun.headers['location']}&person={person}").headers["location"]
    assert back.startswith(BACK)
    return f"{urlsplit(back).path}?{urlsplit(back).query}"


def test_who_comes_back_is_signed_in_as_the_claims_say(browser: TestClient) -> None:
    back = sent_back(browser, "wang")
    shown = browser.get(back, headers={"sec-fetch-site": "cross-site"})
    assert shown.status_code == 200, shown.text
    assert (shown.json()["roles"], shown.json()["regions"]) == (["fund_supervisor"], ["north"])
    assert browser.get("/v1/alerts").status_code == 200
    assert STATE not in browser.cookies and COOKIE in browser.cookies
    assert browser.get(back).status_code == 401, "a sign-in comes back once"


def test_another_browser_cannot_take_it_up(browser: TestClient, deployment: Deployment) -> None:
    back = sent_back(browser, "wang")
    with office.served(deployment, **OUR_SITE) as other:
        assert other.get(back).status_code == 401
        assert COOKIE not in other.cookies


def test_whom_nothing_gives_a_role_stays_outside(browser: TestClient) -> None:
    assert browser.get(sent_back(browser, "guest")).status_code == 403
    assert COOKIE not in browser.cookies


def test_the_settings_say_the_secret_to_nobody(deployment: Deployment) -> None:
    assert SECRET not in repr(deployment.settings) + deployment.settings.model_dump_json()
