"""Who asks: a person with a session's cookie, or a machine with a token. Whoever is neither is a stranger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer

from features.errors import NotSignedIn
from serving.api.cross_site import refuse_cross_site
from serving.api.deployment import Deployment, Here
from serving.people.callers import Caller
from serving.people.machine_tokens import machine, note_token_seen
from serving.people.sessions import not_signed_in, note_seen, present

COOKIE = "plumbline_session"
BEARER = HTTPBearer(auto_error=False, description="A machine's token: `plumbline tokens add`")
SESSION = APIKeyCookie(name=COOKIE, auto_error=False, description="A person's session: POST /v1/session")


def signed_in(request: Request, here: Here) -> Caller:
    """Who asks, as a dependency. NotSignedIn; TooMany: strangers of one address, or one caller, ask too often."""
    now = dt.datetime.now(dt.UTC)
    try:
        caller = _machine(request, here, now) if "authorization" in request.headers else _person(request, here, now)
    except NotSignedIn:
        here.strangers.take(address(request))
        raise
    here.callers.take(caller.user_id)
    request.state.caller = caller.user_id  # in the log: who asked, by the identifier of the account
    return caller


CallerIs = Annotated[Caller, Depends(signed_in)]


def permitted(permission: str) -> Callable[[Caller], Caller]:
    """A dependency: the caller, who may do this. Forbidden otherwise. The page of routes reads `permission` of it."""

    def allowed(caller: CallerIs) -> Caller:
        caller.must(permission)
        return caller

    allowed.permission = permission  # type: ignore[attr-defined]
    return allowed


def address(request: Request) -> str:
    """Where the request comes from: the client, or what the proxy in front of the service says of it."""
    return request.client.host if request.client else "unknown"


def _machine(request: Request, here: Deployment, now: dt.datetime) -> Caller:
    kind, _, token = request.headers["authorization"].partition(" ")
    if kind.lower() != "bearer" or not token:
        raise not_signed_in()
    with here.store.reading() as session:
        caller, stale = machine(session, token, now)
    if stale:
        with here.store.session() as session:
            note_token_seen(session, caller.user_id, now)
    return caller


def _person(request: Request, here: Deployment, now: dt.datetime) -> Caller:
    token = request.cookies.get(COOKIE)
    if not token:
        raise not_signed_in()
    with here.store.reading() as session:
        presence = present(session, token, now)
    refuse_cross_site(request, presence.csrf, here.settings.origin)
    if presence.stale and presence.caller.session_id:
        with here.store.session() as session:
            note_seen(session, presence.caller.session_id, now)
    return presence.caller
