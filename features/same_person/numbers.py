"""Telephone and account numbers, however they are separated."""

from __future__ import annotations

from features.same_person.limits import PHONE_DIGITS, PHONE_FEWEST_DIGITS
from features.same_person.text import compact, digits


def phone(text: str) -> str | None:
    """The last digits of a telephone number, without country prefix and trunk zero. None where too few are left.

    >>> phone("+86 138-0013-8000") == phone("0086 13800138000") == phone("138 0013 8000")
    True
    """
    found = digits(text).lstrip("0")[-PHONE_DIGITS:].lstrip("0")
    return found if len(found) >= PHONE_FEWEST_DIGITS and len(set(found)) > 1 else None


def account(text: str) -> str | None:
    """An account number without separators and leading zeros, in capitals. None where it is all zeros.

    >>> account("0062 2202-1234") == account("62202 1234".replace("62202", "622202"))
    True
    """
    found = compact(text).lstrip("0")
    return found or None
