"""What a request works with: the settings, the store, the models, who signs in, what scores online."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from features.settings import Settings
from serving.api.rates import Rates
from serving.dossier.registers import Registers
from serving.online.opened import Online
from serving.online.together import Together
from serving.people.asking import KnownCallers
from serving.people.provider_sign_in import ProviderSignIn
from serving.shelf import Shelf
from serving.store.opened import Store


@dataclass
class Deployment:
    """One service's parts. Rates are of this process."""

    settings: Settings
    store: Store
    shelf: Shelf
    registers: Registers
    online: Online
    provider: ProviderSignIn | None = None
    known: KnownCallers | None = field(init=False)
    callers: Rates = field(init=False)
    strangers: Rates = field(init=False)
    together: Together = field(default_factory=Together)

    def __post_init__(self) -> None:
        self.known = None if self.store.aside is None else KnownCallers(self.store.aside)
        self.callers = Rates(self.settings.caller_rate)
        self.strangers = Rates(self.settings.stranger_rate)

    def close(self) -> None:
        """Keep what waits to be kept, and let go of all that is open."""
        self.online.close()
        self.store.close()


async def deployment_of(request: Request) -> Deployment:
    """The deployment that the application was made for, as a dependency. (What waits for nothing is async: it needs no thread.)"""
    return cast(Deployment, request.app.state.deployment)


Here = Annotated[Deployment, Depends(deployment_of)]
