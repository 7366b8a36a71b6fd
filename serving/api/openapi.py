"""The service's own document, OpenAPI 3.1, and what every route has in common in it: errors are problem details."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse

from serving.api.caller import CallerIs
from serving.api.problem import MEDIA_TYPE, Problem
from serving.api.routes import resource

router = resource("document")

# What may be answered to any request for a resource: all of it is problem details.
PROBLEMS = (400, 401, 403, 404, 409, 413, 415, 422, 428, 429, 500, 503)
OPEN = ("/livez", "/readyz")


@router.get("/openapi.json", include_in_schema=False)
def document(_: CallerIs, request: Request) -> JSONResponse:
    """What there is, for whoever is signed in."""
    return JSONResponse(document_of(request.app))


def document_of(app: FastAPI) -> dict[str, Any]:
    """The document of `app`, made once."""
    if not app.openapi_schema:
        made = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = Problem.model_json_schema()
        for path, operations in made["paths"].items():
            for operation in operations.values():
                _declare_problems(operation, (500, 503) if path in OPEN else PROBLEMS)
        app.openapi_schema = made
    return app.openapi_schema


def _declare_problems(operation: dict[str, Any], statuses: tuple[int, ...]) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "if-match":
            parameter["required"] = True  # missing, it is a 428 of ours, where FastAPI would have a 422
    schema = {"$ref": "#/components/schemas/Problem"}
    operation["responses"] = {status: one for status, one in operation["responses"].items() if status != "422"} | {
        str(status): {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }
