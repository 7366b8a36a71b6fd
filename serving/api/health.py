"""Whether the service lives, whether it can answer, and its figures. Open to probes; the figures to whoever may read them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from features.errors import NotReady
from serving.api.caller import permitted
from serving.api.deployment import Here
from serving.api.measured import metrics
from serving.people.callers import Caller

router = APIRouter(tags=["health"])


@router.get("/livez", status_code=204)
async def live() -> None:
    """The process answers."""


@router.get("/readyz", status_code=204)
def ready(here: Here) -> None:
    """The store answers, and there are models to serve."""
    try:
        with here.store.reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise NotReady("the store does not answer", expected="a database", do="start it") from error
    if not here.shelf.models():
        raise NotReady(
            "there are no models to serve", expected="at least one", do="train, then run: plumbline models take"
        ) from here.shelf.refused


@router.get("/metrics", include_in_schema=False)
def figures(_: Annotated[Caller, Depends(permitted("metrics.read"))]) -> Response:
    """Figures for Prometheus, which asks with a machine's token."""
    return metrics()
