"""Blocking keys: what two records of one person are likely to share, kept as keyed hashes alone.

What is kept is hashed: each piece of a key with a secret (BLAKE2b with a key, 64 bits) and a purpose, so that nobody
without the secret can tell a phone number from its hash, or a phone's hash from an account's. The pieces of a key are added
up and mixed with a number that belongs to the key; their order says nothing, so that given name and surname may be swapped.
Among records that are all in memory, places in their dictionaries do the same for a hundredth of the time (`key_codes`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from features.same_person.columns import MISSING, Column, distinct
from features.same_person.fields import EXTRA

Hashes = npt.NDArray[np.uint64]
NO_KEY = np.uint64(0)  # of a record that lacks a piece of the key
_ALL = 2**64 - 1
_PURPOSES = {"given_sound": "sound", "surname_sound": "sound", "given_initial": "initial", "surname_initial": "initial"}


@dataclass(frozen=True)
class Key:
    """The columns whose values two records must share to be in one block."""

    pieces: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the key is called: its pieces."""
        return "+".join(self.pieces)


_NAME = ("given_sound", "surname_sound")
_INITIALS = ("given_initial", "surname_initial")
_BORN = ("birth_year", "month_and_day")
# from the coarse to the fine: a finer one is used only where the coarser makes too many pairs (blocks.py)
KEYS = tuple(
    Key(pieces)
    for pieces in (
        ("identity",),
        ("account",),
        ("phone",),
        ("identity_even",),
        ("identity_odd",),
        ("identity_sorted",),
        ("identity_start",),
        ("identity_end",),
        ("identity_start", "birth_year"),
        ("identity_end", "birth_year"),
        ("identity_end", *_INITIALS),
        ("identity_start", *_INITIALS),
        _NAME,
        _BORN,
        (*_BORN, *_INITIALS),
        (*_BORN, "surname_sound"),
        (*_BORN, "given_sound"),
        (*_NAME, "birth_year"),
        (*_NAME, "month_and_day"),
        ("address",),
        ("address_word", "given_sound"),
        ("address_word", "surname_sound"),
        ("address_numbers", "given_sound"),
        ("address_numbers", "surname_sound"),
        (*_NAME, "address_word"),
    )
)
# last, for tables so small that these make few pairs
SINGLE = tuple(Key((piece,)) for piece in ("given_sound", "surname_sound", "month_and_day", "address_word"))


def keys_of(columns: Mapping[str, Column]) -> list[Key]:
    """The keys that records with these columns can have, from the coarse to the fine."""
    extras = [name for name in columns if name.startswith(EXTRA)]
    further = [
        Key(pieces)
        for extra in extras
        for pieces in (
            (extra,),
            (extra, "given_sound"),
            (extra, "surname_sound"),
            (extra, "birth_year"),
            (extra, *_NAME),
        )
    ]
    return [key for key in (*KEYS, *further, *SINGLE) if all(piece in columns for piece in key.pieces)]


def piece_hashes(columns: Mapping[str, Column], piece: str, secret: bytes) -> Hashes:
    """(n,) the keyed hash of a column's value; NO_KEY where it is missing."""
    return columns[piece].hashed(_purpose(piece, secret))


@cache
def _purpose(piece: str, secret: bytes) -> bytes:
    return hashlib.blake2b(_PURPOSES.get(piece, piece).encode(), key=secret, digest_size=32).digest()


@cache
def _own(key: Key, secret: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(key.name.encode(), key=secret, digest_size=8).digest(), "little")


def one_piece_hash(value: str | None, piece: str, secret: bytes) -> int:
    """`piece_hashes` of one value; 0 where it is missing."""
    if value is None:
        return 0
    made = hashlib.blake2b(value.encode(), key=_purpose(piece, secret), digest_size=8).digest()
    return int.from_bytes(made, "little")


def one_key_hashes(values: Mapping[str, str | None], keys: Sequence[Key], secret: bytes) -> dict[str, int]:
    """`key_hashes` of one record, whose normalised `values` are told by column."""
    pieces = {p: one_piece_hash(values.get(p), p, secret) for key in keys for p in key.pieces}
    return {key.name: _one_key_hash([pieces[p] for p in key.pieces], _own(key, secret)) for key in keys}


def _one_key_hash(pieces: Sequence[int], own: int) -> int:
    if not all(pieces):
        return 0
    mixed = (sum(pieces) + own) & _ALL
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _ALL
    return mixed ^ (mixed >> 31)


def key_hashes(columns: Mapping[str, Column], keys: Sequence[Key], secret: bytes) -> dict[str, Hashes]:
    """(n,) hashes by name of key; NO_KEY where a record lacks a piece."""
    pieces = {piece: piece_hashes(columns, piece, secret) for piece in _pieces(keys)}
    return {key.name: _together([pieces[piece] for piece in key.pieces], np.uint64(_own(key, secret))) for key in keys}


def key_codes(columns: Mapping[str, Column], keys: Sequence[Key]) -> dict[str, Hashes]:
    """(n,) by name of key: equal where `key_hashes` are equal, among these records alone; so never to be kept."""
    purposes: dict[str, list[str]] = {}
    for piece in _pieces(keys):
        purposes.setdefault(_PURPOSES.get(piece, piece), []).append(piece)
    pieces: dict[str, Hashes] = {}
    for place, alike in enumerate(purposes.values()):
        codes = distinct([columns[piece] for piece in alike])
        own = np.uint64(place << 32)  # codes have 31 bits: what is mixed is different for every purpose and value
        for piece, code in zip(alike, codes, strict=True):
            pieces[piece] = np.where(code == MISSING, NO_KEY, _mixed(own + code.astype(np.uint64) + np.uint64(1)))
    return {key.name: _together([pieces[piece] for piece in key.pieces], np.uint64(0)) for key in keys}


def _pieces(keys: Sequence[Key]) -> list[str]:
    return list(dict.fromkeys(piece for key in keys for piece in key.pieces))


def _together(pieces: Sequence[Hashes], own: np.uint64) -> Hashes:
    lacking = np.logical_or.reduce([piece == NO_KEY for piece in pieces])
    together = _mixed(np.add.reduce(list(pieces)) + own)
    together[lacking] = NO_KEY
    return together


def _mixed(values: Hashes) -> Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): one to one, every bit depends on every other."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
