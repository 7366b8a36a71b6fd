"""Sentences of rules: the names of features in braces become their numbers, in the form of their unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from math import isfinite
from string import Formatter
from typing import Any

from features.rules.kinds import MONEY, SHARE, Kind
from features.rules.words import Words, nearest

NOT_KNOWN = {"en": "not known", "zh": "未知"}
FORMS = {MONEY: ",.0f", SHARE: ".0%"}
USUAL_FORM = ",.10g"
LONG = re.compile("[0-9]{3}")  # a width or precision that nobody reads, and that would take minutes to write


def names_in(sentence: str) -> list[str]:
    """The names in braces. ValueError where braces do not pair."""
    return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]


def faults_of(sentence: str, words: Words) -> list[str]:
    """What is wrong with a sentence: braces, names, and forms that its numbers cannot take."""
    try:
        parts = [(name, form, how) for _, name, form, how in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        return [f"braces cannot be read: {error}"]
    if not parts:
        return ["no feature is named in it; a fact has a number, write one in braces"]
    return [fault for name, form, how in parts if (fault := _fault_of_part(name, form or "", how, words))]


def fill(sentence: str, row: Mapping[str, Any], units: Mapping[str, str | None], language: str) -> str:
    """The sentence with the values of `row`; what is not known is said to be so."""
    said = []
    for before, name, form, _ in Formatter().parse(sentence):
        said.append(before)
        if name is not None:
            said.append(_shown(row.get(name), form or "", units.get(name), language))
    return "".join(said)


def _fault_of_part(name: str, form: str, how: str | None, words: Words) -> str | None:
    if name not in words:
        like = nearest(name, words)
        return f"no feature is called {name}" + (f"; did you mean {like}?" if like else "")
    if how or not _takes(words[name], form):
        return f"{{{name}}} cannot be written as {how or form}"
    return None


def _takes(kind: Kind, form: str) -> bool:
    if LONG.search(form):
        return False
    sample: Any = {"number": 1.5, "date": dt.date(2000, 1, 1)}.get(kind.what, "a")
    try:
        return bool(format(sample, form))
    except (ValueError, TypeError):
        return False


def _shown(value: Any, form: str, unit: str | None, language: str) -> str:
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return NOT_KNOWN[language]
    if isinstance(value, int | float):
        return format(float(value) + 0.0, form or FORMS.get(unit or "", USUAL_FORM))
    return format(value, form)
