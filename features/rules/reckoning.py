"""Arithmetic and functions in expressions of rules."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable
from typing import Protocol

from features.rules.kinds import CALENDAR, DATE, DAYS, NUMBER, Kind, added, alike, divided, multiplied, plain
from features.rules.terms import UNREAD, Term, applied, constant

SPANS = {"days": 0, "months": 1, "years": 12}  # months of each; days are no months
LONGEST = 10_000  # days of a working life, about
OPERATIONS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "quotient",
}


class Reading(Protocol):
    """What reads the parts of a part."""

    def term(self, node: ast.expr) -> Term:
        """Any part."""

    def fault(self, node: ast.AST, said: str) -> Term:
        """A fault where `node` stands."""


def arithmetic(reader: Reading, node: ast.BinOp) -> Term:
    """A sum, difference, product or quotient."""
    this, that = reader.term(node.left), reader.term(node.right)
    if UNREAD in (this, that):
        return UNREAD
    kinds: dict[type, Callable[[], Kind | None]] = {
        ast.Add: lambda: added(this.kind, that.kind, 1),
        ast.Sub: lambda: added(this.kind, that.kind, -1),
        ast.Mult: lambda: multiplied(this.kind, that.kind),
        ast.Div: lambda: divided(this.kind, that.kind),
    }
    if type(node.op) not in kinds:
        return reader.fault(node, "only + - * / can be reckoned with")
    kind = kinds[type(node.op)]()
    if kind is None:
        return reader.fault(node, f"{this.kind.named()} and {that.kind.named()} cannot be put together so")
    return Term(kind, applied(_operation(node.op, this.kind, that.kind), this.values, that.values))


def call(reader: Reading, node: ast.Call) -> Term:
    """One of the few functions there are."""
    name = getattr(node.func, "id", ast.unparse(node.func))
    if node.keywords or name not in (*SPANS, "date", "abs", "min", "max"):
        return reader.fault(node, f"there is no function {name}; there are days, months, years, date, abs, min, max")
    if name in SPANS:
        return _span(reader, node, name)
    return _day(reader, node) if name == "date" else _chosen(reader, node, name)


def _span(reader: Reading, node: ast.Call, name: str) -> Term:
    number = node.args[0].value if len(node.args) == 1 and isinstance(node.args[0], ast.Constant) else None
    if type(number) is not int or not 0 <= number <= LONGEST:
        return reader.fault(node, f"{name} wants one whole number from 0 to {LONGEST}, such as {name}(3)")
    if name == "days":
        return constant(float(number), Kind("number", DAYS, literal=float(number)))
    return constant(number * SPANS[name], CALENDAR)


def _day(reader: Reading, node: ast.Call) -> Term:
    written = node.args[0].value if len(node.args) == 1 and isinstance(node.args[0], ast.Constant) else None
    try:
        return constant(dt.date.fromisoformat(str(written)), DATE)
    except ValueError:
        return reader.fault(node, f'{ast.unparse(node)} is not a day; write date("2024-06-30")')


def _chosen(reader: Reading, node: ast.Call, name: str) -> Term:
    terms = [reader.term(part) for part in node.args]
    if UNREAD in terms:
        return UNREAD
    numbers = all(term.kind.what == "number" and alike(terms[0].kind, term.kind) for term in terms)
    if not numbers or (len(terms) != 1 if name == "abs" else len(terms) < 2):
        return reader.fault(
            node, f"{name} wants {'one number' if name == 'abs' else 'two or more numbers of one kind'}"
        )
    kind = plain(next((term.kind for term in terms if term.kind.unit), NUMBER))
    if name == "abs":
        return Term(kind, applied("absolute", terms[0].values))
    return Term(kind, applied("least" if name == "min" else "greatest", *[term.values for term in terms]))


def _operation(operator: ast.operator, this: Kind, that: Kind) -> str:
    if this.what == "date" and that.what == "date":
        return "days_between"
    if this.what == "date":
        spans = "months" if that.what == "calendar" else "days"
        return f"{spans}_earlier" if isinstance(operator, ast.Sub) else f"{spans}_later"
    return OPERATIONS[type(operator)]
