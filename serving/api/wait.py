"""How long whoever was refused for now is asked to wait."""

from __future__ import annotations

import math
from http import HTTPStatus

from features.errors import PlumblineError, TooMany
from serving.limits import BUSY_WAIT


def waits(error: PlumblineError) -> int | None:
    """Seconds, for the header Retry-After; None where waiting changes nothing."""
    if isinstance(error, TooMany):
        return max(1, math.ceil(error.wait))
    return BUSY_WAIT if error.status == HTTPStatus.SERVICE_UNAVAILABLE else None
