"""Whether a sentence shows a number, as far as its digits go."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?)(%| percentage points|个百分点)?")


def shows(sentence: str, value: float, window: str = "") -> bool:
    """Whether `sentence` prints `value`, rounded as it rounds, in per cent or percentage points where it says so.

    `window`: a number that the sentence names besides (the 36 of 36 months), passed over once.
    """
    printed = _NUMBER.findall(sentence)
    if (window, "") in printed:
        printed.remove((window, ""))
    return any(_is(digits.replace(",", ""), value * 100 if unit else value) for digits, unit in printed)


def _is(digits: str, value: float) -> bool:
    places = len(digits.partition(".")[2])
    return abs(value - float(digits)) <= 0.5 * 10.0**-places + 1e-9


def window_of(name: str) -> str:
    """The window in a fact's name: `36` of `still_owed_36m`; '' where it names none."""
    found = re.search(r"_(\d+)[md]$", name)
    return found[1] if found else ""
