"""Pairs of records that share a key. A block over its cap becomes a fact, never a quadratic join.

Records stand in the order of (known_on, id). In a block the first `cap` are paired with each other and later ones with
nobody: so a record known later changes no earlier pair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from features.same_person.columns import Bools, Ints
from features.same_person.keys import NO_KEY, Hashes, Key
from features.same_person.limits import BLOCK_CAP, CROWDED, FEW_PAIRS, KEY_PAIRS, TOO_CROWDED
from features.same_person.limits import KEYS as MOST_KEYS

Worth = Callable[[Ints, Ints], "Bools | slice"]
EVERY = slice(None)


@dataclass(frozen=True)
class Blocked:
    """`left` < `right` (m,): places of records that share a key, each pair once; `over_cap`: blocks by name of key."""

    left: Ints
    right: Ints
    over_cap: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True)
class _Block:
    """The records of one key, block by block: `rows` their places, `place` (from 0) in the block, `size` of the block."""

    rows: Ints
    place: Ints
    size: Ints


def paired(hashes: Mapping[str, Hashes], cap: int = BLOCK_CAP, worth: Worth = lambda left, right: EVERY) -> Blocked:
    """The pairs of records that share any of the keys and are `worth` comparing, in ascending order."""
    n = max((len(values) for values in hashes.values()), default=0)
    found, over = [np.zeros(0, dtype=np.int64)], {}
    for name, values in hashes.items():
        block = _block(values)
        over[name] = int(((block.size > cap) & (block.place == 0)).sum())
        codes = _coded(block, cap, n)
        found.append(codes[worth(codes // max(n, 1), codes % max(n, 1))])
    codes = np.sort(np.concatenate(found))  # np.unique would hash, which is slow for numbers as alike as these
    codes = codes[np.r_[True, codes[1:] != codes[:-1]][: len(codes)]]
    return Blocked(codes // max(n, 1), codes % max(n, 1), over)


def chosen(keys: Sequence[Key], hashes: Mapping[str, Hashes], cap: int = BLOCK_CAP) -> list[Key]:
    """The keys worth using: from the coarse to the fine, none that makes too many pairs or whose blocks are mostly over the cap.

    A finer key is left out where a coarser one that it includes leaves hardly a record in blocks over the cap.
    """
    kept: list[Key] = []
    whole: list[Key] = []
    for key in keys:
        if len(kept) == MOST_KEYS or any(set(coarser.pieces) <= set(key.pieces) for coarser in whole):
            continue
        values = hashes[key.name]
        share = crowded(values, cap)
        if share <= TOO_CROWDED and 0 < pair_count(values, cap) <= max(FEW_PAIRS, KEY_PAIRS * len(values)):
            kept.append(key)
            if share <= CROWDED:
                whole.append(key)
    return kept


def crowded(values: Hashes, cap: int = BLOCK_CAP) -> float:
    """The share of the records with a key that are in blocks over the cap."""
    sizes = np.unique(values[values != NO_KEY], return_counts=True)[1]
    return float(sizes[sizes > cap].sum() / max(sizes.sum(), 1))


def pair_count(values: Hashes, cap: int = BLOCK_CAP) -> int:
    """The pairs that a key makes."""
    sizes = np.minimum(np.unique(values[values != NO_KEY], return_counts=True)[1], cap)
    return int((sizes * (sizes - 1) // 2).sum())


def sharing(values: Hashes) -> Ints:
    """(n,) how many records share a record's key; 0 where it has none."""
    _, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    shared: Ints = np.where(values == NO_KEY, 0, counts[codes])
    return shared


def _block(values: Hashes) -> _Block:
    rows = np.flatnonzero(values != NO_KEY)
    rows = rows[np.argsort(values[rows], kind="stable")]
    ordered = values[rows]
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(rows) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[begins, len(rows)])
    place = np.arange(len(rows)) - np.repeat(begins, sizes)
    return _Block(rows, place, np.repeat(sizes, sizes))


def _coded(block: _Block, cap: int, n: int) -> Ints:
    """left * n + right of each pair of a key."""
    last = np.minimum(block.size, cap)
    parts = [np.zeros(0, dtype=np.int64)]
    at = np.flatnonzero(block.place < last - 1)
    for apart in range(1, cap):
        at = at[block.place[at] + apart < last[at]]
        if not len(at):
            break
        parts.append(block.rows[at] * n + block.rows[at + apart])
    return np.concatenate(parts)
