"""Identifiers with valid check digits that nobody has: their region codes (99....) are not in GB/T 2260."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Array, Days, Ints

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # GB 11714-1997
CREDIT_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)])
ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
PERSON_WEIGHTS = np.array([pow(2, 17 - place, 11) for place in range(17)])  # ISO 7064 MOD 11-2
ORDINALS = 999  # of people born on one day in one region
FIRST_BIRTH = np.datetime64("1962-01-01")
BIRTH_DAYS = 15_000  # to the beginning of 2003


def credit_codes(prefixes: Array, rng: np.random.Generator) -> Array:
    """Unified social credit codes (GB 32100-2015): 8-character prefixes, an organisation code, a check character."""
    number = len(prefixes)
    serials = rng.choice(10**8, size=number, replace=False)
    digits = serials[:, None] // 10 ** np.arange(7, -1, -1) % 10
    checks = _spell((11 - digits @ ORGANISATION_WEIGHTS % 11) % 11, "0123456789X")
    bodies = _joined(prefixes, _padded(serials, 8), checks)
    values = _values(bodies, CREDIT_ALPHABET)
    return _joined(bodies, _spell(-(values @ CREDIT_WEIGHTS) % 31, CREDIT_ALPHABET))


def person_numbers(prefix: str, number: int, rng: np.random.Generator) -> Array:
    """`number` different identity numbers of adults, of one 6-digit prefix."""
    slots = rng.choice(BIRTH_DAYS * ORDINALS, size=number, replace=False)
    born = FIRST_BIRTH + (slots // ORDINALS).astype("timedelta64[D]")
    return person_number(prefix, born, slots % ORDINALS + 1)


def person_number(prefix: str, born: Days, ordinal: Ints) -> Array:
    """Identity numbers: 6-digit prefix, date of birth, ordinal (odd for men), check character (ISO 7064 MOD 11-2)."""
    years, months = born.astype("datetime64[Y]"), born.astype("datetime64[M]")
    written = (years.astype(np.int64) + 1970) * 10_000 + (months.astype(np.int64) % 12 + 1) * 100
    written += (born.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64) + 1
    numbers = (int(prefix) * 10**8 + written) * 1_000 + ordinal
    digits = numbers[:, None] // 10 ** np.arange(16, -1, -1) % 10
    checks = _spell((12 - digits @ PERSON_WEIGHTS % 11) % 11, "0123456789X")
    return _joined(_padded(numbers, 17), checks)


def _spell(values: Ints, alphabet: str) -> Array:
    return np.array(list(alphabet))[values]


def _values(texts: Array, alphabet: str) -> Ints:
    letters = texts.astype("U17").view("U1").reshape(len(texts), 17)
    order = np.argsort(list(alphabet))
    return order[np.searchsorted(np.array(list(alphabet))[order], letters)]


def _padded(numbers: Ints, width: int) -> Array:
    return np.char.zfill(numbers.astype(f"U{width}"), width)


def _joined(first: Array, *others: Array) -> Array:
    joined = first.astype("U18")
    for other in others:
        joined = np.char.add(joined, other)
    return joined.astype("U18")
