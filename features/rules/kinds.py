"""What kind of thing a part of an expression is (money, days, a share, a day, a word …), and which go together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

What = Literal["number", "date", "text", "truth", "calendar"]

MONEY = "currency"
DAYS = "days"
SHARE = "share"
FLAG = "flag"


@dataclass(frozen=True)
class Kind:
    """`unit` is that of the feature's record; None for a bare number, which fits every unit.

    `low` and `high` bound what it can be (None: no bound); `choices` are the words it can be; `literal` is what was
    written, where it was. `calendar` is a span of months, which days cannot tell.
    """

    what: What
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    literal: float | str | None = None

    @property
    def yes_or_no(self) -> bool:
        """Whether it can stand where something holds or not."""
        return self.what == "truth" or (self.what == "number" and self.unit == FLAG)

    def named(self) -> str:
        """The kind in words, as an error says it."""
        if self.what == "number":
            return {None: "a number", MONEY: "money", SHARE: "a share", FLAG: "a flag"}.get(self.unit, self.unit or "")
        return {"date": "a day", "text": "a word", "truth": "a condition", "calendar": "a span of months"}[self.what]


NUMBER = Kind("number")
DATE = Kind("date")
TEXT = Kind("text")
TRUTH = Kind("truth")
CALENDAR = Kind("calendar")


def alike(one: Kind, other: Kind) -> bool:
    """Whether two kinds may be compared or added: the same sort, and units that are the same or not said."""
    if one.what != other.what:
        return False
    return one.what != "number" or one.unit == other.unit or None in (one.unit, other.unit)


def plain(kind: Kind) -> Kind:
    """The kind without bounds, choices and literal: those of a value that was reckoned."""
    return replace(kind, low=None, high=None, choices=(), literal=None)


def added(one: Kind, other: Kind, sign: int) -> Kind | None:
    """The kind of a sum or (`sign` -1) difference; None where there is none."""
    if one.what == "date" and sign < 0 and other.what == "date":
        return Kind("number", DAYS)
    if one.what == "date" and (other.what == "calendar" or (other.what == "number" and other.unit in (None, DAYS))):
        return DATE
    if one.what == "number" and alike(one, other):
        return plain(one if one.unit else other)
    return None


def multiplied(one: Kind, other: Kind) -> Kind | None:
    """The kind of a product: a number or a share times anything, money times a count."""
    if one.what != "number" or other.what != "number":
        return None
    for this, that in ((one, other), (other, one)):
        if this.unit in (None, SHARE, FLAG) or that.unit == MONEY != this.unit:
            return plain(that)
    return None


def divided(one: Kind, other: Kind) -> Kind | None:
    """The kind of a quotient: a bare number of two alike, else the unit of what is divided."""
    if one.what != "number" or other.what != "number":
        return None
    if one.unit == other.unit and one.unit is not None:
        return NUMBER
    return plain(one) if other.unit in (None, SHARE) or one.unit == MONEY else None
