"""How people and machines miswrite a text: each function takes a text and a source of chance, and returns another."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

import numpy as np

from features.same_person.dates import birth_date
from features.same_person.identity import KINDS
from features.same_person.text import has_hanzi, syllable

Chance = np.random.Generator
Slip = Callable[[str, Chance], str]

_SLIPS = tomllib.loads(files(__package__).joinpath("slips.toml").read_text(encoding="utf-8"))
_ROWS: list[str] = _SLIPS["keyboard"]["rows"]
_LOOK_ALIKE: dict[str, str] = dict(_SLIPS["look_alike"]["value"])
_SOUND_ALIKE: list[list[str]] = _SLIPS["sound_alike"]["value"]
_SHORT: dict[str, str] = dict(_SLIPS["short_forms"]["value"])
_COMMON: str = _SLIPS["common_hanzi"]["value"]


def mistyped(text: str, chance: Chance) -> str:
    """One letter left out, doubled, wrong, or changed with its neighbour."""
    if not text:
        return text
    at = int(chance.integers(len(text)))
    match int(chance.integers(5)):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + wrong_letter(text[at], chance) + text[at:]
        case 2:
            return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :] if at else text[1:2] + text[:1] + text[2:]
        case _:
            return text[:at] + wrong_letter(text[at], chance) + text[at + 1 :]


def wrong_letter(letter: str, chance: Chance) -> str:
    """A digit for a digit, a homophone for a hanzi, a key beside it or any letter for a letter."""
    if letter.isdigit():
        return str(chance.integers(10))
    if has_hanzi(letter):
        return homophone(letter, chance)
    near = _beside(letter.lower())
    return str(chance.choice(list(near or "abcdefghijklmnopqrstuvwxyz")))


def homophone(hanzi: str, chance: Chance) -> str:
    """Another common hanzi that is read alike; the same where there is none."""
    alike = [other for other in _read_alike().get(syllable(hanzi), "") if other != hanzi]
    return str(chance.choice(alike)) if alike else hanzi


def look_alike(text: str, chance: Chance) -> str:
    """One piece read as what it looks like, as scanners do."""
    return _replaced(text, list(_LOOK_ALIKE.items()), chance)


def sound_alike(text: str, chance: Chance) -> str:
    """One piece written as it sounds; hanzi by a homophone."""
    if has_hanzi(text):
        at = int(chance.integers(len(text)))
        return text[:at] + homophone(text[at], chance) + text[at + 1 :]
    return _replaced(text, [(a, b) for a, b in _SOUND_ALIKE], chance)


def wrong_digit(text: str, chance: Chance) -> str:
    """One digit changed, or two neighbours swapped."""
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return mistyped(text, chance)
    at = int(chance.choice(places))
    if chance.random() < 0.25 and at + 1 < len(text) and text[at + 1].isdigit():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + str((int(text[at]) + int(chance.integers(1, 10))) % 10) + text[at + 1 :]


def digit_lost(text: str, chance: Chance) -> str:
    """One character left out or written twice."""
    at = int(chance.integers(max(len(text), 1)))
    return text[:at] + text[at + 1 :] if chance.random() < 0.5 else text[:at] + text[at : at + 1] + text[at:]


def words_turned(text: str, chance: Chance) -> str:
    """The words in another order."""
    return " ".join(chance.permutation(text.split()).tolist()) or text


def word_lost(text: str, chance: Chance) -> str:
    """One word left out, where there are two."""
    words = text.split()
    if len(words) < 2:
        return text
    del words[int(chance.integers(len(words)))]
    return " ".join(words)


def words_joined(text: str, chance: Chance) -> str:
    """One space left out."""
    words = text.split()
    at = int(chance.integers(max(len(words) - 1, 1)))
    return " ".join([*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]])


def shortened(text: str, chance: Chance) -> str:
    """A word as its usual short form or its first letters."""
    words = text.split()
    if not words or has_hanzi(text):
        return text[:-1] if len(text) > 2 else text
    at = int(chance.integers(len(words)))
    words[at] = _SHORT.get(words[at].lower(), words[at][: int(chance.integers(1, 5))])
    return " ".join(words)


def romanised(text: str, chance: Chance) -> str:
    """Hanzi as they are read, given name first or last."""
    if not has_hanzi(text) or len(text) < 2:
        return text
    parts = [syllable(text[0]), "".join(map(syllable, text[1:]))]
    return " ".join(parts if chance.random() < 0.5 else parts[::-1])


def date_slip(text: str, chance: Chance) -> str:
    """Day and month swapped, one digit wrong, the year off by one, or the first of January."""
    date = birth_date(text)
    if date is None:
        return text
    year, month, day = date[:4], date[4:6], date[6:]
    match int(chance.integers(6)):
        case 0:
            return f"{year}-{day}-{month}"
        case 1:
            return f"{year}-01-01"
        case 2:
            return f"{int(year) + int(chance.choice([-1, 1, -10, 10]))}-{month}-{day}"
        case _:
            return wrong_digit(f"{year}-{month}-{day}", chance)


def older_number(text: str, chance: Chance) -> str:
    """An identity number in its older form, where there is one."""
    for kind in KINDS:
        if kind.older and kind.pattern.fullmatch(text):
            at, size = kind.older.at, len(kind.older.insert)
            return text[:at] + text[at + size : -1]
    return text


def _replaced(text: str, pairs: list[tuple[str, str]], chance: Chance) -> str:
    there = [(a, b) for a, b in pairs if a in text]
    if not there:
        return mistyped(text, chance)
    one, other = there[int(chance.integers(len(there)))]
    return text.replace(one, other, 1)


@cache
def _beside(letter: str) -> str:
    """The keys to the left and right of a letter."""
    for row in _ROWS:
        at = row.find(letter)
        if at >= 0:
            return row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    return ""


@cache
def _read_alike() -> Mapping[str, str]:
    alike: dict[str, str] = {}
    for hanzi in _COMMON:
        alike[syllable(hanzi)] = alike.get(syllable(hanzi), "") + hanzi
    return alike
