"""Many rows made one: sums, counts, the most and the least of a group, as statements before, in and after a loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis.expr.operations as ops

from features.rowwise.source import Source
from features.rowwise.values import Said, Values


@dataclass(frozen=True)
class Reduction:
    """How a group's answer begins, what a row does to it, and what is told at the end; `{a}` is its place, `{v}` the row's value."""

    begins: str
    row: str
    told: str = "{a}"
    nullable: bool = True


REDUCTIONS: dict[type, Reduction] = {
    ops.Sum: Reduction("None", "{a} = {v} if {a} is None else {a} + {v}"),
    ops.Max: Reduction("None", "{a} = {v} if {a} is None or {v} > {a} else {a}"),
    ops.Min: Reduction("None", "{a} = {v} if {a} is None or {v} < {a} else {a}"),
    ops.Count: Reduction("0", "{a} += 1", nullable=False),
    ops.CountStar: Reduction("0", "{a} += 1", nullable=False),
    ops.CountDistinct: Reduction("None", "{a} = ({a} or set()) | {{{v}}}", "len({a} or ())", nullable=False),
    ops.Mean: Reduction(
        "None", "{a} = ({v}, 1) if {a} is None else ({a}[0] + {v}, {a}[1] + 1)", "{a} and {a}[0] / {a}[1]"
    ),
}


def reductions_in(op: Any) -> list[Any]:
    """The reductions that a metric rests on, each once."""
    if isinstance(op, tuple(REDUCTIONS)):
        return [op]
    found = [each for part in op.__children__ if not isinstance(part, ops.Relation) for each in reductions_in(part)]
    return list(dict.fromkeys(found))


def write_row(source: Source, values: Values, op: Any, place: str) -> None:
    """What one row does to the group's answer in `place`."""
    conditions = [values.say(op.where).name] if op.where is not None else []
    value = Said("1", nullable=False)
    if not isinstance(op, ops.CountStar):
        value = values.say(op.arg)
        conditions += [f"{value.name} is not None"] if value.nullable else []
    text = REDUCTIONS[type(op)].row.format(a=place, v=value.name)
    if conditions:
        with source.block(f"if {' and '.join(conditions)}:"):
            source.line(text)
    else:
        source.line(text)


def told(op: Any, place: str) -> Said:
    """The group's answer."""
    reduction = REDUCTIONS[type(op)]
    return Said(f"({reduction.told.format(a=place)})", reduction.nullable)


Writer = Callable[[Source, Values, Any, str], None]
