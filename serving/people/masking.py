"""Numbers, accounts, phones, names and addresses of persons with their middle hidden: 110101********1234, 张**.

What is masked already stays as it is when it is masked again. Names of employers are public and are not masked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from serving.limits import SHOWN_OF_IDENTIFIER

Mask = Callable[[str | None], str | None]


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


def masked_name(name: str | None) -> str | None:
    """The first character of each word of a person's name, and a star for each other: 张**, W*** X*."""
    return name and re.sub(r"(?<=\S)\S", "*", name)


def masked_address(address: str | None) -> str | None:
    """The street without its numbers: 和平路**号*单元."""
    return address and re.sub(r"\d", "*", address)


# Of the registers persons, payroll and claims, and of what is made from them. In no record of an employer is `name` a person's.
OF_PERSONS: dict[str, Mask] = {
    "person_id": masked,
    "worker_id": masked,
    "person": masked,
    "name": masked_name,
    "account": masked,
    "phone": masked,
    "address": masked_address,
}


def masked_record(record: Mapping[str, Any], unmasked: Collection[str] = ()) -> dict[str, Any]:
    """Plain data about a person with all that identifies them masked, however deep, but for the fields `unmasked`.

    Two records side by side (`{"field": "name", "this": …, "other": …}`) are masked as the field they compare.
    """
    compared = OF_PERSONS.get(str(record.get("field")))
    if compared and record["field"] not in unmasked:
        return {k: _hidden(v, compared) if k in ("this", "other") else v for k, v in record.items()}
    return {name: _masked_value(name, value, unmasked) for name, value in record.items()}


def masked_tie(tie: str, value: str | None) -> str | None:
    """What an employer shares with another, masked as its kind is: directors and shareholders by number or by name."""
    if tie in ("director", "shareholder") and value and not re.search(r"\d", value):
        return masked_name(value)
    return OF_PERSONS.get(tie, masked)(value)


TIES = frozenset({"director", "shareholder", "phone", "address", "account", "agent"})  # all that masked_tie masks


def _masked_value(name: str, value: Any, unmasked: Collection[str]) -> Any:
    if isinstance(value, Mapping):
        return masked_record(value, unmasked)
    if isinstance(value, list | tuple):
        return [_masked_value(name, one, unmasked) for one in value]
    if name in OF_PERSONS and name not in unmasked:
        return _hidden(value, OF_PERSONS[name])
    return value


def _hidden(value: Any, mask: Mask) -> Any:
    """A text masked; a sentence masked in each of its languages."""
    if isinstance(value, Mapping):
        return {language: mask(said) for language, said in value.items()}
    return mask(None if value is None else str(value))
