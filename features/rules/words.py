"""The names that an expression may use: the features of claims, and what a claim's own row says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from features.feature import Catalogue, Feature
from features.registers import REGISTERS
from features.registers.declaration import Column, Type
from features.rules.kinds import DATE, FLAG, MONEY, TEXT, Kind

HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # of an escape such as \ud800; UTF-8 has no such thing
# What a snapshot says of a claim beside its features, and the column of a register that declares it.
DESCRIPTIONS = {
    "scheme": ("claims", "scheme"),
    "region": ("claims", "region"),
    "filed_on": ("claims", "filed_at"),
    "starts_on": ("claims", "starts_on"),
    "ends_on": ("claims", "ends_on"),
    "amount": ("claims", "amount"),
    "paid_so_far": ("payouts", "amount"),
    "newest_finding": ("claim_decisions", "finding"),
}
OWN = {"as_of": DATE}
FLAG_UNITS = {FLAG, "yes or no"}

Words = Mapping[str, Kind]


def words_of(catalogue: Catalogue) -> dict[str, Kind]:
    """Every name with its kind; a feature stands before a description of the same name."""
    described = {
        name: _of_column(REGISTERS[register].column(column)) for name, (register, column) in DESCRIPTIONS.items()
    }
    return {**OWN, **described, **{feature.name: _of_feature(feature) for feature in catalogue}}


def nearest(name: str, known: Words) -> str:
    """The known name most like `name`; '' where none is like it."""
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.5)), "")


def _of_feature(feature: Feature) -> Kind:
    low, high = feature.range
    return Kind("number", FLAG if feature.unit in FLAG_UNITS else feature.unit, low, high)


def _of_column(column: Column) -> Kind:
    match column.type:
        case Type.MONEY:
            return Kind("number", MONEY, column.at_least)
        case Type.DATE | Type.TIMESTAMP | Type.MONTH:
            return DATE
        case Type.CHOICE:
            return Kind("text", choices=column.choices)
    return TEXT
