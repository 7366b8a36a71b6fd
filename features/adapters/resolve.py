"""The defendants of one case, turned into the employers it is about.

Nothing is remembered from one case to the next: a link seen once (`X Inc. dba Y`) does not make another
case's Y the same employer. Trade names are shared by franchises, clerks enter another defendant as a trade
name, and a link learned from a later case would tell earlier scores of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from features.adapters.names import company_key, has_legal_form, names_nobody, take_apart
from features.adapters.persons import is_natural_person, may_be_person, person_key

NOBODY = "defendant's name names nobody (empty, generic, Doe)"
BESIDE_A_COMPANY = "natural person beside a company in one case"
NAMED_TWICE = "employer named again in one case"


@dataclass(frozen=True)
class Party:
    """A defendant as printed, with the trade name printed beside it."""

    name: str
    trade_name: str = ""


@dataclass(frozen=True)
class Resolved:
    """An employer: `key` is what its spellings share; `aliases` are keys of its trade names in this case."""

    key: str
    name: str
    is_person: bool
    aliases: frozenset[str] = frozenset()

    def employer_id(self, office: str) -> str:
        """Stable over runs, files and row order: the office and a hash of the key."""
        kind = "person" if self.is_person else "company"
        return f"{office}-{hashlib.sha256(f'{kind}|{self.key}'.encode()).hexdigest()[:12]}"


def employers_of(parties: Iterable[Party], dropped: Counter[str]) -> list[Resolved]:
    """The employers of a case, each once, in the order named; `dropped` counts what falls away."""
    found = []
    for party in parties:
        one = resolve(party)
        if one is None:
            dropped[NOBODY] += 1
        else:
            found.append(one)
    companies = [one for one in found if not one.is_person]
    if any(not may_be_person(one.name) for one in companies):
        kept = [one for one in companies if not may_be_person(one.name)]
        dropped[BESIDE_A_COMPANY] += len(found) - len(kept)
        found = kept
    return _each_once(found, dropped)


@cache
def resolve(party: Party) -> Resolved | None:
    """The employer behind one defendant, by its own name, or where that says nothing its trade name."""
    named = take_apart(party.name)
    others = [named.alias, take_apart(party.trade_name).name]
    for text, whole in ((named.name, party.name), *((other, other) for other in others)):
        if text and not names_nobody(text):
            is_person = is_natural_person(text) or (text is named.name and is_natural_person(whole))
            key = person_key(text) if is_person else company_key(text)
            if key:
                aliases = frozenset(company_key(other) for other in others if other) - {key}
                return Resolved(key, text, is_person, aliases)
    return None


def _each_once(found: list[Resolved], dropped: Counter[str]) -> list[Resolved]:
    kept: dict[tuple[bool, str], Resolved] = {}
    for one in found:
        kept.setdefault((one.is_person, one.key), one)
    several = list(kept.values())
    alone = [one for place, one in enumerate(several) if not _is_trade_name(place, several)]
    dropped[NAMED_TWICE] += len(found) - len(alone)
    return alone


def _is_trade_name(place: int, several: list[Resolved]) -> bool:
    """Whether this is no legal name but what another defendant trades under; of two such the first stays.

    A name with a legal form stays: California prints one trade name beside every defendant of a case, so of
    two companies the one named like the trade name is as much an employer as the other.
    """
    this = several[place]
    return not has_legal_form(this.name) and any(
        this.key in other.aliases
        and has_legal_form(other.name)
        and not (other.key in this.aliases and place < elsewhere)
        for elsewhere, other in enumerate(several)
        if elsewhere != place
    )
