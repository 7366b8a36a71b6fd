"""Names of people: which part is the surname, how they are read, how they sound."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from features.same_person.text import folded, has_hanzi, syllable

_WORDS = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
_COMPOUND = frozenset(_WORDS["compound_surnames"]["value"])
_TITLES = frozenset(_WORDS["titles"]["value"])
_FULL: dict[str, str] = _WORDS["full_names"]["value"]
# spellings that sound alike, in the order they are replaced
_ALIKE = tuple((re.compile(pattern), sound) for pattern, sound in _WORDS["alike"]["value"])
_VOWELS = re.compile(r"(?<!^)[aeiouyhw]")
_TWICE = re.compile(r"(.)\1+")
_SHORT = 4  # letters: without vowels nothing would be left of a syllable such as "wei"


def split_name(name: str) -> tuple[str, str]:
    """A whole name as (given, surname), folded; either may be empty.

    Hanzi have the surname first. In other scripts it is last, unless a comma comes after it.

    >>> split_name("歐陽娜娜"), split_name("Smith, John Paul"), split_name("Wang Wei")
    (('娜娜', '欧阳'), ('john paul', 'smith'), ('wang', 'wei'))
    """
    before, comma, after = name.replace("，", ",").partition(",")
    if comma and not has_hanzi(name):
        return folded_name(after), folded_name(before)
    words = folded_name(name).split()
    if has_hanzi(name):
        whole = "".join(words)
        cut = 2 if whole[:2] in _COMPOUND and len(whole) > 2 else 1
        return whole[cut:], whole[:cut]
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else ("", "".join(words))


def folded_name(name: str) -> str:
    """A name without titles: hanzi written together, other words between single spaces."""
    plain = folded(name.replace("'", "").replace("’", ""))
    words = [word for word in plain.split() if word not in _TITLES] if " " in plain else [plain]
    return "".join(words) if has_hanzi(plain) else " ".join(words)


def whole_name(given: str, surname: str) -> str:
    """All words of a name in alphabetical order, so that their order says nothing."""
    return " ".join(sorted(f"{given} {surname}".split()))


def latin(name: str) -> str:
    """A folded name in Latin letters, words written together: hanzi as they are read."""
    return "".join(map(syllable, name)).replace(" ", "") if has_hanzi(name) else name.replace(" ", "")


def given_in_full(given: str) -> str:
    """The first given name, written out where it is a usual short form (`bob` as `robert`)."""
    first = given.split(" ", 1)[0]
    return _FULL.get(first, first)


@cache
def sound(name: str) -> str:
    """What spellings that sound alike share, from Latin letters: close consonants as one, vowels after the first left out.

    >>> sound("catherine") == sound("kathryn"), sound("zhang") == sound("zang"), sound("wei")
    (True, True, 'wei')
    """
    for pattern, alike in _ALIKE:
        name = pattern.sub(alike, name)
    shorter = _TWICE.sub(r"\1", _VOWELS.sub("", _TWICE.sub(r"\1", name)))
    return name if len(name) <= _SHORT else shorter
