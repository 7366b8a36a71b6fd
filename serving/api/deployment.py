"""What a request works with: the settings, the store, the models, who signs in, what scores online."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request

from features.settings import Settings
from serving.shelf import Shelf

if TYPE_CHECKING:
    from serving.store.opened import Store


@dataclass
class Deployment:
    """One service's parts. Rates are of this process."""

    settings: Settings
    store: Store
    shelf: Shelf
