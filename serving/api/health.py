"""Whether the service lives, whether it can answer, and its figures. Open to probes; the figures to whoever may read them."""

from __future__ import annotations

from fastapi import APIRouter, Response

from features.errors import NotReady
from serving.api.deployment import Here
from serving.api.measured import metrics

router = APIRouter(tags=["health"])


@router.get("/livez", status_code=204)
async def live() -> None:
    """The process answers."""


@router.get("/readyz", status_code=204)
def ready(here: Here) -> None:
    """The store answers, its schema is this code's, and there are models to serve."""
    if not here.shelf.models():
        raise NotReady(
            "there are no models to serve", expected="at least one", do="train, then run: plumbline models take"
        ) from here.shelf.refused


@router.get("/metrics", include_in_schema=False)
def figures() -> Response:
    """Figures for Prometheus."""
    return metrics()
