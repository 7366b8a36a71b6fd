"""What is counted and logged of each request: method, route, status, time, and the kind of error. Never an address.

The route is the declared one (`/v1/claims/{claim_id}`): the path that was asked for names a subject.
"""

from __future__ import annotations

import os
from time import perf_counter

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NO_ROUTE = "none"
# Those that say nothing to whoever reads the log, every few seconds.
UNLOGGED = frozenset({"/livez", "/readyz", "/metrics"})

REQUESTS = Counter("plumbline_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram(
    "plumbline_request_seconds",
    "Seconds from a request to its answer",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
SCORED = Counter("plumbline_scored", "Subjects scored online", ["subject"])
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

log = structlog.get_logger()


class Measured:
    """ASGI middleware: one line of the log and two figures a request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        began, status = perf_counter(), 0

        async def noticed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noticed)
        finally:
            _record(scope, status, perf_counter() - began)


def _record(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", NO_ROUTE)
    method = scope["method"] if scope["method"] in METHODS else "other"
    REQUESTS.labels(method, route, status).inc()
    SECONDS.labels(route).observe(seconds)
    if route not in UNLOGGED:
        more = {key: value for key, value in scope["state"].items() if key in ("error", "caller")}
        log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1), **more)


def metrics() -> Response:
    """All figures, of all processes where there are several, as Prometheus reads them."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
