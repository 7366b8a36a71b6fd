"""ETags: which version an answer shows, so that what is unchanged need not be sent, nor what changed be overwritten."""

from __future__ import annotations

import hashlib
import re

from fastapi import Request
from starlette.responses import Response

from features.errors import BadInput

VERSION = re.compile(r'"v(\d{1,18})"')


class NoVersion(BadInput):
    """A change that does not say which version it changes."""

    status = 428


def etag(version: int) -> str:
    """The ETag of what carries a version number in the store."""
    return f'"v{version}"'


def etag_of(body: bytes) -> str:
    """The ETag of what has no number of its own: its content's."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def version_to_change(request: Request) -> int:
    """The version that `If-Match` names. NoVersion where it names none: nobody may overwrite what they have not seen."""
    named = VERSION.fullmatch(request.headers.get("if-match", "").strip())
    if named is None:
        raise NoVersion(
            "the change does not say which version it changes",
            expected='the header If-Match with the ETag that was read, such as "v3"',
            do="read it again, and send its ETag",
        )
    return int(named[1])


def unchanged(request: Request, tag: str) -> bool:
    """Whether the caller has this very version already, as `If-None-Match` says."""
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in known.split(","))


def with_etag(request: Request, response: Response) -> Response:
    """`response` with its version's ETag where it has one, else its content's; 304 where the caller has it already."""
    tag = response.headers.get("etag") or etag_of(bytes(response.body))
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    return response
