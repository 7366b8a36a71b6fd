"""What a piece of our code rests on, as one short text that changes when any of it does."""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.util
import inspect
from functools import cache
from types import ModuleType

from features.limits import LIMITS

ROOM = __name__.partition(".")[0]


@cache
def definition(module: str) -> str:
    """Fingerprint of the source of `module`, of all modules of this room that it imports in turn, and of the limits."""
    sources = [inspect.getsource(importlib.import_module(name)) for name in sorted(_rests_on(module))]
    return hashlib.sha256(f"{sources} {LIMITS}".encode()).hexdigest()


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
