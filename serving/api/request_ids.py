"""Each request has an identifier: the one it came with, or a new one; in its answer and in every log line it causes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-ID"
KEY = "request_id"
# Nothing but the forms of a UUID: whatever else a client sends could be somebody's number, and would be in the logs.
UUID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RequestIds:
    """ASGI middleware: `scope["state"]["request_id"]`, the answer's header, and the logs' `request_id`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        own = scope.setdefault("state", {})[KEY] = identifier(scope)
        structlog.contextvars.bind_contextvars(**{KEY: own})

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = own
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            structlog.contextvars.clear_contextvars()


def identifier(scope: Mapping[str, Any]) -> str:
    """The identifier the request came with where it is a UUID, else a new one."""
    asked = next((value for name, value in scope["headers"] if name == HEADER.lower().encode()), b"")
    given = asked.decode("latin-1").lower()
    return given if UUID.fullmatch(given) else uuid.uuid4().hex
