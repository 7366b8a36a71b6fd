"""Corrupted copies of real records: what a pair of one person's records may look like, before anybody has reviewed one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from features.same_person.columns import Column
from features.same_person.fields import EXTRA, PART
from training.same_person import slips
from training.same_person.limits import COPY_DROPPED, COPY_OTHERS_VALUE, COPY_SLIPS, COPY_SWAPPED_NAMES

Values = dict[str, str | None]
Raw = Mapping[str, Column]

_NAME: list[slips.Slip] = [slips.mistyped, slips.mistyped, slips.sound_alike, slips.look_alike, slips.shortened]
_NUMBER: list[slips.Slip] = [slips.wrong_digit, slips.wrong_digit, slips.digit_lost]
_WORDS: list[slips.Slip] = [
    slips.mistyped,
    slips.mistyped,
    slips.word_lost,
    slips.words_joined,
    slips.words_turned,
    slips.shortened,
    slips.look_alike,
]
_OF_FIELD: dict[str, list[slips.Slip]] = {
    "name": [*_NAME, slips.words_turned, slips.romanised, slips.word_lost],
    "given": [*_NAME, slips.word_lost],
    "surname": _NAME,
    "born_on": [slips.date_slip],
    "identity": [*_NUMBER, slips.older_number],
    "phone": _NUMBER,
    "account": _NUMBER,
    "address": _WORDS,
}


def copied(raw: Raw, rows: np.ndarray[tuple[int], np.dtype[np.int64]], seed: int) -> dict[str, Column]:
    """A corrupted copy of each of `rows`, by name of field; as many rows, in that order."""
    chance = np.random.default_rng(seed)
    texts = {name: column.taken(rows).texts() for name, column in raw.items()}
    others = {name: column.values for name, column in raw.items() if len(column.values)}
    made = [_copy({name: column[at] for name, column in texts.items()}, others, chance) for at in range(len(rows))]
    return {name: Column.of([one[name] for one in made]) for name in raw}


def _copy(values: Values, others: Mapping[str, object], chance: slips.Chance) -> Values:
    """One copy: some slips, values lost, values that are somebody else's, given name and surname swapped."""
    fields = [name for name, value in values.items() if value]
    if not fields:
        return values
    for _ in range(int(chance.geometric(1 / (1 + COPY_SLIPS))) - 1):
        name = fields[int(chance.integers(len(fields)))]
        values[name] = _slipped(name, values[name] or "", chance)
    for name in fields:
        draw = chance.random()
        if draw < COPY_DROPPED:
            values[name] = None
        elif draw < COPY_DROPPED + COPY_OTHERS_VALUE:
            values[name] = str(chance.choice(others[name]))  # type: ignore[call-overload]
    if "given" in values and "surname" in values and chance.random() < COPY_SWAPPED_NAMES:
        values["given"], values["surname"] = values["surname"], values["given"]
    return values


def _slipped(name: str, text: str, chance: slips.Chance) -> str:
    kinds: list[Callable[[str, slips.Chance], str]] = _OF_FIELD.get(
        name, _WORDS if name.startswith((EXTRA, PART)) else []
    )
    return kinds[int(chance.integers(len(kinds)))](text, chance) if kinds and text else text
