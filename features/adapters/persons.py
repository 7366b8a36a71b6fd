"""Whether a name on a claim is a natural person's: a rule of thumb over word lists, for US names.

The lists are the 1990 US census's given names and surnames (public domain; the commoner ones) with given
names common among Californians of Asian and Middle Eastern descent added by hand, and everyday words of
company names, kept only where a general English dictionary (SCOWL) has them too: no brand among them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from features.adapters.names import folded, has_legal_form


def _words(file: str) -> frozenset[str]:
    return frozenset(files(__package__).joinpath(file).read_text(encoding="utf-8").split()[1:])


_GIVEN = _words("given_names.csv")
_SURNAMES = _words("surnames.csv")
_TRADE = _words("trade_words.csv")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "md", "dds", "jr", "sr", "ii", "iii", "iv", "esq", "phd"})
_NEVER = frozenset(
    {"of", "for", "at", "on", "in", "to", "by", "with", "and", "the", "us", "usa", "na", "co", "pa", "pc"}
)
_PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "da", "dos", "van", "von", "der", "den", "di", "san", "al", "el", "bin"}
)
_IN_NO_NAME = re.compile(r"[\d/]|['’]s\b", re.IGNORECASE)
_SAID_SO = re.compile(r"\b(?:an|as)\s+individual|\bindividually\b|\bsole\s+prop", re.IGNORECASE)


@cache
def is_natural_person(text: str) -> bool:
    """True where the name reads as one or two people's; False where it may well be a company's.

    Never a person: a legal form, a digit, a word that companies use (`Kelly Services`), one word alone. A
    person: `an individual`; `LAST, FIRST`; two to four words of which the first is a common given name or
    the last a common surname (particles and titles not counted). Two people joined by `and` are persons when
    both are, or share a surname.
    """
    if has_legal_form(text) or _IN_NO_NAME.search(text):
        return False
    if _SAID_SO.search(text):
        return True
    return _reads_as_person(text)


@cache
def may_be_person(text: str) -> bool:
    """The looser reading of a name beside a company's: two or three words, none of them of trade.

    Owners named beside their company have names of all the world, which no list holds. By itself the reading
    is wrong too often (a rare brand is two such words); beside a company a mistake loses only a co-defendant.
    """
    if has_legal_form(text) or _IN_NO_NAME.search(text) or "&" in text:
        return False
    words = [word for word in folded(text) if word not in _TITLES | _PARTICLES]
    return 2 <= len(words) <= 3 and all(_is_nameable(word) for word in words)


def _is_nameable(word: str) -> bool:
    return (
        word.isalpha()
        and word not in _NEVER
        and word not in _TRADE
        and f"{word}s" not in _TRADE
        and word.removesuffix("s") not in _TRADE
    )


def person_words(text: str) -> list[str]:
    """The words of a person's name, given name first, without titles."""
    last, comma, first = text.partition(",")
    ordered = f"{first} {last}" if comma and _is_inverted(last, first) else text
    return [word for word in folded(ordered) if word not in _TITLES]


def person_key(text: str) -> str:
    """What spellings of one person's name share: its words without middle initials.

    >>> person_key("RIVIERA, Anthony L.") == person_key("Anthony Riviera Jr.")
    True
    """
    words = person_words(text)
    full = [word for word in words if len(word) > 1]
    return " ".join(full if len(full) > 1 else words)


def _is_inverted(last: str, first: str) -> bool:
    given = [word for word in folded(first) if word not in _TITLES]
    return 0 < len(folded(last)) <= 2 and 0 < len(given) <= 2 and given[0] in _GIVEN


def _reads_as_person(text: str) -> bool:
    words = person_words(text)
    if "and" in words:
        place = words.index("and")
        return _joined(words[:place], words[place + 1 :])
    return _is_name(words)


def _joined(one: list[str], other: list[str]) -> bool:
    if len(one) == 1 and len(other) > 1:
        one = [*one, other[-1]]
    return _is_name(one) and _is_name(other)


def _is_name(words: list[str]) -> bool:
    words = [word for word in words if word not in _PARTICLES]
    if not 2 <= len(words) <= 4 or len(words[-1]) < 2 or not all(word.isalpha() for word in words):
        return False
    if (
        not _NEVER.isdisjoint(words)
        or not _TRADE.isdisjoint(words[:-1])
        or (words[-1] in _TRADE and words[-1] not in _SURNAMES)
    ):
        return False
    if words[0] in _GIVEN:
        return True
    return words[-1] in _SURNAMES and words[-1] not in _TRADE
