"""From Python's syntax tree to checked terms: only what is listed here is understood, all else is a fault."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from functools import reduce

from features.rules.checks import Faults, fault_of_comparison
from features.rules.kinds import TRUTH, Kind
from features.rules.reckoning import SPANS, arithmetic, call
from features.rules.terms import COMPARISONS, UNREAD, Facts, Term, Values, applied, constant, holding, is_in, named
from features.rules.words import Words, nearest

SIGNS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
LARGEST = 1e15  # whole numbers of this size are still exact
KNOWN, UNKNOWN = "known", "unknown"


class Reader:
    """Reads one expression. `used` gathers the names that it reads."""

    def __init__(self, line: str, words: Words, faults: Faults) -> None:
        self.line, self.words, self.faults = line, words, faults
        self.used: set[str] = set()

    def condition(self, node: ast.expr) -> Term:
        """A part that holds or does not."""
        term = self.term(node)
        if term is not UNREAD and not term.kind.yes_or_no:
            self.fault(node, f"{term.kind.named()} where a condition is wanted; compare it with something")
        return term

    def term(self, node: ast.expr) -> Term:
        """Any part."""
        match node:
            case ast.BoolOp(op=operator, values=parts):
                return self._logic(operator, parts)
            case ast.UnaryOp():
                return self._unary(node)
            case ast.Compare():
                return self._comparisons(node)
            case ast.BinOp():
                return arithmetic(self, node)
            case ast.Call():
                return call(self, node)
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.Constant(value=bool() | None | bytes() | complex()):
                return self.fault(node, f"{ast.unparse(node)} is not a value here; compare with `is known`, 0 or 1")
            case ast.Constant(value=str(word)):
                return constant(word, Kind("text", literal=word))
            case ast.Constant(value=int() | float() as number) if abs(number) < LARGEST:
                return constant(float(number), Kind("number", literal=float(number)))
            case ast.Constant():
                return self.fault(node, f"a number from {LARGEST:g} on is no amount of anything")
        return self.fault(node, f"{type(node).__name__} is not part of the language of rules")

    def fault(self, node: ast.AST, said: str) -> Term:
        """A fault where `node` stands; the term that stands for what could not be read."""
        column = getattr(node, "col_offset", 0)  # in bytes of UTF-8
        self.faults.add(len(self.line.encode()[:column].decode(errors="ignore")), said)
        return UNREAD

    def _name(self, node: ast.AST, name: str) -> Term:
        if name not in self.words:
            like = nearest(name, self.words)
            return self.fault(node, f"no feature is called {name}" + (f"; did you mean {like}?" if like else ""))
        self.used.add(name)
        return named(name, self.words[name])

    def _logic(self, operator: ast.boolop, parts: list[ast.expr]) -> Term:
        held = [holding(self.condition(part)) for part in parts]
        return Term(TRUTH, _joined("both" if isinstance(operator, ast.And) else "either", held))

    def _unary(self, node: ast.UnaryOp) -> Term:
        if isinstance(node.op, ast.Not):
            return Term(TRUTH, applied("opposite", holding(self.condition(node.operand))))
        term = self.term(node.operand)
        if term is UNREAD:
            return term
        if term.kind.what != "number" or not isinstance(node.op, ast.USub):
            return self.fault(node, f"only a number can have a sign, not {term.kind.named()}")
        literal = -term.kind.literal if isinstance(term.kind.literal, float) else None
        kind = Kind("number", term.kind.unit, literal=literal)
        return Term(kind, applied("negate", term.values))

    def _comparisons(self, node: ast.Compare) -> Term:
        sides = [node.left, *node.comparators]
        terms = [
            self._comparison(one, operator, other)
            for one, operator, other in zip(sides, node.ops, sides[1:], strict=False)
        ]
        if len(terms) == 1:
            return terms[0]
        if any(isinstance(operator, ast.Is | ast.IsNot | ast.In | ast.NotIn) for operator in node.ops):
            return self.fault(node, "`is known` and `in` cannot be part of a chain; join them with `and`")
        return Term(TRUTH, _joined("both", [term.values for term in terms]))

    def _comparison(self, one: ast.expr, operator: ast.cmpop, other: ast.expr) -> Term:
        if isinstance(operator, ast.Is | ast.IsNot):
            return self._known(one, isinstance(operator, ast.Is), other)
        if isinstance(operator, ast.In | ast.NotIn):
            return self._membership(one, isinstance(operator, ast.In), other)
        this, that, sign = self.term(one), self.term(other), SIGNS[type(operator)]
        if UNREAD in (this, that):
            return Term(TRUTH, UNREAD.values)
        fault = fault_of_comparison(this.kind, sign, that.kind)
        if fault:
            self.fault(one, fault)
        return Term(TRUTH, applied(COMPARISONS[sign], this.values, that.values))

    def _known(self, one: ast.expr, positive: bool, other: ast.expr) -> Term:
        said = "None" if isinstance(other, ast.Constant) and other.value is None else getattr(other, "id", "")
        if said not in (KNOWN, UNKNOWN, "None"):
            self.fault(other, "`is` is only for `is known` and `is not known`; compare values with ==")
        term = self.term(one)
        valid = positive == (said == KNOWN)
        return Term(TRUTH, applied("known" if valid else "unknown", term.values))

    def _membership(self, one: ast.expr, positive: bool, other: ast.expr) -> Term:
        term = self.term(one)
        if not isinstance(other, ast.Tuple | ast.List | ast.Set) or not other.elts:
            self.fault(other, 'in wants a list of values, such as ("pension", "unemployment")')
            return Term(TRUTH, UNREAD.values)
        members = [self._member(term, node) for node in other.elts]
        among = is_in(term, members)
        return Term(TRUTH, among if positive else applied("opposite", among))

    def _member(self, term: Term, node: ast.expr) -> Term:
        member = self.term(node)
        if UNREAD in (term, member):
            return member
        if not _written(node):
            return self.fault(node, "the members of a list are written out, not names")
        fault = fault_of_comparison(term.kind, "==", member.kind)
        return self.fault(node, fault) if fault else member


def _joined(operation: str, held: Sequence[Callable[[Facts], Values]]) -> Callable[[Facts], Values]:
    return reduce(lambda joined, other: applied(operation, joined, other), held)


def _written(node: ast.expr) -> bool:
    return not any(isinstance(part, ast.Name) and part.id not in (*SPANS, "date") for part in ast.walk(node))
