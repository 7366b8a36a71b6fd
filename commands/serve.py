"""`plumbline serve`: the service, as one tree of processes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from commands.deployment import err, settings
from commands.models import models_to_serve
from commands.options import Home
from features.errors import PlumblineError
from features.settings import PREFIX, Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen at; else PLUMBLINE_HOST, else 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; else PLUMBLINE_PORT, else 8000.")] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes; else PLUMBLINE_WORKERS, else one a processor.")
    ] = None,
    home: Home = None,
) -> None:
    """Scores, watchlists, alerts and decisions over HTTP, until it is stopped.

    Example: plumbline serve --port 8000
    """
    given = {"home": home, "host": host, "port": port, "workers": workers}
    for name, value in given.items():
        if value is not None:
            os.environ[PREFIX + name.upper()] = str(value)
    configured = settings(None)
    os.environ[PREFIX + "HOME"] = str(configured.home.resolve())  # the processes work in another folder
    if configured.bundle is None:
        _take_models(configured)
    _run(configured)


def _take_models(configured: Settings) -> None:
    """The models chosen in the registry; where they cannot be used, those served before go on being served."""
    try:
        models_to_serve(configured)
    except PlumblineError as error:
        err.print(f"• {error}\nWhat was served before goes on being served.", markup=False, highlight=False)


def _run(configured: Settings) -> None:
    with tempfile.TemporaryDirectory(prefix="plumbline-serve-") as own:
        os.environ |= {"BENTOML_HOME": own, "OMP_WAIT_POLICY": "passive", "OMP_NUM_THREADS": "1"}
        from _bentoml_impl.server import serve_http

        import serving
        from serving.limits import LAST_REQUESTS
        from serving.service import service

        service.inject_config()
        err.print(f"Serving at http://{configured.host}:{configured.port}. End it with Ctrl+C.", highlight=False)
        serve_http(
            "serving.service:Plumbline",
            working_dir=str(Path(serving.__file__).parents[1]),
            host=str(configured.host),
            port=configured.port,
            timeout_graceful_shutdown=LAST_REQUESTS,
        )
