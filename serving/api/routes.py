"""How each resource's routes are made: who may, what errors are answered, and an ETag for every answer that is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Coroutine, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from serving.api.deployment import Here
from serving.api.versions import with_etag
from serving.reviews.holds import no_hold_passed


class Answered(BaseModel):
    """The base of all that is answered: read from a row of the store, or from plain data."""

    model_config = ConfigDict(from_attributes=True)


class Read(APIRoute):
    """A route whose answers to GET carry an ETag, and are not sent again to who has them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_with_etag(request: Request) -> Response:
            response = await handle(request)
            plain = request.method == "GET" and response.status_code == 200 and hasattr(response, "body")
            return with_etag(request, response) if plain else response

        return handle_with_etag


def resource(name: str) -> APIRouter:
    """The routes of one resource, under /v1."""
    return APIRouter(prefix="/v1", tags=[name], route_class=Read)


def reading(here: Here) -> Iterator[Session]:
    """A transaction that only reads, for the length of one request; as a dependency."""
    with here.store.reading() as session:
        yield session


Reading = Annotated[Session, Depends(reading)]


def reading_alerts(here: Here) -> Iterator[Session]:
    """The same for alerts and what was done with them, as they stand today: a hold that has passed has lapsed."""
    no_hold_passed(here.store, dt.datetime.now(dt.UTC).date())
    with here.store.reading() as session:
        yield session


ReadingAlerts = Annotated[Session, Depends(reading_alerts)]
