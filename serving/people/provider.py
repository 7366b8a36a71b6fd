"""The office's own provider of sign-in, by OpenID Connect: code flow with PKCE, state and nonce; found by discovery.

What a sign-in rests on is checked here, whatever the provider says it wants: the issuer is the one configured, the ID
token is signed by one of its keys with a signature that has two keys, and is for us, for this sign-in, and not run out.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from authlib.integrations.base_client import BaseApp, OAuthError
from authlib.integrations.base_client.sync_app import OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from httpx import HTTPError
from joserfc.errors import JoseError

from features.errors import NotReady, NotSignedIn
from serving.people.limits import CLOCKS_APART, PROVIDER_WAIT

DISCOVERY = "/.well-known/openid-configuration"
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")


@dataclass(frozen=True)
class Started:
    """A sign-in that begins at the provider: where to send the browser, and what only we know until it comes back."""

    url: str
    state: str
    nonce: str
    verifier: str


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    """Authlib's parts, without any web framework's session: what we know is kept in the store."""

    client_cls = OAuth2Client


class Provider:
    """A provider, found at `issuer`; we are its client `client_id`, with a `secret` or without. Safe in threads."""

    def __init__(self, issuer: str, client_id: str, secret: str | None, scope: str) -> None:
        self.issuer = issuer
        self.client_id = client_id
        self._client = _Client(
            None,
            client_id=client_id,
            client_secret=secret,
            server_metadata_url=issuer.rstrip("/") + DISCOVERY,
            client_kwargs={"scope": scope, "code_challenge_method": "S256", "timeout": PROVIDER_WAIT},
        )

    def start(self, back: str) -> Started:
        """Begin a sign-in that comes back to `back`. NotReady where the provider does not answer."""
        with _answering():
            self._discover()
            begun = self._client.create_authorization_url(back)
        return Started(begun["url"], begun["state"], begun["nonce"], begun["code_verifier"])

    def claims(self, answer: Mapping[str, str], back: str, nonce: str, verifier: str) -> dict[str, Any]:
        """What the provider says of whoever came back with `answer` (the query of the address they came back to).

        NotSignedIn: the provider refused them, or what it says does not hold. NotReady: it does not answer.
        """
        if "error" in answer or not answer.get("code"):
            raise _refused("the provider did not sign them in")
        if not hmac.compare_digest(answer.get("iss", self.issuer).encode(), self.issuer.encode()):
            raise _refused("an answer of another provider")  # RFC 9207
        with _answering():
            self._discover()
            token = self._client.fetch_access_token(back, code=answer["code"], code_verifier=verifier)
            said = self._client.parse_id_token(token, nonce, self._wanted(), leeway=CLOCKS_APART)
        if not said or not said.get("sub"):
            raise _refused("an answer without an ID token")
        return dict(said)

    def _discover(self) -> None:
        """Read what the provider says of itself, once, and refuse what we do not rest on."""
        told = self._client.load_server_metadata()
        if told.get("issuer") != self.issuer:
            raise _refused("a provider that calls itself otherwise than PLUMBLINE_PROVIDER_ISSUER")
        offered = told.get("id_token_signing_alg_values_supported", ["RS256"])
        told["id_token_signing_alg_values_supported"] = [name for name in offered if name in SIGNATURES]
        if "client_secret_basic" not in told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
            told["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105  (a way, no password)

    def _wanted(self) -> dict[str, Any]:
        return {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
        }


@contextmanager
def _answering() -> Iterator[None]:
    """What goes wrong with a provider, as we tell it: never with what it sent, which is about a person."""
    try:
        yield
    except HTTPError as error:
        raise NotReady(
            "the provider of sign-in does not answer",
            found=type(error).__name__,
            expected="an answer as of OpenID Connect",
            do="try again, or have PLUMBLINE_PROVIDER_ISSUER checked",
        ) from error
    except (OAuthError, JoseError, ValueError, KeyError, RuntimeError) as error:
        raise _refused(f"an answer that does not hold ({type(error).__name__})") from error


def _refused(found: str) -> NotSignedIn:
    return NotSignedIn(
        "nobody was signed in by the provider",
        found=found,
        expected="somebody that the provider knows",
        do="begin again, or ask whoever manages accounts",
    )
