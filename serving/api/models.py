"""The models that are served: what they were trained on, for what, and by which hash they are known."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends
from pydantic import BaseModel, Field

from serving.api.caller import permitted
from serving.api.deployment import Here
from serving.api.languages import In, said_in
from serving.api.routes import resource
from serving.bundle import Served
from serving.jurisdiction import not_there
from serving.people.callers import Caller

router = resource("models")
Reader = Annotated[Caller, Depends(permitted("models.read"))]


class ModelShown(BaseModel):
    """A model that is served."""

    model_id: str
    subject: str
    label: str
    horizon_months: int
    as_of: str = Field(description="The last day that training saw")
    lake_version: int
    seed: int
    features: list[str]
    rows: dict[str, int]
    days: dict[str, list[str]]
    versions: dict[str, str]
    notes: list[dict[str, str]]
    sha256: str = Field(description="Of the trees and the card, as they are served")


class ModelsShown(BaseModel):
    """The models that are served; `refused` says why newer ones are not."""

    items: list[ModelShown]
    refused: dict[str, Any] | None


@router.get("/models")
def models(caller: Reader, here: Here, spoken: In) -> ModelsShown:
    """The models in use."""
    served = here.shelf.models().values()
    refused = here.shelf.refused
    said = refused and {
        "detail": refused.message,
        "found": refused.found,
        "expected": refused.expected,
        "do": refused.do,
    }
    return ModelsShown(items=[_shown(one, spoken) for one in served], refused=said)


@router.get("/models/{model_id}")
def model(caller: Reader, here: Here, spoken: In, model_id: str) -> ModelShown:
    """One model in use."""
    for one in here.shelf.models().values():
        if one.model.card.model_id == model_id:
            return _shown(one, spoken)
    raise not_there("no such model is served", model_id)


def _shown(one: Served, spoken: tuple[str, ...]) -> ModelShown:
    card = one.model.card
    columns = {name: getattr(card, name) for name in ModelShown.model_fields if name not in ("sha256", "notes")}
    return ModelShown(**columns, notes=said_in(card.notes, spoken), sha256=one.sha256)
