"""The evidence as arrays: claims, persons and things numbered in the order of their names, days as whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.known import KNOWN_UNTIL
from features.ties.arrays import Flags, Ints, in_order, numbers

NEVER = 2**31  # a day that does not come
UNKNOWN = -(2**31)  # a day that nobody wrote down


@dataclass(frozen=True)
class Written:
    """One value a row; a row counts from the day it was known until it was known otherwise."""

    known: Ints
    until: Ints
    columns: Mapping[str, Ints]

    def by(self, day: int) -> Flags:
        """Which rows stand on the day."""
        return (self.known <= day) & (day < self.until)


@dataclass(frozen=True)
class Evidence:
    """`claim_ids`, `persons`, `kinds` and `things` are the names behind the numbers.

    uses: claim, thing, used; claims: claim, person, born, filed, amount; decisions: claim, fraud, decided, None where
    there is no such register.
    """

    claim_ids: pa.Array
    persons: pa.Array
    kinds: list[str]
    things: list[str]
    uses: Written
    claims: Written
    decisions: Written | None


def as_arrays(found: Mapping[str, pa.Table]) -> Evidence:
    """The tables of `features.rings.evidence`, fetched, as arrays."""
    uses, claims = found["uses"], found["claims"]
    names = pc.binary_join_element_wise(uses["kind"], uses["thing"], "\n")
    claim_ids, persons, things = in_order(claims["claim_id"]), in_order(claims["person"]), in_order(names)
    apart = [name.split("\n", 1) for name in things.to_pylist()]

    def of_claim(table: pa.Table, **columns: Ints) -> Written:
        known, until = days(table["known_on"], UNKNOWN), days(table[KNOWN_UNTIL], NEVER)
        return Written(known, until, {"claim": numbers(table["claim_id"], claim_ids), **columns})

    decisions = None
    if "decisions" in found:
        decided = found["decisions"]
        decisions = of_claim(decided, fraud=whole(decided["fraud"]), decided=days(decided["decided_on"], UNKNOWN))
    return Evidence(
        claim_ids,
        persons,
        [kind for kind, _ in apart],
        [thing for _, thing in apart],
        of_claim(uses, thing=numbers(names, things), used=days(uses["used_on"], UNKNOWN)),
        of_claim(
            claims,
            person=numbers(claims["person"], persons),
            born=days(claims["born_on"], UNKNOWN),
            filed=days(claims["filed_on"], UNKNOWN),
            amount=whole(claims["amount"]),
        ),
        decisions,
    )


def days(column: pa.ChunkedArray, absent: int) -> Ints:
    """Days since 1970 of each date; `absent` where there is none."""
    return whole(column.cast(pa.date32()).cast(pa.int32()), absent)


def whole(column: pa.ChunkedArray, absent: int = 0) -> Ints:
    """Whole numbers; `absent` where there is none."""
    return np.asarray(column.cast(pa.int64()).fill_null(absent)).astype(np.int64)
