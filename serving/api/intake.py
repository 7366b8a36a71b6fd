"""What is taken in: addresses of readable text; bodies of JSON, not packed, no larger than the service takes.

All else is refused before it is read.
"""

from __future__ import annotations

from contextlib import suppress

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from features.errors import BadInput, PlumblineError
from serving.api.answering import request_id
from serving.api.problem import answer, problem_of

JSON = "application/json"


class TooLarge(BadInput):
    """A body with more bytes than are taken."""

    status = 413


class NotJson(BadInput):
    """A body of another kind, which a page of another site could have posted."""

    status = 415


class Intake:
    """ASGI middleware. `most` is in bytes, and counts what comes in: a header may say less, or nothing."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        try:
            _refuse_address(scope)
            _refuse_body(Headers(scope=scope), self.most)
        except PlumblineError as error:
            return await _refused(error, scope)(scope, receive, send)
        await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application, until more has come in than is taken; whatever it would answer then is a 413."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most:
                raise _too_large(self.most)
            return message

        async def unless_too_large(message: Message) -> None:
            if taken <= self.most:
                await send(message)

        with suppress(TooLarge):
            await self.app(scope, counted, unless_too_large)
        if taken > self.most:
            await _refused(_too_large(self.most), scope)(scope, receive, send)


def _refused(error: PlumblineError, scope: Scope) -> Response:
    """The answer, after which the connection ends: what is still to come is not read."""
    return answer(problem_of(error), request_id(scope), {"Connection": "close"})


def _refuse_address(scope: Scope) -> None:
    """No store takes the character NUL, and no identifier has one."""
    if "\0" in scope["path"] or b"%00" in scope["query_string"] or b"\0" in scope["query_string"]:
        raise BadInput("the address holds the character NUL", expected="readable text", do="leave it out")


def _refuse_body(headers: Headers, most: int) -> None:
    length = headers.get("content-length", "0")
    if "transfer-encoding" not in headers and length == "0":
        return
    if length.isdigit() and int(length) > most:
        raise _too_large(most)
    kind, _, parameters = headers.get("content-type", "").partition(";")
    if kind.strip().lower() != JSON or parameters.strip().lower() not in ("", "charset=utf-8"):
        raise NotJson("the body is of another kind", expected=JSON, do=f"send Content-Type: {JSON}")
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise NotJson("the body is packed", expected="no Content-Encoding", do="send the body as it is")


def _too_large(most: int) -> TooLarge:
    return TooLarge(
        "the body is too large",
        expected=f"at most {most:,} bytes",
        do="send less at once, or raise PLUMBLINE_BODY_LIMIT",
    )
