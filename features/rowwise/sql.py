"""What SQL does with its values where Python would do otherwise. None is null."""

from __future__ import annotations

import re
from datetime import date, timedelta

__all__ = [
    "and3", "character_code", "date_of_text", "days_later", "greatest", "least", "not3", "or3", "quotient", "remainder", "searched",
    "translated", "upper", "whole_text",
]  # fmt: skip

SINGLE = {"ß": "ẞ"}  # Python would make two letters of it


def and3(one: bool | None, other: bool | None) -> bool | None:
    """Both, of three values: what is not known matters only where the other holds."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def or3(one: bool | None, other: bool | None) -> bool | None:
    """Either, of three values."""
    if one is True or other is True:
        return True
    return None if one is None or other is None else False


def not3(one: bool | None) -> bool | None:
    """Not; what is not known is not known."""
    return None if one is None else not one


def least(*values):  # type: ignore[no-untyped-def]
    """The least of the values there are."""
    there = [value for value in values if value is not None]
    return min(there) if there else None


def greatest(*values):  # type: ignore[no-untyped-def]
    """The greatest of the values there are."""
    there = [value for value in values if value is not None]
    return max(there) if there else None


def quotient(one: float | None, other: float | None) -> float | None:
    """One over the other; features never divide by 0, they make it null."""
    return None if one is None or other is None or other == 0 else one / other


def remainder(one: int | None, other: int | None) -> int | None:
    """The remainder with the sign of what is divided."""
    if one is None or not other:
        return None
    rest = abs(one) % abs(other)
    return -rest if one < 0 else rest


def days_later(day, days):  # type: ignore[no-untyped-def]
    """The date so many days later."""
    return None if day is None or days is None else day + timedelta(days=days)


def character_code(text: str | None) -> int | None:
    """The code of the first character; 0 of an empty text."""
    return None if text is None else ord(text[0]) if text else 0


def translated(text: str | None, table: dict[int, str | None]) -> str | None:
    """Characters changed one by one."""
    return None if text is None else text.translate(table)


def searched(text: str | None, pattern: re.Pattern[str]) -> bool | None:
    """Whether the pattern occurs in the text."""
    return None if text is None else pattern.search(text) is not None


def upper(text: str | None) -> str | None:
    """Upper case, character by character: one letter never becomes two."""
    if text is None or text.isascii():
        return text and text.upper()
    return "".join(big if len(big := letter.upper()) == 1 else SINGLE.get(letter, letter) for letter in text)


def whole_text(value: str) -> int | None:
    """The whole number that a text says; None where it says none."""
    try:
        return int(value)
    except ValueError:
        return None


date_of_text = date.fromisoformat
