"""The one BentoML service: our application, mounted; nothing of BentoML's own is answered.

`plumbline serve` and a Bento both run this. Importing it reads the settings and opens the deployment, so that what
cannot be used is said before anything listens.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import bentoml
from fastapi import FastAPI

from features.settings import read_settings
from serving.api.application import create_app
from serving.bento_rules import (
    OnlyOurs,
    asked_of_bentoml,
    believe_proxies,
    keep_control_private,
    refuse_bentoml_config,
    track_nothing,
)
from serving.logs import set_up_logs
from serving.opening import open_deployment
from serving.processes import ending_with_parent

refuse_bentoml_config()
track_nothing()
keep_control_private()
settings = read_settings()
believe_proxies(settings)
set_up_logs(settings.log_level)
deployment = open_deployment(settings)


@asynccontextmanager
async def lifetime(_: FastAPI) -> AsyncIterator[None]:
    """From the start of a process to its end, which is that of the one that started it, or sooner."""
    async with ending_with_parent():
        yield
    deployment.close()


app = create_app(deployment, lifetime)


@bentoml.service(**asked_of_bentoml(settings))
class Plumbline:
    """Scores, watchlists, alerts and decisions, for the right people."""


service: Any = Plumbline
service.mount_asgi_app(app)  # so that the application starts and ends with the service
service.add_asgi_middleware(OnlyOurs, ours=app)
