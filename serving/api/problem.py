"""What every error is answered with: problem details (RFC 9457), with what was found, expected, and to be done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from features.errors import NotFound, PlumblineError
from serving.api.wait import waits

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:plumbline:problem:"


class Problem(BaseModel):
    """An error: what it is, what was found, what was expected, what to do."""

    type: str = Field(description="What kind of problem, as a name that stays", examples=[f"{TYPE}not-found"])
    title: str = Field(description="The kind, to be read")
    status: int = Field(description="The HTTP status", examples=[404])
    detail: str = Field(description="What went wrong this time")
    found: str | None = Field(None, description="What was found")
    expected: str | None = Field(None, description="What was expected")
    do: str | None = Field(None, description="What to do")
    request_id: str | None = Field(None, description="The request, as the logs name it")
    errors: list[dict[str, str]] | None = Field(None, description="Of a body or a query: each place that is wrong")
    present: dict[str, Any] | None = Field(None, description="Of a conflict: how it stands now")


def problem_of(error: PlumblineError) -> Problem:
    """The problem an error of ours is answered with."""
    return Problem(
        type=TYPE + kind(type(error).__name__),
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        detail=error.message,
        found=None
        if isinstance(error, NotFound)
        else error.found or None,  # what was asked for may be somebody's number
        expected=error.expected or None,
        do=error.do or None,
        present=getattr(error, "present", None),
    )


def problem_of_status(status: int, detail: str | None = None, **more: Any) -> Problem:
    """The problem of an HTTP status that no error of ours stands for: 404 of a path, 405, 500."""
    phrase = HTTPStatus(status).phrase
    return Problem(
        type=TYPE + phrase.lower().replace(" ", "-"), title=phrase, status=status, detail=detail or phrase, **more
    )


def answer(problem: Problem, request_id: str | None, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer to be sent."""
    said = problem.model_copy(update={"request_id": request_id}).model_dump(exclude_none=True)
    return JSONResponse(said, problem.status, dict(headers or {}), MEDIA_TYPE)


def headers_of(error: PlumblineError) -> dict[str, str]:
    """What a client must be told beside the body: when to come again, how to sign in."""
    if error.status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": str(wait)} if (wait := waits(error)) is not None else {}


def kind(name: str) -> str:
    """`NotFound` as `not-found`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
