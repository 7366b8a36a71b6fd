"""Which columns of each relation something asks for: the others are never worked out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import ibis.expr.operations as ops

WHOLE = (ops.Distinct, ops.UnboundTable, ops.InMemoryTable)


class Needed:
    """The columns asked of each relation below `relation`, whose own are all wanted."""

    def __init__(self, relation: Any) -> None:
        self._asked: dict[Any, set[str]] = {}
        self._ask(relation, relation.schema.names)

    def of(self, relation: Any) -> set[str]:
        """The columns asked of a relation."""
        return self._asked[relation]

    def _ask(self, relation: Any, names: Iterable[str]) -> None:
        known = self._asked.get(relation)
        wanted = set(relation.schema.names) if isinstance(relation, WHOLE) else set(names)
        if known is not None and wanted <= known:
            return
        self._asked[relation] = wanted | (known or set())
        for parent, own in self._from(relation, self._asked[relation]):
            self._ask(parent, own)

    def _from(self, relation: Any, names: set[str]) -> list[tuple[Any, set[str]]]:
        """The relations below, and what is asked of each."""
        if isinstance(relation, ops.Union):
            whole = set(relation.schema.names) if relation.distinct else names
            return [(relation.left, whole), (relation.right, whole)]
        if isinstance(relation, ops.Project):
            return [(relation.parent, set()), *_fields(relation.values[name] for name in names)]
        if isinstance(relation, ops.Filter):
            return [(relation.parent, names), *_fields(relation.predicates)]
        if isinstance(relation, ops.Aggregate):
            metrics = [value for name, value in relation.metrics.items() if name in names]
            return [(relation.parent, set()), *_fields([*relation.groups.values(), *metrics])]
        if isinstance(relation, ops.JoinChain):
            values = [relation.values[name] for name in names]
            values += [predicate for link in relation.rest for predicate in link.predicates]
            tables = [relation.first, *(link.table for link in relation.rest)]
            return [*((table, set()) for table in tables), *_fields(values)]
        parent = getattr(relation, "parent", None)
        return (
            [(parent, set(names) if not isinstance(relation, ops.Distinct) else set(parent.schema.names))]
            if parent is not None
            else []
        )


def _fields(values: Iterable[Any]) -> list[tuple[Any, set[str]]]:
    """The columns that values read."""
    found: list[tuple[Any, set[str]]] = []
    waiting, seen = list(values), set()
    while waiting:
        op = waiting.pop()
        if op in seen:
            continue
        seen.add(op)
        if isinstance(op, ops.Field):
            found.append((op.rel, {op.name}))
        else:
            waiting += [part for part in op.__children__ if not isinstance(part, ops.Relation)]
    return found
