"""What can be wrong with a comparison, and where it stands in the expression."""

from __future__ import annotations

from dataclasses import dataclass, field

from features.rules.kinds import FLAG, MONEY, SHARE, Kind, alike
from features.rules.words import nearest

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
ORDER = ("<", "<=", ">", ">=")


@dataclass
class Faults:
    """Faults of one text: (offset in characters, what is wrong). `start` is added to each offset."""

    found: list[tuple[int, str]] = field(default_factory=list)
    start: int = 0

    def add(self, offset: int, said: str) -> None:
        """One more."""
        self.found.append((self.start + offset, said))

    def shifted(self, start: int) -> Faults:
        """The same list, for a text that begins `start` characters later."""
        return Faults(self.found, self.start + start)


def fault_of_comparison(one: Kind, operator: str, other: Kind) -> str | None:
    """Why the two cannot be compared so; None where they can."""
    if not alike(one, other):
        return _unlike(one, other)
    if operator in ORDER and one.what not in ("number", "date"):
        return f"{one.named()} is neither more nor less than another; compare with == or in"
    if other.literal is not None:
        return _fault_of_literal(one, operator, other.literal)
    return _fault_of_literal(other, FLIPPED[operator], one.literal) if one.literal is not None else None


def _unlike(one: Kind, other: Kind) -> str:
    said = f"{one.named()} compared with {other.named()}"
    if "calendar" in (one.what, other.what):
        return f"{said}; a span of months may only be added to a day, compare with a number or days(n)"
    if {one.what, other.what} == {"date", "text"}:
        return f'{said}; write a day as date("2024-06-30")'
    return f"{said}; both sides must be of one kind"


def _fault_of_literal(kind: Kind, operator: str, literal: float | str) -> str | None:
    if isinstance(literal, str):
        return _fault_of_word(kind, literal)
    if _never(kind, operator, literal):
        return f"never holds: {_bounds(kind)}"
    if _never(kind, _opposite(operator), literal):
        return f"always holds where it is known: {_bounds(kind)}; write `is known` if that is meant"
    return None


def _fault_of_word(kind: Kind, word: str) -> str | None:
    if not kind.choices or word in kind.choices:
        return None
    like = nearest(word, dict.fromkeys(kind.choices, kind))
    hint = f"; did you mean {like}?" if like else ""
    return f'"{word}" is none of {", ".join(kind.choices)}{hint}'


def _never(kind: Kind, operator: str, number: float) -> bool:
    low, high = kind.low, kind.high
    below = low is not None and number < low
    above = high is not None and number > high
    match operator:
        case ">":
            return above or number == high
        case "<":
            return below or number == low
        case ">=":
            return above
        case "<=":
            return below
        case "==":
            return above or below
    return False


def _opposite(operator: str) -> str:
    return {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}[operator]


def _bounds(kind: Kind) -> str:
    low, high = (f"{bound:g}" if bound is not None else None for bound in (kind.low, kind.high))
    if low is not None and high is not None:
        return f"{'it' if kind.unit not in (SHARE, FLAG) else kind.named()} is from {low} to {high}"
    what = "an amount" if kind.unit == MONEY else "it"
    return f"{what} is never below {low}" if low is not None else f"{what} is never above {high}"
