"""The application: every resource under /v1, and what holds for each request whatever it asks for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from fastapi import FastAPI
from starlette.middleware import Middleware

from serving.api import (
    alerts,
    claims,
    employers,
    exports,
    health,
    models,
    notes,
    openapi,
    people,
    runs,
    scores,
    settings,
    sign_in,
    unmasking,
    visits,
    watchlists,
)
from serving.api.answering import LastResort, answer_errors
from serving.api.deployment import Deployment
from serving.api.intake import Intake
from serving.api.measured import Measured
from serving.api.request_ids import RequestIds
from serving.api.security_headers import SecurityHeaders

VERSION = "1"
Lifetime = Callable[[FastAPI], AbstractAsyncContextManager[None]]
# FastAPI's own traces would carry addresses and messages to wherever the environment says.
NO_TELEMETRY = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
ROUTERS = (  # asked one after the other, so those asked most come first
    scores.router,
    health.router,
    sign_in.router,
    watchlists.router,
    visits.router,
    employers.router,
    alerts.router,
    unmasking.router,
    claims.router,
    notes.router,
    exports.router,
    runs.router,
    models.router,
    settings.router,
    people.router,
    openapi.router,
)


def create_app(deployment: Deployment, lifetime: Lifetime | None = None) -> FastAPI:
    """The service of `deployment` as one ASGI application, alive within `lifetime`; who opened the deployment closes it."""
    app = FastAPI(
        title="Plumbline",
        version=VERSION,
        summary="Scores, watchlists, alerts and decisions, for the right people",
        openapi_url=None,  # open to everybody otherwise; serving/api/openapi.py gives it to who is signed in
        docs_url=None,
        redoc_url=None,
        lifespan=lifetime,
        telemetry=NO_TELEMETRY,  # type: ignore[arg-type]
        middleware=[  # outermost first
            Middleware(RequestIds),
            Middleware(Measured),
            Middleware(SecurityHeaders),
            Middleware(LastResort),
            Middleware(Intake, most=deployment.settings.body_limit),
        ],
    )
    app.state.deployment = deployment
    answer_errors(app)
    for router in ROUTERS:
        app.include_router(router)
    return app
