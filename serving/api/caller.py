"""Who asks: a person with a session's cookie, or a machine with a token. Whoever is neither is a stranger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.concurrency import run_in_threadpool

from features.errors import NotSignedIn
from serving.api.cross_site import refuse_cross_site
from serving.api.deployment import Deployment, Here
from serving.people.asking import note_asking, who_asks
from serving.people.callers import Caller
from serving.people.sessions import Presence, not_signed_in

COOKIE = "plumbline_session"
BEARER = HTTPBearer(auto_error=False, description="A machine's token: `plumbline tokens add`")
SESSION = APIKeyCookie(name=COOKIE, auto_error=False, description="A person's session: POST /v1/session")
# read by nobody here: so that the document of the service says how one signs in
Shown = Annotated[object, Depends(BEARER)]
Cookied = Annotated[object, Depends(SESSION)]


async def signed_in(request: Request, here: Here, _: Shown, __: Cookied) -> Caller:
    """Who asks, as a dependency. NotSignedIn; Forbidden: by another site's page; TooMany: a caller, or strangers of one
    address, ask too often."""
    try:
        asking = await _asking(here, request.cookies.get(COOKIE), _token(request))
    except NotSignedIn:
        here.strangers.take(address(request))
        raise
    if asking.csrf is not None:
        refuse_cross_site(request, asking.csrf, here.settings.origin)
    here.callers.take(asking.caller.user_id)
    request.state.asking = asking
    request.state.caller = asking.caller.user_id  # in the log: who asked, by the identifier of the account
    return asking.caller


async def _asking(here: Deployment, session_token: str | None, machine_token: str | None) -> Presence:
    """`who_asks`. What is at hand is read here: to hand a fifth of a millisecond's work to a thread costs more than it."""
    now = dt.datetime.now(dt.UTC)
    if here.known is None:
        return await run_in_threadpool(who_asks, here.store, session_token, machine_token, now)
    asking = here.known.who_asks(session_token, machine_token, now)
    if now >= asking.note_after:
        await run_in_threadpool(note_asking, here.store, asking.caller, now)
    return asking


CallerIs = Annotated[Caller, Depends(signed_in)]


def permitted(permission: str) -> Callable[[Caller], Coroutine[Any, Any, Caller]]:
    """A dependency: the caller, who may do this. Forbidden otherwise. The page of routes reads `permission` of it."""

    async def allowed(caller: CallerIs) -> Caller:
        caller.must(permission)
        return caller

    allowed.permission = permission  # type: ignore[attr-defined]
    return allowed


def address(request: Request) -> str:
    """Where the request comes from: the client, or what a trusted proxy says of it (serving.bento_rules.believe_proxies)."""
    return request.client.host if request.client else "unknown"


def _token(request: Request) -> str | None:
    """The machine's token; NotSignedIn for a header of another kind."""
    if "authorization" not in request.headers:
        return None
    kind, _, token = request.headers["authorization"].partition(" ")
    if kind.lower() != "bearer" or not token:
        raise not_signed_in()
    return token
