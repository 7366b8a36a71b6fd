"""Signing in at a real provider, in a process of its own; and everything a sign-in rests on, by a provider that lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from sqlalchemy import select

from features.errors import BadInput, Forbidden, NotReady, NotSignedIn
from features.settings import Settings, read_settings
from serving.jurisdiction import Scope
from serving.people.accounts import add_user, disable, user_of
from serving.people.callers import Caller
from serving.people.grants import give, wanted
from serving.people.limits import SIGN_IN_STARTED
from serving.people.passwords import hash_of
from serving.people.provider import Provider
from serving.people.provider_grants import read_provider_grants
from serving.people.provider_sign_in import ProviderSignIn, provider_of
from serving.people.sessions import present
from serving.store.opened import Store
from serving.store.people import SignedIn, User
from tests.serving.people.conftest import NOON, OFFICE, PASSWORD
from tests.serving.people.provider_process import BACK, CLIENT, SECRET, running

TABLE = read_provider_grants(None)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture
def provider(address: str) -> Iterator[ProviderSignIn]:
    yield ProviderSignIn(Provider(address, CLIENT, SECRET, "openid profile"), TABLE, BACK)
    httpx.post(f"{address}/lie", content="")


def came_back(url: str, person: str) -> dict[str, str]:
    """What the browser of `person` comes back with from the provider."""
    answer = httpx.get(f"{url}&person={person}")
    assert answer.status_code == 302, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


def signed_in(store: Store, provider: ProviderSignIn, person: str) -> str:
    url, state = provider.start(store, NOON)
    return provider.finish(store, came_back(url, person), state, OFFICE, NOON)


def caller(store: Store, token: str) -> Caller:
    with store.reading() as session:
        return present(session, token, NOON).caller


def nobody(store: Store) -> bool:
    with store.reading() as session:
        return session.scalars(select(SignedIn)).all() == [] and session.scalars(select(User)).all() == []


def test_whom_the_provider_knows_has_what_its_claims_give(store: Store, provider: ProviderSignIn) -> None:
    wang = caller(store, signed_in(store, provider, "wang"))
    assert (wang.roles, wang.scope, wang.language) == ({"fund_supervisor"}, Scope.of(["north"]), "zh")
    again = caller(store, signed_in(store, provider, "wang"))
    assert again.user_id == wang.user_id and again.session_id != wang.session_id


def test_pkce_state_and_nonce_go_along(store: Store, provider: ProviderSignIn) -> None:
    url, state = provider.start(store, NOON)
    sent = dict(parse_qsl(urlsplit(url).query))
    assert sent["response_type"] == "code" and sent["code_challenge_method"] == "S256"
    assert sent["state"] == state and len(sent["code_challenge"]) == 43 and len(sent["nonce"]) >= 20


def test_an_account_of_the_same_name_is_not_taken_over(store: Store, provider: ProviderSignIn) -> None:
    with store.session() as session:
        own = add_user(session, "wang", "Wang", language="en", kept=hash_of(PASSWORD), by="test", now=NOON).user_id
    wang = caller(store, signed_in(store, provider, "wang"))
    assert wang.user_id != own
    with store.reading() as session:
        assert session.scalar(select(User.login).where(User.user_id == wang.user_id)) != "wang"


def test_what_the_office_gave_stays_and_what_the_provider_gave_follows_it(
    store: Store, provider: ProviderSignIn
) -> None:
    first = caller(store, signed_in(store, provider, "wang"))
    with store.session() as session:
        give(session, user_of(session, "wang"), wanted(["inspector"], [], False), "office", NOON)
    other = replace(provider, table=TABLE.model_copy(update={"regions_are": [], "gives": []}))
    now = caller(store, signed_in(store, other, "wang"))
    assert first.roles == {"fund_supervisor"}
    assert now.roles == {"inspector"} and now.scope.regions == set()


def test_whom_nothing_gives_a_role_is_not_signed_in(store: Store, provider: ProviderSignIn) -> None:
    with pytest.raises(Forbidden):
        signed_in(store, provider, "guest")
    assert nobody(store)


def test_a_disabled_account_is_not_signed_in(store: Store, provider: ProviderSignIn) -> None:
    signed_in(store, provider, "li")
    with store.session() as session:
        disable(session, user_of(session, "li", change=True), "test", NOON)
    with pytest.raises(Forbidden):
        signed_in(store, provider, "li")


@pytest.mark.parametrize(
    "lie",
    [
        "nonce", "no nonce", "issuer", "audience", "audience azp", "expired", "access token", "no subject",
        "other key", "unsigned", "public key as secret", "other name",
    ],
)  # fmt: skip
def test_a_lie_signs_nobody_in(store: Store, provider: ProviderSignIn, address: str, lie: str) -> None:
    httpx.post(f"{address}/lie", content=lie)
    with pytest.raises(NotSignedIn) as refused:
        signed_in(store, provider, "wang")
    assert "wang" not in str(refused.value)
    assert nobody(store)


def test_a_new_key_of_the_provider_is_found(store: Store, provider: ProviderSignIn, address: str) -> None:
    signed_in(store, provider, "wang")
    httpx.post(f"{address}/new-key")
    assert signed_in(store, provider, "wang")


def test_a_sign_in_comes_back_once(store: Store, provider: ProviderSignIn) -> None:
    url, state = provider.start(store, NOON)
    answer = came_back(url, "wang")
    assert provider.finish(store, answer, state, OFFICE, NOON)
    with pytest.raises(NotSignedIn):
        provider.finish(store, answer, state, OFFICE, NOON)


@pytest.mark.parametrize("own", [None, "", "another browser's"])
def test_a_sign_in_comes_back_to_the_browser_that_began_it(
    store: Store, provider: ProviderSignIn, own: str | None
) -> None:
    url, _ = provider.start(store, NOON)
    with pytest.raises(NotSignedIn):
        provider.finish(store, came_back(url, "wang"), own, OFFICE, NOON)
    assert nobody(store)


def test_a_sign_in_that_takes_too_long_begins_again(store: Store, provider: ProviderSignIn) -> None:
    url, state = provider.start(store, NOON)
    with pytest.raises(NotSignedIn):
        provider.finish(store, came_back(url, "wang"), state, OFFICE, NOON + SIGN_IN_STARTED)


def test_another_sign_ins_code_does_not_fit(store: Store, provider: ProviderSignIn) -> None:
    """A code stolen from one browser and put into another: PKCE and the nonce refuse it."""
    stolen = came_back(provider.start(store, NOON)[0], "wang")
    _, state = provider.start(store, NOON)
    with pytest.raises(NotSignedIn):
        provider.finish(store, {**stolen, "state": state}, state, OFFICE, NOON)


@pytest.mark.parametrize("answer", [{"error": "access_denied"}, {}, {"code": ""}, {"code": "x", "iss": "http://other"}])
def test_a_refusal_signs_nobody_in(store: Store, provider: ProviderSignIn, answer: dict[str, str]) -> None:
    _, state = provider.start(store, NOON)
    with pytest.raises(NotSignedIn):
        provider.finish(store, {**answer, "state": state}, state, OFFICE, NOON)


def test_a_provider_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(NotReady):
        ProviderSignIn(Provider("http://127.0.0.1:9", CLIENT, SECRET, "openid"), TABLE, BACK).start(store, NOON)


def test_settings_name_the_provider_or_none() -> None:
    assert provider_of(Settings()) is None
    said = {"provider_issuer": "https://id.example", "provider_client": "plumbline", "origin": "https://office.example"}
    made = provider_of(Settings(**said))
    assert made and made.back == "https://office.example/v1/session/provider/callback"
    for needed in ("provider_client", "origin"):
        with pytest.raises(BadInput):
            provider_of(Settings(**{**said, needed: None}))
    with pytest.raises(BadInput):
        read_settings(provider_issuer="http://id.example")
