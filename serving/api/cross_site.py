"""What a page of another site must not be able to do with somebody's session: anything that changes something."""

from __future__ import annotations

import hmac

from fastapi import Request

from features.errors import Forbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN = "X-CSRF-Token"  # noqa: S105  (the name of a header)


def refuse_cross_site(request: Request, token: str | None, origin: str | None) -> None:
    """Forbidden unless the request is safe, or comes from our own pages and carries the session's token.

    `token` is the session's; None where there is no session yet (signing in), which asks for the origin alone.
    `origin` is the deployment's; None: that of the address asked for.
    """
    if request.method in SAFE:
        return
    _refuse_foreign_origin(request, origin)
    if token is not None and not hmac.compare_digest(request.headers.get(TOKEN, "").encode(), token.encode()):
        raise Forbidden(
            "the request does not carry the session's token",
            expected=f"the header {TOKEN} with the token that GET /v1/session gives",
            do="read the token and send it with every request that changes something",
        )


def _refuse_foreign_origin(request: Request, origin: str | None) -> None:
    """Browsers say where a request comes from; clients that are no browsers say nothing, and carry no cookie unasked."""
    came = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    own = origin or f"{request.url.scheme}://{request.headers.get('host', '')}"
    if (came is not None and came != own) or site not in ("same-origin", "none"):
        raise Forbidden(
            "the request comes from another site",
            expected=f"the origin {own}",
            do="use the service's own pages, or set PLUMBLINE_ORIGIN to where browsers find it",
        )
