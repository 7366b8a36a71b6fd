"""Claims that wait at one moment are worked out together: at 32 connections a third of the work is shared.

Nothing waits for others to come: what has come while the last were worked out goes next, so many at most that whoever asks
something else meanwhile does not wait for long.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog

from serving.online.claims import Begun, OnlineClaims, Wanted

MOST = 8  # some 100 ms on a slow machine, in which nobody else is answered
log = structlog.get_logger()
Waiting = list[tuple[Wanted, asyncio.Future[Begun]]]
Place = tuple[asyncio.AbstractEventLoop, int]


@dataclass
class Together:
    """Begins claims for those who ask `online`, in the thread of the event loop in which they ask."""

    _waiting: dict[Place, Waiting] = field(default_factory=dict)

    async def begin(self, online: OnlineClaims, wanted: Wanted) -> Begun:
        """`OnlineClaims.begin` of one claim."""
        loop = asyncio.get_running_loop()
        begun: asyncio.Future[Begun] = loop.create_future()
        waiting = self._waiting.setdefault((loop, id(online)), [])
        waiting.append((wanted, begun))
        if len(waiting) == 1:  # whoever else is about to ask does so before
            loop.call_soon(self._next, loop, online)
        return await begun

    def _next(self, loop: asyncio.AbstractEventLoop, online: OnlineClaims) -> None:
        waiting = self._waiting.pop((loop, id(online)))
        some, left = waiting[:MOST], waiting[MOST:]
        if left:
            self._waiting[loop, id(online)] = left
            loop.call_soon(self._next, loop, online)
        _begin(online, [each for each in some if not each[1].done()])  # done: who asked is gone


def _begin(online: OnlineClaims, some: Waiting) -> None:
    if not some:
        return
    try:
        found = _worked_out(online, [wanted for wanted, _ in some])
    except (KeyboardInterrupt, SystemExit):
        raise  # the loop ends, and with it whoever waits
    except BaseException as error:  # what a library raises need be no Exception; and who is told nothing waits for ever
        if len(some) == 1:
            some[0][1].set_exception(error)
            return
        log.warning("claims begun one by one", error=type(error).__name__, claims=len(some))
        for each in some:  # what is wrong with one is nothing to the others
            _begin(online, [each])
        return
    for (_, begun), answer in zip(some, found, strict=True):
        begun.set_result(answer)


def _worked_out(online: OnlineClaims, wanted: list[Wanted]) -> list[Begun]:
    try:
        return online.begin(wanted)
    except StopIteration as error:  # which no future takes
        raise RuntimeError("StopIteration") from error
