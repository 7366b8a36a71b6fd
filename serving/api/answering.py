"""Errors become answers: ours, FastAPI's, Starlette's, and those nobody thought of."""

from __future__ import annotations

import re
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from features.errors import PlumblineError
from serving.api.problem import answer, headers_of, problem_of, problem_of_status
from serving.api.request_ids import KEY
from serving.logs import places

log = structlog.get_logger()
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")  # a key that could be a field's; whatever else is not said back


def answer_errors(app: FastAPI) -> None:
    """Let every error of `app` be answered with problem details."""
    app.add_exception_handler(PlumblineError, _ours)
    app.add_exception_handler(RequestValidationError, _not_as_declared)
    app.add_exception_handler(HTTPException, _of_http)


class LastResort:
    """ASGI middleware: whatever was raised and not answered is a 500 with problem details; nothing is raised further.

    Raised further, the server would write it to its log with its message, which may hold a person.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started = False

        async def noticed(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noticed)
        except Exception as error:
            log.error("unforeseen", error=type(error).__name__, at=places(error))
            if not started:
                await _unforeseen(scope)(scope, receive, send)


async def _ours(request: Request, error: Exception) -> Response:
    ours = cast(PlumblineError, error)
    request.state.error = type(error).__name__
    if ours.status >= 500:
        log.warning("refused", error=type(error).__name__, at=places(error))
    return answer(problem_of(ours), request_id(request.scope), headers_of(ours))


async def _of_http(request: Request, error: Exception) -> Response:
    http = cast(HTTPException, error)
    return answer(problem_of_status(http.status_code), request_id(request.scope), http.headers)


async def _not_as_declared(request: Request, error: Exception) -> Response:
    """400 for what is no JSON, 422 for the rest. What was sent is not said back: it may be about a person."""
    errors = cast(RequestValidationError, error).errors()
    unread = any(one["type"] == "json_invalid" for one in errors)
    problem = problem_of_status(
        400 if unread else 422,
        "the body is no JSON" if unread else "the request is not as the service declares it",
        errors=[{"at": place(one["loc"]), "expected": expected(one)} for one in errors],
        do="correct what `errors` names; /v1/openapi.json says what is declared",
    )
    return answer(problem, request_id(request.scope))


def place(loc: tuple[Any, ...]) -> str:
    """`("body", "claims", 3, "amount")` as `body.claims.3.amount`."""
    return ".".join(str(part) if isinstance(part, int) or NAME.fullmatch(part) else "(a key)" for part in loc)


def expected(error: dict[str, Any]) -> str:
    """What pydantic wanted; never what it got, which its own sentences sometimes quote."""
    return "valid text" if error["type"] in ("json_invalid", "value_error") else str(error["msg"])


def request_id(scope: Scope) -> str | None:
    """The identifier of the request, where it has one yet."""
    return cast("str | None", scope.get("state", {}).get(KEY))


def _unforeseen(scope: Scope) -> Response:
    problem = problem_of_status(
        500, "the service met something it was not made for", do="tell whoever runs the service the request's id"
    )
    return answer(problem, request_id(scope))
