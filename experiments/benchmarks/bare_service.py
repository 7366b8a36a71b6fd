"""The same scorer with nothing around it: Starlette on uvicorn. No sign-in, no scope, no checks, no masks, no figures, no log.

    PLUMBLINE_HOME=HOME python -m experiments.benchmarks.bare_service PORT WORKERS

The peer of service_load.py: what the service costs beside it is what the rest costs.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from decimal import Decimal

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from uvicorn.supervisors import Multiprocess

from features.settings import read_settings
from serving.api.claims_sent import MONEY
from serving.dossier.plain import MINOR
from serving.online.asked import claim_of
from serving.online.claims import Wanted
from serving.opening import open_deployment

APP = "experiments.benchmarks.bare_service:app"


async def score(request: Request) -> JSONResponse:
    """The answers of the scorer, as they are; worked out and waited for as the service does."""
    sent = json.loads(await request.body())["claims"]
    records = [{n: Decimal(v) / MINOR if n in MONEY and v is not None else v for n, v in one.items()} for one in sent]
    scorer, answers = request.app.state.online.claims, []
    for record in records:
        answer, kept = await request.app.state.together.begin(scorer, Wanted(claim_of(record)))
        await asyncio.wrap_future(kept)
        answers.append(answer)
    return JSONResponse({"items": answers})


def app() -> Starlette:
    """The application of a process."""
    made = Starlette(routes=[Route("/v1/claims/score", score, methods=["POST"])])
    deployment = open_deployment(read_settings())
    made.state.online, made.state.together = deployment.online, deployment.together
    return made


def main() -> None:
    """Serve, with so many processes, until it is ended."""
    port, workers = map(int, sys.argv[1:])
    config = uvicorn.Config(APP, factory=True, workers=workers, log_level="warning")
    # of uvicorn's own sockets asyncio does not see that they are TCP, and each answer would wait for the client's delayed
    # acknowledgement, 40 ms
    shared = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    shared.bind(("127.0.0.1", port))
    shared.set_inheritable(True)
    Multiprocess(config, [shared]).run()


if __name__ == "__main__":
    main()
