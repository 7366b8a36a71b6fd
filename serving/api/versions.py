"""ETags: which version an answer shows, so that what is unchanged need not be sent, nor what changed be overwritten."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated

from fastapi import Depends, Header, Request
from starlette.responses import Response

from features.errors import BadInput

VERSION = re.compile(r'^"v[0-9]{1,9}"$')


class NoVersion(BadInput):
    """A change that does not say which version it changes."""

    status = 428


def etag(version: int) -> str:
    """The ETag of what carries a version number in the store."""
    return f'"v{version}"'


def etag_of(body: bytes) -> str:
    """The ETag of what has no number of its own: its content's."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


async def version_seen(
    if_match: Annotated[str | None, Header(pattern=VERSION.pattern, description="The ETag that was read")] = None,
) -> int:
    """The version that is to be changed, as a dependency. NoVersion where none is named: nobody may overwrite what they
    have not seen."""
    if if_match is None:
        raise NoVersion(
            "the change does not say which version it changes",
            expected='the header If-Match with the ETag that was read, such as "v3"',
            do="read it again, and send its ETag",
        )
    return int(if_match[2:-1])


Seen = Annotated[int, Depends(version_seen)]


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
