"""Signing in and out, by password or at the office's own provider, and who is signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal, TypedDict, cast

from fastapi import Depends, Query, Request, Response
from pydantic import Field, SecretStr
from starlette.responses import RedirectResponse

from features.errors import Forbidden, NotFound
from serving.api.bodies import Sent
from serving.api.caller import COOKIE, CallerIs, address
from serving.api.cross_site import refuse_cross_site
from serving.api.deployment import Deployment, Here
from serving.api.routes import Answered, resource
from serving.people.asking import who_asks
from serving.people.limits import MOST_PASSWORD, SESSION_LONGEST, SIGN_IN_STARTED
from serving.people.provider_sign_in import BACK, ProviderSignIn
from serving.people.sessions import Presence, end
from serving.people.sign_in import change_own_password, sign_in

router = resource("session")
STATE = "plumbline_sign_in"  # cookie of a browser on its way to the provider
Login = Annotated[str, Field(min_length=1, max_length=64)]
Password = Annotated[SecretStr, Field(min_length=1, max_length=MOST_PASSWORD)]
FromProvider = Annotated[str | None, Query(max_length=4000)]


class Credentials(Sent):
    """A name and its password."""

    login: Login
    password: Password


class NewPassword(Sent):
    """The password as it is, and as it should be."""

    password: Password
    new: Password


class SessionShown(Answered):
    """Who is signed in and what they may. `regions`: None is everywhere. `csrf_token` goes into the header X-CSRF-Token of
    whatever changes something; machines need none."""

    user_id: str
    roles: list[str]
    permissions: list[str]
    regions: list[str] | None
    language: str
    csrf_token: str | None
    ends: dt.datetime = Field(
        description="When the session ends if nothing more is asked with it, or the machine's token"
    )


async def stranger(request: Request, here: Here) -> str:
    """The address of somebody who is not signed in yet; Forbidden from another site's page, TooMany from one address."""
    refuse_cross_site(request, None, here.settings.origin)
    own = address(request)
    here.strangers.take(own)
    return own


async def provider(here: Here) -> ProviderSignIn:
    """The provider of sign-in; NotFound where the office has none."""
    if here.provider is None:
        raise NotFound("no provider of sign-in", expected="PLUMBLINE_PROVIDER_ISSUER", do="sign in with a password")
    return here.provider


Stranger = Annotated[str, Depends(stranger)]
AtProvider = Annotated[ProviderSignIn, Depends(provider)]


@router.post("/session", status_code=201)
def begin_session(who: Credentials, own: Stranger, here: Here, request: Request, response: Response) -> SessionShown:
    """Sign in with a name and a password; the session is in a cookie."""
    now = dt.datetime.now(dt.UTC)
    token = sign_in(here.store, who.login, who.password.get_secret_value(), own, now)
    return _begun(here, request, response, token, now)


@router.get("/session")
async def session(_: CallerIs, request: Request) -> SessionShown:
    """Who is signed in, or which machine asks."""
    return _shown(cast(Presence, request.state.asking))


@router.delete("/session", status_code=204)
def end_session(caller: CallerIs, here: Here, request: Request, response: Response) -> None:
    """Sign out: the session ends here, whatever becomes of its cookie."""
    if caller.session_id is None:
        raise _no_session()
    with here.store.session() as store:
        end(store, caller.session_id, dt.datetime.now(dt.UTC))
    response.delete_cookie(COOKIE, **_cookie(here, request))


@router.put("/session/password", status_code=204)
def change_password(passwords: NewPassword, caller: CallerIs, here: Here, request: Request) -> None:
    """Change one's own password; all one's other sessions end."""
    if caller.session_id is None:
        raise _no_session()
    old, new = passwords.password.get_secret_value(), passwords.new.get_secret_value()
    change_own_password(here.store, caller, old, new, address(request), dt.datetime.now(dt.UTC))


@router.get("/session/provider", status_code=302, response_class=RedirectResponse)
def go_to_provider(at: AtProvider, _: Stranger, here: Here, request: Request) -> Response:
    """Go to the office's own provider to sign in."""
    url, state = at.start(here.store, dt.datetime.now(dt.UTC))
    response = RedirectResponse(url, 302)
    response.set_cookie(STATE, state, int(SIGN_IN_STARTED.total_seconds()), **_cookie(here, request, BACK))
    return response


@router.get("/session/provider/callback")
def come_back(
    at: AtProvider,
    own: Stranger,
    here: Here,
    request: Request,
    response: Response,
    state: FromProvider = None,
    code: FromProvider = None,
    iss: FromProvider = None,
    error: FromProvider = None,
) -> SessionShown:
    """Come back from the provider, signed in; only it sends browsers here."""
    said = {"state": state, "code": code, "iss": iss, "error": error}
    answer: Mapping[str, str] = {name: value for name, value in said.items() if value is not None}
    now = dt.datetime.now(dt.UTC)
    token = at.finish(here.store, answer, request.cookies.get(STATE), own, now)
    response.delete_cookie(STATE, **_cookie(here, request, BACK))
    return _begun(here, request, response, token, now)


def _begun(here: Deployment, request: Request, response: Response, token: str, now: dt.datetime) -> SessionShown:
    response.set_cookie(COOKIE, token, int(SESSION_LONGEST.total_seconds()), **_cookie(here, request))
    return _shown(who_asks(here.store, token, None, now))


class CookieRules(TypedDict):
    """Where a cookie goes."""

    path: str
    httponly: bool
    samesite: Literal["lax"]
    secure: bool


def _cookie(here: Deployment, request: Request, path: str = "/") -> CookieRules:
    """A cookie that no script reads, that no other site's request carries, and that only goes by TLS where there is any."""
    tls = (here.settings.origin or str(request.url)).startswith("https:")
    return {"path": path, "httponly": True, "samesite": "lax", "secure": tls}


def _shown(asking: Presence) -> SessionShown:
    caller, regions = asking.caller, asking.caller.scope.regions
    return SessionShown(
        user_id=caller.user_id,
        roles=sorted(caller.roles),
        permissions=sorted(caller.permissions),
        regions=None if regions is None else sorted(regions),
        language=caller.language,
        csrf_token=asking.csrf,
        ends=asking.ends,
    )


def _no_session() -> Forbidden:
    return Forbidden("a machine has no session", found="a token", expected="a session", do="revoke the token instead")
