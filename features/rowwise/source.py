"""Python source as it is written line by line: statements, names of their results, and constants they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from features.rowwise import sql

INDENT = " "


class Source:
    """The body of one function. What it refers to is kept in `names`."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {name: getattr(sql, name) for name in sql.__all__}
        self._lines: list[str] = []
        self._depth = 1
        self._fresh = 0

    def line(self, text: str) -> None:
        """A statement."""
        self._lines.append(INDENT * self._depth + text)

    def fresh(self, stem: str = "v") -> str:
        """A name that nothing has."""
        self._fresh += 1
        return f"{stem}{self._fresh}"

    def kept(self, expression: str, stem: str = "v") -> str:
        """The name under which the value of `expression` is kept."""
        name = self.fresh(stem)
        self.line(f"{name} = {expression}")
        return name

    def constant(self, value: object) -> str:
        """The name of a value that is written nowhere in the source: a date, a pattern, a set."""
        name = self.fresh("c")
        self.names[name] = value
        return name

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """The lines inside belong to `head`."""
        self.line(head)
        self._depth += 1
        yield
        self._depth -= 1

    def function(self, parameters: str, returns: str) -> Callable[..., Any]:
        """The function of all lines so far. The text is made from declared expressions alone, never from input."""
        text = "\n".join([f"def function({parameters}):", *self._lines, f"{INDENT}return {returns}", ""])
        exec(compile(text, "<rowwise>", "exec"), self.names)  # noqa: S102  (our own lines)
        made: Callable[..., Any] = self.names["function"]
        return made
