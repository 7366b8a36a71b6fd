"""Expressions of policy rules: read with Python's own grammar, checked against the names there are, never run as code.

    days_paid_after_death_known > 0 and amount >= 500
    scheme in ("pension", "unemployment") and filed_on > starts_on + months(6)
    matches_above_half is not known or not (0.5 <= best_match < 0.9)

Comparison (also chained), and / or / not, + - * /, `is known` and `is not known`, `in` a list, `days(n)`, `months(n)`,
`years(n)`, `date("2024-06-30")`, `abs`, `min`, `max`. What is not known is neither true nor false, and never a hit.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from features.rules.checks import Faults
from features.rules.kinds import TRUTH
from features.rules.parts import Reader
from features.rules.terms import Term, holding
from features.rules.words import Words

DEEPEST = 50  # parts within parts; nobody reads more


@dataclass(frozen=True)
class Expression:
    """A checked condition. `names` are those of the table that it reads."""

    text: str
    names: tuple[str, ...]
    condition: Term


def read_expression(text: str, words: Words, faults: Faults) -> Expression | None:
    """The condition that `text` states over `words`; None where it has faults, which are added to `faults`."""
    start = len(text) - len(text.lstrip())
    line = text.strip().replace("\n", " ")
    try:
        tree = ast.parse(line, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        at = (getattr(error, "offset", None) or len(line) + 1) - 1 if getattr(error, "lineno", 1) == 1 else len(line)
        faults.add(start + at, _unreadable(error))
        return None
    if _depth(tree) > DEEPEST:
        faults.add(start, f"more than {DEEPEST} parts within one another")
        return None
    before, reader = len(faults.found), Reader(line, words, faults.shifted(start))
    term = reader.condition(tree)
    if len(faults.found) > before:
        return None
    return Expression(line, tuple(sorted(reader.used)), Term(TRUTH, holding(term)))


def _unreadable(error: BaseException) -> str:
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"cannot be read: {said or type(error).__name__}"


def _depth(tree: ast.AST) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest, level = deepest + 1, [child for node in level for child in ast.iter_child_nodes(node)]
    return deepest
