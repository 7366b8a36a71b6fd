"""What a piece of our code rests on, as one short text that changes when any of it does."""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.util
import inspect
from collections.abc import Callable
from functools import cache
from types import FunctionType, ModuleType

from features.limits import LIMITS

ROOM = __name__.partition(".")[0]


@cache
def definition(module: str) -> str:
    """Fingerprint of the source of `module`, of all modules of this room that it imports in turn, and of the limits."""
    sources = [inspect.getsource(importlib.import_module(name)) for name in sorted(_rests_on(module))]
    return hashlib.sha256(f"{sources} {LIMITS}".encode()).hexdigest()


def called_by(function: Callable[..., object]) -> list[str]:
    """Source of the functions of this room that `function` calls by their names, and of those they call, in order of name."""
    found: dict[str, str] = {}
    left = [function] if isinstance(function, FunctionType) else []
    while left:
        for name, value in _named_in(left.pop()):
            if name not in found:
                found[name] = inspect.getsource(value)
                left.append(value)
    return [source for _, source in sorted(found.items())]


def _named_in(function: FunctionType) -> list[tuple[str, FunctionType]]:
    named = [(name, function.__globals__.get(name)) for name in function.__code__.co_names]
    return [
        (f"{value.__module__}.{name}", value)
        for name, value in named
        if isinstance(value, FunctionType) and value.__module__.partition(".")[0] == ROOM
    ]


def _rests_on(start: str) -> set[str]:
    found, left = set(), [start]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += _imports(importlib.import_module(name))
    return found


def _imports(module: ModuleType) -> list[str]:
    """Modules of this room named in `module`, also inside its functions; `from a import b` may mean module a.b."""
    names: list[str] = []
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for name in names if name.split(".")[0] == ROOM and _is_module(name)]


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # its parent is no package
        return False
