"""A process of the service ends with the one that started it, however that one ended."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from serving.limits import LOOK_FOR_PARENT

PARENT = os.getppid()  # asked when the code is read: the parent may end while the models are still being opened


@asynccontextmanager
async def ending_with_parent() -> AsyncIterator[None]:
    """Within this, the process asks itself to end when its parent has: a parent killed outright tells nobody."""
    watching = asyncio.create_task(_watch(PARENT))
    try:
        yield
    finally:
        watching.cancel()


async def _watch(parent: int) -> None:
    while os.getppid() == parent:
        await asyncio.sleep(LOOK_FOR_PARENT)
    os.kill(os.getpid(), signal.SIGTERM)
