"""The few errors a reader meets. Each says what was found, what was expected and what to do.

Mapped once, here, to what the command line ends with (`exit_code`) and what the service answers (`status`, of HTTP).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class PlumblineError(Exception):
    """Something the reader can put right."""

    exit_code = 1
    status = 500

    def __init__(self, message: str, *, found: str = "", expected: str = "", do: str = "") -> None:
        self.message = message
        self.found = found
        self.expected = expected
        self.do = do
        super().__init__(str(self))

    def __str__(self) -> str:
        parts = (("Found", self.found), ("Expected", self.expected), ("What to do", self.do))
        return "\n".join([self.message, *(f"{name}: {part}" for name, part in parts if part)])


class BadInput(PlumblineError):
    """A file, a setting or an argument that cannot be used as it is."""

    exit_code = 2
    status = 422


class NotFound(PlumblineError):
    """A version, a register or a file that is not there."""

    exit_code = 3
    status = 404


class Busy(PlumblineError):
    """Somebody else is writing."""

    exit_code = 4
    status = 503


class Damaged(PlumblineError):
    """The lake is not as its own records say."""

    exit_code = 5
    status = 500


class TooLittleMemory(PlumblineError):
    """The engine may not take the memory that a query needs."""

    exit_code = 6
    status = 503


class Conflict(PlumblineError):
    """Somebody else changed it first. `present` is how it stands now, as plain data."""

    exit_code = 7
    status = 409

    def __init__(self, message: str, *, present: Mapping[str, Any] | None = None, **said: str) -> None:
        self.present = dict(present or {})
        super().__init__(message, **said)


class NotSignedIn(PlumblineError):
    """Nobody, or somebody whose session or token does not hold."""

    exit_code = 8
    status = 401


class Forbidden(PlumblineError):
    """Somebody whose roles do not include what was asked for."""

    exit_code = 9
    status = 403


class TooMany(PlumblineError):
    """More requests or tries than are taken; `wait` is in seconds."""

    exit_code = 10
    status = 429

    def __init__(self, message: str, *, wait: float, **said: str) -> None:
        self.wait = wait
        super().__init__(message, **said)


class NotReady(PlumblineError):
    """What answers this has not been prepared, or is being prepared."""

    exit_code = 11
    status = 503
