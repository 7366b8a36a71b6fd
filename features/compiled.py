"""SQL compiled once for a question and given again where the same is asked of other tables.

Ibis takes seconds to build a snapshot's expression and seconds to turn it into SQL, whatever the number of rows. A training
asks the same of many days, a nightly run the same as the night before, of files and days that only have other names; what
runs several commands in one process, as the demo and the tests do, the same of one engine after the other. Two questions are
the same where their expressions are equal but for the names that Ibis or the engine made up for tables of equal columns; and
where who asks says so (`Compiled.again`): then the expression is not built a second time either.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.schema as sch
import ibis.expr.types as ir
from ibis.common.graph import Node

MADE_UP = re.compile(r"_[0-9a-z]{20,}$")  # a table's name that nobody chose: it ends in random letters
KEPT = 100  # texts; the one that was longest not asked for goes first

Shape = tuple[Any, ...]


@dataclass(frozen=True)
class Text:
    """SQL, the made-up names in it, the columns it gives, and the tables in memory that are part of the question itself."""

    sql: str
    names: list[str]
    schema: sch.Schema
    own: tuple[ops.InMemoryTable, ...] = ()


class Texts:
    """What was compiled in one dialect, for all engines of this process that speak it."""

    def __init__(self) -> None:
        self.of: dict[Shape, Text] = {}
        self.lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.of)

    def get(self, shape: Shape) -> Text | None:
        with self.lock:
            text = self.of.pop(shape, None)
            if text is not None:
                self.of[shape] = text
            return text

    def keep(self, shape: Shape, text: Text) -> None:
        with self.lock:
            self.of[shape] = text
            if len(self.of) > KEPT:
                del self.of[next(iter(self.of))]


class Compiled:
    """Stands in for the `compile` of the Ibis backend `con`."""

    def __init__(self, con: Any, texts: Texts) -> None:
        self.con = con
        self.compile: Callable[..., str] = con.compile
        self.texts = texts

    def __call__(self, expression: ir.Expr, /, *, limit: Any = None, params: Any = None, **how: Any) -> str:
        if limit is not None or params or any(how.values()):
            return self.compile(expression, limit=limit, params=params, **how)
        if isinstance(expression.op(), ops.SQLQueryResult):
            return str(expression.op().query)
        shape, names = shape_of(expression.op())
        text = self.texts.get(shape)
        if text is None:
            text = Text(self.compile(expression), names, expression.as_table().schema())
            self.texts.keep(shape, text)
        return renamed(text.sql, dict(zip(text.names, names, strict=True)))

    def again(self, question: Hashable, tables: Mapping[str, ir.Table], build: Callable[[], ir.Table]) -> ir.Table:
        """What `build` makes of `tables`, by their names. It is not called where the `question` was put to such tables before:
        so all that it makes the expression of, but for their rows, has to be told by `question` and the names."""
        asked, names = [], list[str]()
        for name, table in tables.items():
            shape, of_table = shape_of(table.op())
            asked.append((name, shape))
            names += of_table
        once = list(dict.fromkeys(names))
        key = (question, tuple(asked), tuple(once.index(name) for name in names))  # one table twice is not two tables
        text = self.texts.get(key)
        if text is None:
            built = build()
            own = tuple(table for table in _in_memory([built]) if table.name not in once)
            text = Text(self.compile(built), once, built.schema(), own)
            self.texts.keep(key, text)
        for table in (*_in_memory(tables.values()), *text.own):
            self.con._run_pre_execute_hooks(table.to_expr())  # it makes what is in memory known to the engine
        sql = renamed(text.sql, dict(zip(text.names, once, strict=True)))
        return ops.SQLQueryResult(sql, text.schema, self.con).to_expr()


def _in_memory(tables: Iterable[ir.Table]) -> list[ops.InMemoryTable]:
    return [found for table in tables for found in table.op().find(ops.InMemoryTable)]


def shape_of(asked: Node) -> tuple[Shape, list[str]]:
    """`asked` without the made-up names of its tables, and those names, in an order that the shape determines."""
    places: dict[Node, int] = {}
    names: list[str] = []
    shape = []
    for node in _leaves_first(asked):
        if isinstance(node, ops.InMemoryTable | ops.DatabaseTable) and MADE_UP.search(node.name):
            shape.append((type(node), len(names), tuple(node.schema.items()), getattr(node, "namespace", None)))
            names.append(node.name)
        else:
            shape.append((type(node), *(_placed(part, places) for part in node.__args__)))
        places[node] = len(places)
    return tuple(shape), names


def _leaves_first(asked: Node) -> Iterator[Node]:
    """Every node once, after those it rests on. (Snapshots are too deep to recurse.)"""
    seen: set[Node] = set()
    stack = [asked]
    while stack:
        missing = [child for child in stack[-1].__children__ if child not in seen]
        if missing:
            stack.extend(reversed(missing))
        else:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                yield node


def _placed(part: Any, places: dict[Node, int]) -> Any:
    """`part` of a node, with the place of each node in it instead of the node."""
    if isinstance(part, Node):
        return Node, places[part]
    if isinstance(part, tuple | list):
        return tuple(_placed(each, places) for each in part)
    if isinstance(part, dict):
        return tuple((_placed(key, places), _placed(value, places)) for key, value in part.items())
    return type(part), part


def renamed(sql: str, names: dict[str, str]) -> str:
    """`sql` with each of the tables `names` called otherwise, all at once."""
    if not names:
        return sql
    any_of = "|".join(re.escape(name) for name in names)
    return re.sub(rf"\b(?:{any_of})\b", lambda found: names[found[0]], sql)
