"""The few errors a reader meets. Each says what was found, what was expected and what to do."""

from __future__ import annotations


class PlumblineError(Exception):
    """Something the reader can put right. `exit_code` is what the command line ends with."""

    exit_code = 1

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


class NotFound(PlumblineError):
    """A version, a register or a file that is not there."""

    exit_code = 3


class Busy(PlumblineError):
    """Somebody else is writing."""

    exit_code = 4


class Damaged(PlumblineError):
    """The lake is not as its own records say."""

    exit_code = 5


class TooLittleMemory(PlumblineError):
    """The engine may not take the memory that a query needs."""

    exit_code = 6
