"""A provider of OpenID Connect in a process of its own: Authlib's server on Flask, with discovery, keys and PKCE.

`python -m tests.serving.people.provider_process PORT`. It signs in whoever `person` names, and lies where it is told to
(`POST /lie`), so that each thing a sign-in rests on can be shown to be checked.
"""

from __future__ import annotations

import hmac
import json
import os
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, Response, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET, BACK = "plumbline", "only between us", "http://127.0.0.1/v1/session/provider/callback"
PEOPLE: dict[str, dict[str, Any]] = {
    "wang": {"sub": "w-1", "preferred_username": "wang", "name": "王芳", "locale": "zh-CN", "roles": ["fund_supervisor"], "regions": ["north"]},
    "li": {"sub": "l-1", "preferred_username": "li", "name": "Li", "roles": ["auditor"], "regions": ["south"]},
    "guest": {"sub": "g-1", "preferred_username": "guest", "roles": []},
}  # fmt: skip


@dataclass
class Client:
    client_id: str = CLIENT
    scopes: tuple[str, ...] = ("openid", "profile")

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return BACK

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(one for one in scope.split() if one in self.scopes)

    def check_redirect_uri(self, uri: str) -> bool:
        return uri == BACK

    def check_client_secret(self, secret: str) -> bool:
        return secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


@dataclass
class Code:
    code: str
    person: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class State:
    issuer: str
    key: RSAKey = field(default_factory=lambda: new_key("1"))
    lie: str = ""
    codes: dict[str, Code] = field(default_factory=dict)


def new_key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "alg": "RS256", "use": "sig"})


class Grant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

    def save_authorization_code(self, code: str, request: Any) -> None:
        said = request.payload.data
        state().codes[code] = Code(
            code, request.user, request.payload.redirect_uri, request.payload.scope, said.get("nonce"),
            said.get("code_challenge"), said.get("code_challenge_method"),
        )  # fmt: skip

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return state().codes.get(code)

    def delete_authorization_code(self, code: Code) -> None:
        state().codes.pop(code.code, None)

    def authenticate_user(self, code: Code) -> str:
        return code.person


class IdToken(OpenIDCode):
    def exists_nonce(self, nonce: str, request: Any) -> bool:
        return any(code.nonce == nonce for code in state().codes.values())

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        return state().key

    def get_client_algorithm(self, client: Client) -> str:
        return "RS256"

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": "RS256", "kid": str(state().key.kid)}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": state().issuer, "aud": [client.client_id]}

    def generate_user_info(self, user: str, scope: str) -> UserInfo:
        return UserInfo(PEOPLE[user])

    def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
        true = super().encode_id_token(token, request)
        claims = dict(jwt.decode(true, state().key).claims)
        return lied(claims, true, state())


def lied(claims: dict[str, Any], true: str, own: State) -> str:
    """The ID token, false in the way it was told to be."""
    header = {"alg": "RS256", "kid": str(own.key.kid)}
    changed = {
        "nonce": {"nonce": "another"},
        "no nonce": {"nonce": None},
        "issuer": {"iss": "http://127.0.0.1:1"},
        "audience": {"aud": ["another"]},
        "audience azp": {"aud": ["another"], "azp": CLIENT},
        "expired": {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
        "access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        "no subject": {"sub": None},
    }.get(own.lie, {})
    claims = {name: value for name, value in {**claims, **changed}.items() if value is not None}
    if own.lie == "other key":
        return jwt.encode(header, claims, new_key(str(own.key.kid)))
    if own.lie == "unsigned":
        return jwt.encode({"alg": "none"}, claims, None, ["none"])
    if own.lie == "public key as secret":
        return signed_by_hand({"alg": "HS256", "kid": str(own.key.kid)}, claims, own.key.as_pem(private=False))
    return jwt.encode(header, claims, own.key) if changed else true


def signed_by_hand(header: dict[str, Any], claims: dict[str, Any], secret: bytes) -> str:
    """No library signs with a key that everybody knows."""
    parts = ".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
    return f"{parts}.{_encoded(hmac.digest(secret, parts.encode(), 'sha256'))}"


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


app = Flask("provider")
app.config["OAUTH2_REFRESH_TOKEN_GENERATOR"] = False
server = AuthorizationServer(app, query_client=lambda name: Client() if name == CLIENT else None,
                             save_token=lambda token, request: None)  # fmt: skip
server.register_grant(Grant, [IdToken(require_nonce=True), CodeChallenge(required=True)])


def state() -> State:
    return app.extensions["state"]


@app.get("/.well-known/openid-configuration")
def discovery() -> Response:
    own = state()
    return jsonify(
        issuer=own.issuer if own.lie != "other name" else own.issuer + "/other",
        authorization_endpoint=f"{own.issuer}/authorize",
        token_endpoint=f"{own.issuer}/token",
        jwks_uri=f"{own.issuer}/keys",
        response_types_supported=["code"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256", "HS256", "none"],
        code_challenge_methods_supported=["S256"],
        token_endpoint_auth_methods_supported=["client_secret_basic"],
    )


@app.get("/keys")
def keys() -> Response:
    return jsonify(KeySet([state().key]).as_dict(private=False))


@app.get("/authorize")
def authorize() -> Any:
    """As after a form in which `person` was typed."""
    person = request.args.get("person")
    grant = server.get_consent_grant(end_user=person)
    return server.create_authorization_response(grant_user=person if person in PEOPLE else None, grant=grant)


@app.post("/token")
def token() -> Any:
    return server.create_token_response()


@app.post("/lie")
def lie() -> Response:
    state().lie = request.get_data(as_text=True)
    return jsonify(state().lie)


@app.post("/new-key")
def rotate() -> Response:
    state().key = new_key(str(int(state().key.kid or 0) + 1))
    return jsonify(state().key.kid)


@contextmanager
def running() -> Iterator[str]:
    """The address of a provider of our own, in a process of its own, while the block lasts."""
    run = [sys.executable, "-m", "tests.serving.people.provider_process", "0"]
    with subprocess.Popen(
        run, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


if __name__ == "__main__":
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback
    serving = make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True)
    app.extensions["state"] = State(f"http://127.0.0.1:{serving.port}")
    print(serving.port, flush=True)
    serving.serve_forever()
