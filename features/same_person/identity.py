"""Identity numbers: one form, and whether their own check character agrees. What is known of a country's is data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any

from features.errors import BadInput
from features.limits import limits_text
from features.same_person.text import compact

FILE = "identity_numbers.toml"


@dataclass(frozen=True)
class Older:
    """A shorter form of a number: `insert` is put at place `at`, and the check character added."""

    pattern: re.Pattern[str]
    at: int
    insert: str


@dataclass(frozen=True)
class Kind:
    """A country's identity number."""

    name: str
    pattern: re.Pattern[str]
    weights: tuple[int, ...]
    modulus: int
    check_characters: str
    birth_date: tuple[int, int] | None = None
    older: Older | None = None

    def check_character(self, body: str) -> str:
        """The last character that belongs to the digits before it."""
        total = sum(map(mul, self.weights, map(int, body)))  # of as many digits as weights, says the pattern
        return self.check_characters[total % self.modulus]

    def agrees(self, number: str) -> bool:
        """Whether the check character agrees and the birth date, where there is one, is in the calendar."""
        if self.birth_date and not _in_calendar(number[slice(*self.birth_date)]):
            return False
        return self.check_character(number[: len(self.weights)]) == number[len(self.weights) :]

    def whole(self, number: str) -> str:
        """The number in its present form."""
        if self.older is None or not self.older.pattern.fullmatch(number):
            return number
        body = number[: self.older.at] + self.older.insert + number[self.older.at :]
        return body + self.check_character(body)


def read_kinds(text: str) -> tuple[Kind, ...]:
    """The kinds in use of a file like `identity_numbers.toml`. BadInput where it cannot be used."""
    try:
        read = tomllib.loads(text)
        return tuple(_kind(name, read["kinds"][name]) for name in read["used"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, re.error) as error:
        raise BadInput(
            f"{FILE} cannot be used",
            found=f"{type(error).__name__} {error}",
            expected="used = [names], and for each name [kinds.NAME] with pattern, weights, modulus, check_characters",
            do=f"correct {FILE} in the folder of PLUMBLINE_LIMITS",
        ) from error


def _kind(name: str, said: Mapping[str, Any]) -> Kind:
    older = said.get("older")
    return Kind(
        name,
        re.compile(said["pattern"]),
        tuple(said["weights"]),
        said["modulus"],
        said["check_characters"],
        tuple(said["birth_date"]) if "birth_date" in said else None,
        Older(re.compile(older["pattern"]), older["at"], older["insert"]) if older else None,
    )


KINDS = read_kinds(limits_text(FILE))


def identity_number(text: str, kinds: Sequence[Kind] = KINDS) -> str | None:
    """A number without separators, in capitals, in its present form. None where nothing, or one repeated sign, is left.

    >>> identity_number("110105 491231 002")
    '11010519491231002X'
    """
    number = compact(text)
    if len(set(number)) < 2:
        return None
    for kind in kinds:
        number = kind.whole(number)
    return number


def check_agrees(number: str, kinds: Sequence[Kind] = KINDS) -> bool | None:
    """Whether a normalised number passes the check of a kind it is written like; None where it is like none."""
    alike = [kind for kind in kinds if kind.pattern.fullmatch(number)]
    return any(kind.agrees(number) for kind in alike) if alike else None


def without_birth_date(number: str, kinds: Sequence[Kind] = KINDS) -> str:
    """A normalised number less the birth date in it: people of one birthday have that in common anyway.

    >>> without_birth_date("11010519491231002X")
    '110105002X'
    """
    for kind in kinds:
        if kind.birth_date and kind.pattern.fullmatch(number):
            return number[: kind.birth_date[0]] + number[kind.birth_date[1] :]
    return number


def _in_calendar(date: str) -> bool:
    return date[:4] >= "1800" and "01" <= date[4:6] <= "12" and "01" <= date[6:] <= "31"
