"""What is told of a row among the others of its group: its place, its neighbours, the most and the sum of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import ibis.expr.operations as ops

from features.rowwise.source import Source
from features.rowwise.values import Said, Values, unknown

FieldOf = Callable[[str], Callable[[str], Said]]


def write_windows(
    source: Source, relation: Any, rows: str, field_of: FieldOf, values: Iterable[Any]
) -> dict[Any, Said]:
    """Lists `NAME_all` with an answer a row for each window in `values`, and what each is called in a row."""
    found = dict.fromkeys(window for value in values for window in _windows_in(value))
    source.names["windowed"] = windowed
    return {window: _write(source, relation, rows, field_of, window) for window in found}


def _windows_in(op: Any) -> list[Any]:
    if isinstance(op, ops.WindowFunction):
        return [op]
    return [each for part in op.__children__ if not isinstance(part, ops.Relation) for each in _windows_in(part)]


def _write(source: Source, relation: Any, rows: str, field_of: FieldOf, window: Any) -> Said:
    kind, whole = type(window.func), window.start is None and window.end is None
    if kind not in KINDS or (kind in OVER_ALL and not (whole and not window.order_by)):
        raise unknown(window)
    told, row = source.fresh("w"), source.fresh("r")
    keys = source.kept("[]", "k")
    with source.block(f"for {row} in {rows}:"):
        values = Values(source, {relation: field_of(row)})
        group = "".join(f"{values.say(each).name}, " for each in window.group_by)
        order = "".join(f"{values.say(each.arg).name}, " for each in window.order_by)
        arg = values.say(window.func.arg).name if hasattr(window.func, "arg") else "None"
        source.line(f"{keys}.append((({group}), ({order}), {arg}))")
    down = tuple(bool(key.descending) for key in window.order_by)
    first = tuple(bool(key.nulls_first) for key in window.order_by)
    source.line(f"{told}_all = windowed({KINDS[kind]!r}, {keys}, {down!r}, {first!r})")
    return Said(told, kind is not ops.RowNumber)


KINDS: dict[type, str] = {
    ops.RowNumber: "row_number", ops.Lead: "lead", ops.Lag: "lag", ops.Max: "max", ops.Min: "min", ops.Sum: "sum",
}  # fmt: skip
OVER_ALL = (ops.Max, ops.Min, ops.Sum)


def windowed(
    kind: str, rows: Sequence[tuple[Any, Any, Any]], down: Sequence[bool], nulls_first: Sequence[bool]
) -> list[Any]:
    """An answer a row; `rows` are (group, order, value), `down` and `nulls_first` say how each part of the order goes."""
    groups: dict[Any, list[int]] = {}
    for at, (group, _, _) in enumerate(rows):
        groups.setdefault(group, []).append(at)
    told: list[Any] = [None] * len(rows)
    for places in groups.values():
        for part in range(len(down) - 1, -1, -1):
            there = [at for at in places if rows[at][1][part] is not None]
            none = [at for at in places if rows[at][1][part] is None]
            there.sort(key=lambda at, part=part: rows[at][1][part], reverse=down[part])  # type: ignore[misc]
            places = none + there if nulls_first[part] else there + none
        for at, answer in zip(places, _answers(kind, [rows[at][2] for at in places]), strict=True):
            told[at] = answer
    return told


def _answers(kind: str, values: list[Any]) -> list[Any]:
    there = [value for value in values if value is not None]
    match kind:
        case "row_number":
            return list(range(len(values)))
        case "lead":
            return [*values[1:], None]
        case "lag":
            return [None, *values[:-1]]
    told: Mapping[str, Callable[[list[Any]], Any]] = {"max": max, "min": min, "sum": sum}
    whole = told[kind](there) if there else None
    return [whole] * len(values)
