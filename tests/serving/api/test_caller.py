"""Who asks: sessions and tokens that hold; not another site's page, nor a stranger too often."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from features.errors import Forbidden, TooMany
from features.settings import Settings
from serving.api.cross_site import TOKEN, refuse_cross_site
from serving.api.deployment import Deployment
from serving.api.rates import Rates
from tests.serving.api import office

Headers = dict[str, dict[str, str]]


@pytest.mark.parametrize(
    "headers",
    [{}, {"cookie": "plumbline_session=none"}, {"authorization": "Bearer none"}, {"authorization": "Basic bGk6eA=="}],
)
def test_nobody_is_told_how_to_sign_in(client: TestClient, headers: dict[str, str]) -> None:
    response = client.get("/v1/employers", headers=headers)
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")


def test_a_role_opens_what_it_may_and_no_more(client: TestClient, north: Headers) -> None:
    assert client.get("/v1/employers", headers=north["inspector"]).status_code == 200
    response = client.get("/v1/employers", headers=north["fund_supervisor"])
    assert (response.status_code, response.json()["expected"]) == (403, "a role with employers.read")


def test_a_machine_does_what_its_token_says(client: TestClient, deployment: Deployment) -> None:
    token = office.machine(deployment.store, ["models.read"], ["north"])
    assert client.get("/v1/models", headers=token).status_code == 200
    assert client.get("/v1/employers", headers=token).status_code == 403


def asked(method: str, **headers: str) -> Request:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in {"host": "office", **headers}.items()]
    return Request(
        {"type": "http", "method": method, "scheme": "https", "path": "/", "headers": sent, "query_string": b""}
    )


def refused(request: Request, origin: str | None = None) -> bool:
    try:
        refuse_cross_site(request, "the-token", origin)
    except Forbidden:
        return True
    return False


def test_another_sites_page_changes_nothing() -> None:
    own = {TOKEN.lower(): "the-token"}
    assert not refused(asked("POST", **own))
    assert not refused(asked("POST", origin="https://office", sec_fetch_site="same-origin", **own))
    assert not refused(asked("POST", origin="https://outside", **own), "https://outside")
    assert not refused(asked("GET", origin="https://other"))
    assert refused(asked("POST", origin="https://other", **own))
    assert refused(asked("POST", origin="null", **own))
    assert refused(asked("DELETE", sec_fetch_site="cross-site", **own))
    assert refused(asked("POST", sec_fetch_site="same-site", **own))
    assert refused(asked("POST", **{TOKEN.lower(): "another"}))
    assert refused(asked("PATCH"))


def test_a_bucket_fills_steadily_and_says_how_long_to_wait() -> None:
    clock = [0.0]
    rates = Rates(60, lambda: clock[0])
    for _ in range(60):
        rates.take("li")
    with pytest.raises(TooMany) as raised:
        rates.take("li")
    assert raised.value.wait == pytest.approx(1.0)
    rates.take("wang")
    clock[0] = 1.0
    rates.take("li")
    with pytest.raises(TooMany):
        rates.take("li")


def test_strangers_of_one_address_are_told_to_wait(home: Path) -> None:
    deployment = office.opened(home)
    deployment.strangers = Rates(2)
    with office.served(deployment) as client:
        statuses = [client.get("/v1/employers", headers={"authorization": "Bearer x"}).status_code for _ in range(3)]
        assert statuses == [401, 401, 429]
        known = office.sign_in(deployment.store, "inspector", ["east"])
        assert client.get("/v1/employers", headers=known).status_code == 200
    deployment.store.close()


def test_settings_are_checked_at_the_start() -> None:
    with pytest.raises(ValueError, match="origin"):
        Settings(origin="plumbline.example/path")
