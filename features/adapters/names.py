"""An employer's name as clerks write it, taken apart and folded to a key that spellings share.

A key is a function of the one name and of nothing else. So it never depends on the order of rows, on rows
known later, or on a chain of lookalikes; what that misses is left unmerged.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cleanco import basename, prepare_default_terms

_WORDS = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
STRONG_FORMS = frozenset(_WORDS["strong_forms"])
_WEAK_FORMS = frozenset(_WORDS["weak_forms"])
_IDLE = frozenset(_WORDS["idle_words"])
_NOBODY = frozenset(_WORDS["nobody"])
_PLACEHOLDERS = frozenset(_WORDS["placeholders"])
_SAME: dict[str, str] = _WORDS["same_word"]
_TOO_SHORT = 4  # letters of a key
_TOO_LONG = 300  # characters of a name; what follows is no name
_TERMS: list[tuple[int, list[str]]] = [
    term for term in prepare_default_terms() if term[0] > 1 or term[1][0] not in _WORDS["kept_terms"]
]
_TERM_ENDS = frozenset(term[1][-1] for term in _TERMS)

_ALIAS = re.compile(
    r"""[\s,;(]+ (?:formerly\s+)?
    (?: d\s?/\s?b\s?/?\s?a | d\.\s?b\.\s?a | dba | a\s?/\s?k\s?/\s?a | aka | t/a
      | also\s+known\s+as | trading\s+as
      | (?:which\s+)? (?:will\s+(?:be\s+)?)? do(?:ing|es)?\s+business (?:\s+in\s+\w+)? \s+as )
    \b [\s.:,;]* (?:as\b)? \s*""",
    re.IGNORECASE | re.VERBOSE,
)
_LEADING_ALIAS = re.compile(r"^\W*(?:d\s?/\s?b\s?/?\s?a|dba|aka)\b[\s.:,]+(?=\S)", re.IGNORECASE)
# what a clerk adds after the name: addressees, earlier names, capacities, other defendants
_AFTER = re.compile(
    r"""(?:\s|^|[,;(])
    (?: c/o | f/k/a | fka | n/k/a | nka | formerly | et\.?\s+al | individually | jointly
      | successor\s+in | erroneously | \(?see\s+attached | a\s+suspended | in\s+california\s+as
      | as\s+(?:an?\s+)? (?:individual|owner|partner|general\s+partner)s?\b | (?:and\s+)?does\s+\d ) \b .*
    | attn\b.* | attention:.* | [,;\s]* \ban\s+(?:individual|unincorporated) .*""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
# ", a California limited liability company", also where the source cut the line short
_DESCRIBED = re.compile(
    r"""[,;.\s] \s* \(? \ban?\s+
    (?: calif?\w* | ca | delaware | nevada | texas | new\s+\w+ | florida | arizona | illinois
      | washington | oregon | colorado | georgia | ohio | utah | virginia | massachusetts | maryland
      | michigan | minnesota | wisconsin | tennessee | pennsylvania | indiana | missouri | iowa | kansas
      | montana | north\s+\w+ | south\s+\w+
      | foreign | domestic | limited | general | professional | public | private | non-?\s?profit
      | corporation | corp | llc | inc | sole | suspended | political | governmental | partnership
      | company | business | municipal | medical\s+corp\w* | dental\s+corp\w* ) \b .* $""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_INITIALS = re.compile(r"\b(?:[^\W\d_]\s?\.\s?)+[^\W\d_]\b\.?|\b[^\W\d_](?:\s[^\W\d_]){2,}\b")
# legal forms of several words, in the one word that is in the table
_LONG_FORMS = (
    (re.compile(r"\b(?:limited|general)(?: liability)? partnership\b"), "lp"),
    (re.compile(r"\blimited liability comp?a?n?y?\b"), "llc"),
    (re.compile(r"\bprofessional (?:law |medical |dental )?corporation\b"), "inc"),
    (re.compile(r"\bnational association$"), "na"),
    (re.compile(r"(?<=\w{4})(llc|inc)$"), r" \1"),
)
_PUNCTUATION = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True)
class Named:
    """A name as written, taken apart: who answers in law, and under what other name."""

    name: str
    alias: str = ""


@cache
def take_apart(text: str) -> Named:
    """`X Inc., a California corporation dba Y` is X Inc., also Y; `c/o` and the like fall away."""
    plain = " ".join(unicodedata.normalize("NFKC", text[:_TOO_LONG]).split())
    plain = _LEADING_ALIAS.sub("", plain)
    name, *aliases = _ALIAS.split(plain)
    alias = _trimmed(aliases[0]) if aliases else ""
    name = _trimmed(name)
    return Named(name, alias) if name else Named(alias)


def _trimmed(text: str) -> str:
    return _DESCRIBED.sub("", _AFTER.sub("", text)).strip(" ,;:.-/()\"'")


@cache
def folded(text: str) -> tuple[str, ...]:
    """The words of a name: no case, accents or punctuation, `U.S.A.` one word, `&` as `and`.

    >>> folded("Café Señor & Sons, L.L.C.")
    ('cafe', 'senor', 'and', 'sons', 'llc')
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.replace("&", " and ")
    text = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found.group()) + " ", text)
    text = re.sub(r"['’`´]", "", text)
    text = " ".join(_PUNCTUATION.sub(" ", text).split())
    for form, short in _LONG_FORMS:
        text = form.sub(short, text)
    return tuple(text.split())


def has_legal_form(text: str) -> bool:
    """Whether a company's legal form is written anywhere in the name."""
    return not STRONG_FORMS.isdisjoint(folded(text))


def names_nobody(text: str) -> bool:
    """Whether a name would gather unrelated employers under one key: empty, generic or a placeholder.

    >>> [names_nobody(text) for text in ("Restaurant", "Gary Unknown", "DOES 1-50", "Restaurant Inc.")]
    [True, True, True, False]
    """
    words = folded(text)
    if any(word not in STRONG_FORMS for word in words) and has_legal_form(text):
        return False
    return all(word in _NOBODY for word in words) or any(word in _PLACEHOLDERS for word in words)


@cache
def company_key(text: str) -> str:
    """What spellings of one company share, without spaces; empty where no name is left.

    A key too short to tell (`M & C LLC`, `M.C. Inc.`) stays as written, legal form and all.

    >>> company_key("THE WAL-MART STORES, INC.") == company_key("Walmart Store Incorporated")
    True
    """
    words = folded(text)
    alike = [_alike(word) for word in _without_form(words) if word not in _IDLE]
    key = "".join(alike).replace(" ", "")
    return key if len(key) >= _TOO_SHORT else " ".join(words)


def _without_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words before the first strong legal form, and before the weak ones at the end."""
    for place, word in enumerate(words):
        if word in STRONG_FORMS and place > 0 and words[:place] != ("the",):
            words = words[:place]
            break
    while len(words) > 1 and words[-1] in _WEAK_FORMS | _IDLE:
        words = words[:-1]
    if not words or words[-1] not in _TERM_ENDS:
        return words
    shorter = tuple(basename(" ".join(words), terms=_TERMS).split())
    return shorter or words


def _alike(word: str) -> str:
    """A word in the one spelling kept: abbreviations written out, no plural."""
    word = _SAME.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
