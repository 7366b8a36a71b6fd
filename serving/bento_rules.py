"""What is asked of BentoML, which packages and runs the service, and what is not let through from it.

Measured of 1.4.39: unless told otherwise it listens on all addresses, serves a page that calls a tag manager, lists its
routes to everybody, writes the paths asked for into figures and logs, and reports its use to its makers.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from features.errors import BadInput
from features.settings import Settings

DO_NOT_TRACK = "BENTOML_DO_NOT_TRACK"
BELIEVED = "FORWARDED_ALLOW_IPS"  # of uvicorn, which BentoML runs: whom it believes when nobody says is every process of the machine
CHECK_DELAY = 10  # seconds, as BentoML has it
TIMEOUT = 3600  # seconds; its answer to what takes longer is no problem document, and long exports are ours to bound


class OnlyOurs:
    """ASGI middleware: every request goes to our application; BentoML's own routes are behind it and are not reached."""

    def __init__(self, _: ASGIApp, ours: ASGIApp) -> None:
        self.app = _
        self.ours = ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self.ours if scope["type"] == "http" else self.app)(scope, receive, send)


def asked_of_bentoml(settings: Settings) -> dict[str, Any]:
    """The decorator's arguments. Figures and lines of the log are our own: BentoML's name the path, and so a subject."""
    return {
        "name": "plumbline",
        "workers": settings.workers or "cpu_count",
        "http": {"host": str(settings.host), "port": settings.port},
        "metrics": {"enabled": False},
        "logging": {"access": {"enabled": False}},
        "monitoring": {"enabled": False},
        "tracing": {"excluded_urls": ".*"},
        "traffic": {"timeout": TIMEOUT},
        "envs": [{"name": DO_NOT_TRACK, "value": "true"}, {"name": "OMP_WAIT_POLICY", "value": "passive"}],
    }


def track_nothing(environment: MutableMapping[str, str] = os.environ) -> None:
    """Nothing is reported to BentoML's makers. Only `true` counts there, and what was read before counts on."""
    environment[DO_NOT_TRACK] = "true"
    from bentoml._internal.utils.analytics import usage_stats

    usage_stats.do_not_track.cache_clear()


def believe_proxies(settings: Settings, environment: MutableMapping[str, str] = os.environ) -> None:
    """Where a request comes from is what these proxies say, and nobody else: else whoever wrote X-Forwarded-For would be
    counted as another address with every try. To be said before a server is made, which reads it once."""
    environment[BELIEVED] = ",".join(str(one) for one in settings.trusted_proxies)


def keep_control_private() -> None:
    """The supervisor's control lies in a folder for our eyes alone, where BentoML opens it on two ports of the machine:
    whoever has an account there could end the service through it, or start a program as its user."""
    from bentoml._internal.utils import circus

    def supervisor(watchers: list[Any], *, threaded: bool = False, **asked: Any) -> Any:
        kind = circus.ThreadedArbiter if threaded else circus.Arbiter
        folder = tempfile.mkdtemp(prefix="plumbline-control-")  # of mode 700
        asked = {"check_delay": CHECK_DELAY, **asked}
        made = kind(watchers, endpoint=f"ipc://{folder}/control", pubsub_endpoint=f"ipc://{folder}/events", **asked)
        made.exit_stack.callback(shutil.rmtree, folder, ignore_errors=True)
        return made

    circus.create_standalone_arbiter = supervisor


def refuse_bentoml_config(environment: MutableMapping[str, str] = os.environ) -> None:
    """BadInput where a file or options of BentoML's own would change what this service asks of it."""
    found = [name for name in ("BENTOML_CONFIG", "BENTOML_CONFIG_OPTIONS") if environment.get(name)]
    if found:
        raise BadInput(
            "BentoML's own configuration is not used here",
            found=", ".join(found),
            expected="the settings of docs/settings.md",
            do="unset it; PLUMBLINE_HOST, PLUMBLINE_PORT and PLUMBLINE_WORKERS say what it would",
        )
