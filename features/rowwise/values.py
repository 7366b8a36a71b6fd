"""Values of a row as Python: each operation of an expression becomes one statement, worked out once a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import ibis.expr.operations as ops

from features.errors import Damaged
from features.rowwise.source import Source


@dataclass(frozen=True)
class Said:
    """What a value is called in the source, and whether it may be None."""

    name: str
    nullable: bool = True


Fields: TypeAlias = Mapping[Any, Callable[[str], Said]]  # by relation: what a column of its row is called
NULL = Said("None")


class Values:
    """Writes the values of one row of some relations. What was written is not written again."""

    def __init__(self, source: Source, fields: Fields, told: Mapping[Any, Said] | None = None) -> None:
        self.source, self._fields = source, fields
        self._told: dict[Any, Said] = dict(told or {})

    def say(self, op: Any) -> Said:
        """What the value of `op` is called. Damaged where the operation is not known here."""
        if op not in self._told:
            self._told[op] = self._written(op)
        return self._told[op]

    def _written(self, op: Any) -> Said:
        if isinstance(op, ops.Field):
            return self._fields[op.rel](op.name)
        if isinstance(op, ops.Alias):
            return self.say(op.arg)
        if isinstance(op, ops.Literal):
            return self._literal(op)
        for known, write in WRITERS.items():
            if isinstance(op, known):
                return write(self, op)
        raise unknown(op)

    def _literal(self, op: Any) -> Said:
        value = op.value
        if value is None:
            return NULL
        return Said(repr(value) if isinstance(value, int | str) else self.source.constant(value), nullable=False)

    def kept(self, expression: str, nullable: bool = True) -> Said:
        """The value of `expression` under a name of its own."""
        return Said(self.source.kept(expression), nullable)

    def strict(self, expression: str, *parts: Said) -> Said:
        """`expression` of parts, null where any of them is."""
        unknown_parts = [f"{part.name} is None" for part in parts if part.nullable]
        if not unknown_parts:
            return self.kept(expression, nullable=False)
        return self.kept(f"None if {' or '.join(dict.fromkeys(unknown_parts))} else {expression}")


def unknown(op: Any) -> Damaged:
    """The error of an operation that has no form here."""
    return Damaged(
        f"an expression uses {type(op).__name__}, which cannot be worked out row by row",
        found=repr(op)[:200],
        expected="an operation of features/rowwise",
        do="add the operation there, with its line in the test that sets rows against the engine",
    )


def _binary(sign: str) -> Callable[[Values, Any], Said]:
    def write(values: Values, op: Any) -> Said:
        one, other = values.say(op.left), values.say(op.right)
        return values.strict(f"{one.name} {sign} {other.name}", one, other)

    return write


def _called(function: str, *parts: str) -> Callable[[Values, Any], Said]:
    def write(values: Values, op: Any) -> Said:
        return values.kept(f"{function}({', '.join(values.say(getattr(op, part)).name for part in parts)})")

    return write


def _of_all(function: str) -> Callable[[Values, Any], Said]:
    def write(values: Values, op: Any) -> Said:
        parts = [values.say(part) for part in op.arg]
        if not any(part.nullable for part in parts) and len(parts) > 1:
            function_of = "min" if function == "least" else "max"
            return values.kept(f"{function_of}({', '.join(part.name for part in parts)})", nullable=False)
        return values.kept(f"{function}({', '.join(part.name for part in parts)})")

    return write


def _logic(function: str, word: str) -> Callable[[Values, Any], Said]:
    def write(values: Values, op: Any) -> Said:
        one, other = values.say(op.left), values.say(op.right)
        if one.nullable or other.nullable:
            return values.kept(f"{function}({one.name}, {other.name})")
        return values.kept(f"{one.name} {word} {other.name}", nullable=False)

    return write


def _not(values: Values, op: Any) -> Said:
    part = values.say(op.arg)
    return values.strict(f"not {part.name}", part)


def _if_else(values: Values, op: Any) -> Said:
    condition, one, other = (values.say(part) for part in (op.bool_expr, op.true_expr, op.false_null_expr))
    return values.kept(f"{one.name} if {condition.name} else {other.name}", one.nullable or other.nullable)


def _cases(values: Values, op: Any) -> Said:
    text, parts = "", []
    for case, result in zip(op.cases, op.results, strict=True):
        condition, part = values.say(case), values.say(result)
        parts.append(part)
        text += f"{part.name} if {condition.name} else "
    parts.append(values.say(op.default))
    return values.kept(text + parts[-1].name, any(part.nullable for part in parts))


def _coalesce(values: Values, op: Any) -> Said:
    first, *rest = (values.say(part) for part in op.arg)
    for part in rest:
        if not first.nullable:
            break
        first = values.kept(f"{part.name} if {first.name} is None else {first.name}", part.nullable)
    return first


def _null_if(values: Values, op: Any) -> Said:
    one, other = values.say(op.arg), values.say(op.null_if_expr)
    return values.kept(f"None if {one.name} == {other.name} else {one.name}")


def _clip(values: Values, op: Any) -> Said:
    text = part = values.say(op.arg)
    said = text.name
    if op.lower is not None:
        said = f"max({said}, {values.say(op.lower).name})"
    if op.upper is not None:
        said = f"min({said}, {values.say(op.upper).name})"
    return values.strict(said, part)


def _between(values: Values, op: Any) -> Said:
    value, low, high = (values.say(part) for part in (op.arg, op.lower_bound, op.upper_bound))
    return values.strict(f"{low.name} <= {value.name} <= {high.name}", value, low, high)


def _among(values: Values, op: Any) -> Said:
    value = values.say(op.value)
    options = values.source.constant(frozenset(option.value for option in op.options))
    return values.strict(f"{value.name} in {options}", value)


def _known(sign: str) -> Callable[[Values, Any], Said]:
    def write(values: Values, op: Any) -> Said:
        part = values.say(op.arg)
        text = f"{part.name} {sign} None" if part.nullable else repr(sign == "is not")
        return values.kept(text, nullable=False)

    return write


def _days_between(values: Values, op: Any) -> Said:
    if op.part.value != "day":
        raise unknown(op)
    later, earlier = values.say(op.left), values.say(op.right)
    return values.strict(f"({later.name} - {earlier.name}).days", later, earlier)


def _days_later(values: Values, op: Any) -> Said:
    if str(getattr(op.right.dtype, "unit", "")) not in ("D", "IntervalUnit.DAY"):
        raise unknown(op)
    return values.kept(f"days_later({values.say(op.left).name}, {_number_of_days(values, op.right)})")


def _number_of_days(values: Values, op: Any) -> str:
    return (
        str(op.value.days if hasattr(op.value, "days") else op.value)
        if isinstance(op, ops.Literal)
        else values.say(op.arg).name
    )


def _cast(values: Values, op: Any) -> Said:
    part, was, to = values.say(op.arg), op.arg.dtype, op.to
    if was.is_null() or was == to or (was.is_integer() and to.is_integer()) or (was.is_date() and to.is_date()):
        return part
    if to.is_floating():
        return values.strict(f"float({part.name})", part)
    if to.is_integer() and (was.is_boolean() or was.is_decimal()):
        return values.strict(f"int({part.name})", part)
    if to.is_integer() and was.is_string():
        return Said(values.strict(f"whole_text({part.name})", part).name)
    if to.is_date() and was.is_string():
        return values.strict(f"date_of_text({part.name})", part)
    if to.is_string() and was.is_integer():
        return values.strict(f"str({part.name})", part)
    if to.is_date() and was.is_timestamp():
        return values.strict(f"{part.name}.date()", part)
    raise unknown(op)


def _part_of_text(values: Values, op: Any) -> Said:
    text, start = values.say(op.arg), values.say(op.start)
    if op.length is None:
        return values.strict(f"{text.name}[{start.name}:]", text, start)
    length = values.say(op.length)
    return values.strict(f"{text.name}[{start.name}:{start.name} + {length.name}]", text, start, length)


def _together(values: Values, op: Any) -> Said:
    parts = [values.say(part) for part in op.arg]
    return values.strict(" + ".join(part.name for part in parts), *parts)


def _search(values: Values, op: Any) -> Said:
    pattern = values.source.constant(re.compile(op.pattern.value))
    return values.kept(f"searched({values.say(op.arg).name}, {pattern})")


def _translate(values: Values, op: Any) -> Said:
    before, after = op.from_str.value, op.to_str.value
    table = {ord(letter): after[at] if at < len(after) else None for at, letter in reversed(list(enumerate(before)))}
    return values.kept(f"translated({values.say(op.arg).name}, {values.source.constant(table)})")


def _part_of_date(name: str) -> Callable[[Values, Any], Said]:
    def write(values: Values, op: Any) -> Said:
        part = values.say(op.arg)
        return values.strict(f"{part.name}.{name}", part)

    return write


def _of_one(function: str) -> Callable[[Values, Any], Said]:
    def write(values: Values, op: Any) -> Said:
        part = values.say(op.arg)
        return values.strict(f"{function}({part.name})", part)

    return write


def _date_of(values: Values, op: Any) -> Said:
    part = values.say(op.arg)
    return values.strict(f"{part.name}.date()", part)


WRITERS: dict[type, Callable[[Values, Any], Said]] = {
    ops.Add: _binary("+"),
    ops.Subtract: _binary("-"),
    ops.Multiply: _binary("*"),
    ops.FloorDivide: _binary("//"),
    ops.Equals: _binary("=="),
    ops.NotEquals: _binary("!="),
    ops.Less: _binary("<"),
    ops.LessEqual: _binary("<="),
    ops.Greater: _binary(">"),
    ops.GreaterEqual: _binary(">="),
    ops.Divide: _called("quotient", "left", "right"),
    ops.Modulus: _called("remainder", "left", "right"),
    ops.And: _logic("and3", "and"),
    ops.Or: _logic("or3", "or"),
    ops.Not: _not,
    ops.IfElse: _if_else,
    ops.SearchedCase: _cases,
    ops.Coalesce: _coalesce,
    ops.NullIf: _null_if,
    ops.Clip: _clip,
    ops.Between: _between,
    ops.InValues: _among,
    ops.IsNull: _known("is"),
    ops.NotNull: _known("is not"),
    ops.Least: _of_all("least"),
    ops.Greatest: _of_all("greatest"),
    ops.Abs: _of_one("abs"),
    ops.Negate: _of_one("-"),
    ops.DateDelta: _days_between,
    ops.DateAdd: _days_later,
    ops.Date: _date_of,
    ops.Cast: _cast,
    ops.ExtractYear: _part_of_date("year"),
    ops.ExtractMonth: _part_of_date("month"),
    ops.ExtractDay: _part_of_date("day"),
    ops.ExtractHour: _part_of_date("hour"),
    ops.Substring: _part_of_text,
    ops.StringAscii: _called("character_code", "arg"),
    ops.StringLength: _of_one("len"),
    ops.StringConcat: _together,
    ops.RegexSearch: _search,
    ops.Translate: _translate,
    ops.Uppercase: _called("upper", "arg"),
}
