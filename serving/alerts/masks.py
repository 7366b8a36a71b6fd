"""Identity numbers, accounts and telephone numbers with their middle hidden: 110101********1234."""

from __future__ import annotations

from serving.limits import SHOWN_OF_IDENTIFIER


def masked(identifier: str | None) -> str | None:
    """The first and last characters, as many as limits.toml shows of so long an identifier, and a star for each between."""
    if not identifier:
        return identifier
    length = len(identifier)
    head, tail = SHOWN_OF_IDENTIFIER[max(least for least in SHOWN_OF_IDENTIFIER if least <= length)]
    if head + tail >= length:
        return "*" * length
    return identifier[:head] + "*" * (length - head - tail) + identifier[length - tail :]


def masked_thing(thing: str) -> str:
    """A thing that ties a ring, each of its words masked: an employer and an agent are two."""
    return " ".join(masked(word) or "" for word in thing.split())
