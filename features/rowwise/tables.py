"""Tables as lists of tuples: each relation of an expression becomes a loop, with the columns alone that something asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis.expr.operations as ops

from features.rowwise.needed import Needed
from features.rowwise.reductions import REDUCTIONS, reductions_in, told, write_row
from features.rowwise.source import Source
from features.rowwise.values import Said, Values, unknown
from features.rowwise.windows import write_windows

NOBODY = (None,)  # what a left join finds where there is nothing


@dataclass(frozen=True)
class Written:
    """The name of a list of rows, and at which place of a row each column is and whether it may be None."""

    name: str
    places: Mapping[str, tuple[int, bool]]

    def field_of(self, row: str, absent: bool = False) -> Callable[[str], Said]:
        """What the columns of `row` are called; `absent`: there may be no row."""

        def say(column: str) -> Said:
            place, nullable = self.places[column]
            cell = f"{row}[{place}]"
            return Said(f"(None if {row} is None else {cell})" if absent else cell, nullable or absent)

        return say


@dataclass
class Tables:
    """Writes relations, each once, into `source`."""

    source: Source
    needed: Needed
    written: dict[Any, Written] = field(default_factory=dict)

    def write(self, relation: Any) -> Written:
        """The rows of `relation`. Damaged where it is of a kind not known here."""
        if relation not in self.written:
            for kind, writer in RELATIONS.items():
                if isinstance(relation, kind):
                    self.written[relation] = writer(self, relation)
                    break
            else:
                raise unknown(relation)
        return self.written[relation]

    def columns(self, relation: Any, values: Mapping[str, Any]) -> dict[str, Any]:
        """Those of `values` that something asks of `relation`."""
        asked = self.needed.of(relation)
        return {name: value for name, value in values.items() if name in asked}

    def new(self) -> str:
        """A new list."""
        return self.source.kept("[]", "t")

    def put(self, rows: str, cells: Mapping[str, Said]) -> Written:
        """Append a row of `cells`."""
        row = "".join(f"{cell.name}, " for cell in cells.values())
        self.source.line(f"{rows}.append(({row}))")
        return Written(rows, {name: (at, cell.nullable) for at, (name, cell) in enumerate(cells.items())})


def _given(tables: Tables, relation: Any) -> Written:
    rows = tables.source.kept(f"given[{relation.name!r}]", "t")
    return Written(rows, {name: (at, True) for at, name in enumerate(relation.schema.names)})


def _in_memory(tables: Tables, relation: Any) -> Written:
    table = relation.data.to_pyarrow(relation.schema)
    rows = tables.source.constant(list(zip(*(table[name].to_pylist() for name in table.column_names), strict=True)))
    return Written(rows, {name: (at, True) for at, name in enumerate(table.column_names)})


def _project(tables: Tables, relation: Any) -> Written:
    parent, cells = tables.write(relation.parent), tables.columns(relation, relation.values)
    rows = tables.new()
    with _each_row(tables, relation.parent, parent, cells.values()) as (values, _):
        made = tables.put(rows, {name: values.say(value) for name, value in cells.items()})
    return made


def _filter(tables: Tables, relation: Any) -> Written:
    parent, rows = tables.write(relation.parent), tables.new()
    with _each_row(tables, relation.parent, parent, relation.predicates) as (values, row):
        conditions = [values.say(predicate).name for predicate in relation.predicates]
        with tables.source.block(f"if {' and '.join(conditions)}:"):
            tables.source.line(f"{rows}.append({row})")
    return Written(rows, parent.places)


class _each_row:
    """A loop over the rows of a parent, windows worked out before it."""

    def __init__(self, tables: Tables, relation: Any, parent: Written, values: Any) -> None:
        self._tables, self._relation, self._parent, self._values = tables, relation, parent, list(values)

    def __enter__(self) -> tuple[Values, str]:
        source, parent = self._tables.source, self._parent
        windows = write_windows(source, self._relation, parent.name, parent.field_of, self._values)
        row = source.fresh("r")
        names = ", ".join([row, *(said.name for said in windows.values())])
        lists = ", ".join([parent.name, *(f"{said.name}_all" for said in windows.values())])
        head = f"for {names} in zip({lists}):" if windows else f"for {row} in {parent.name}:"
        self._block = source.block(head)
        self._block.__enter__()
        return Values(source, {self._relation: parent.field_of(row)}, windows), row

    def __exit__(self, *error: Any) -> None:
        self._block.__exit__(None, None, None)


def _aggregate(tables: Tables, relation: Any) -> Written:
    source, parent = tables.source, tables.write(relation.parent)
    metrics = tables.columns(relation, relation.metrics)
    places = {op: at for at, op in enumerate(dict.fromkeys(r for m in metrics.values() for r in reductions_in(m)))}
    groups, state = source.kept("{}", "g"), source.fresh("s")
    begins = ", ".join(REDUCTIONS[type(op)].begins for op in places)
    row = source.fresh("r")
    with source.block(f"for {row} in {parent.name}:"):
        values = Values(source, {relation.parent: parent.field_of(row)})
        keys = {name: values.say(value) for name, value in relation.groups.items()}
        key = source.kept("(" + "".join(f"{said.name}, " for said in keys.values()) + ")", "k")
        source.line(f"{state} = {groups}.get({key})")
        with source.block(f"if {state} is None:"):
            source.line(f"{state} = {groups}[{key}] = [{begins}]")
        for op, at in places.items():
            write_row(source, values, op, f"{state}[{at}]")
    rows, key = tables.new(), source.fresh("k")
    with source.block(f"for {key}, {state} in {groups}.items():"):
        ends = Values(source, {}, {op: told(op, f"{state}[{at}]") for op, at in places.items()})
        cells = {name: Said(f"{key}[{at}]", said.nullable) for at, (name, said) in enumerate(keys.items())}
        cells |= {name: ends.say(metric) for name, metric in metrics.items()}
        made = tables.put(rows, cells)
    return made


def _join(tables: Tables, relation: Any) -> Written:
    parents = {link: tables.write(link.parent) for link in (relation.first, *(link.table for link in relation.rest))}
    rows, source = tables.new(), tables.source
    row = source.fresh("r")
    with source.block(f"for {row} in {parents[relation.first].name}:"):
        fields = {relation.first: parents[relation.first].field_of(row)}
        return _linked(tables, relation, list(relation.rest), parents, fields, rows)


def _linked(
    tables: Tables,
    relation: Any,
    rest: Sequence[Any],
    parents: Mapping[Any, Written],
    fields: dict[Any, Any],
    rows: str,
) -> Written:
    """One loop more for each further table."""
    source = tables.source
    if not rest:
        values = Values(source, fields)
        cells = tables.columns(relation, relation.values)
        return tables.put(rows, {name: values.say(value) for name, value in cells.items()})
    link, parent = rest[0], parents[rest[0].table]
    found, row = tables.new(), source.fresh("r")
    with source.block(f"for {row} in {parent.name}:"):
        values = Values(source, {**fields, link.table: parent.field_of(row)})
        conditions = [values.say(predicate).name for predicate in link.predicates] or ["True"]
        with source.block(f"if {' and '.join(conditions)}:"):
            source.line(f"{found}.append({row})")
    if link.how not in ("inner", "left", "semi", "anti"):
        raise unknown(link)
    heads = {"inner": found, "left": f"{found} or NOBODY", "semi": f"{found}[:1]", "anti": f"() if {found} else NOBODY"}
    source.names["NOBODY"] = NOBODY
    with source.block(f"for {row} in {heads[link.how]}:"):
        further = {**fields, link.table: parent.field_of(row, absent=link.how == "left")}
        return _linked(tables, relation, rest[1:], parents, further, rows)


def _union(tables: Tables, relation: Any) -> Written:
    left, right = tables.write(relation.left), tables.write(relation.right)
    names = [name for name in relation.schema.names if name in tables.needed.of(relation)]
    rows = tables.new()
    for side in (left, right):
        row = tables.source.fresh("r")
        with tables.source.block(f"for {row} in {side.name}:"):
            made = tables.put(rows, {name: side.field_of(row)(name) for name in names})
    nullable = {
        name: (at, any(side.places[name][1] for side in (left, right))) for name, (at, _) in made.places.items()
    }
    return _once(tables, Written(rows, nullable)) if relation.distinct else Written(rows, nullable)


def _distinct(tables: Tables, relation: Any) -> Written:
    parent = tables.write(relation.parent)
    names = list(relation.schema.names)
    rows, row = tables.new(), tables.source.fresh("r")
    with tables.source.block(f"for {row} in {parent.name}:"):
        made = tables.put(rows, {name: parent.field_of(row)(name) for name in names})
    return _once(tables, made)


def _once(tables: Tables, rows: Written) -> Written:
    return Written(tables.source.kept(f"list(dict.fromkeys({rows.name}))", "t"), rows.places)


def _same_rows(tables: Tables, relation: Any) -> Written:
    return tables.write(relation.parent)


RELATIONS: dict[type, Callable[[Tables, Any], Written]] = {
    ops.InMemoryTable: _in_memory,
    ops.UnboundTable: _given,
    ops.Project: _project,
    ops.Filter: _filter,
    ops.Aggregate: _aggregate,
    ops.JoinChain: _join,
    ops.Union: _union,
    ops.Distinct: _distinct,
    ops.DropColumns: _same_rows,
    ops.SelfReference: _same_rows,
    ops.JoinReference: _same_rows,
    ops.Sort: _same_rows,
}
