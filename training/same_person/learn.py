"""Make a matcher from a table of records, without a label or with those that reviewers gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from features.same_person import dates
from features.same_person.blocks import Blocked, chosen, paired
from features.same_person.columns import Bools, Column, Floats, Ints, joined
from features.same_person.compared import Compared, rarities
from features.same_person.comparisons import directions_of, matrix, names_of
from features.same_person.frequencies import Frequencies, count
from features.same_person.keys import Hashes, Key, key_hashes, keys_of
from features.same_person.records import Raw, Records, normalised
from features.same_person.secret import fingerprint
from features.same_person.shared_values import worth_comparing
from training.same_person.copies import copied
from training.same_person.limits import COPIED_RECORDS, PAIRS_BY_LOT, UNLABELLED_PAIRS
from training.same_person.matcher import Matcher, with_evidence
from training.same_person.pair_model import Examples, fit
from training.same_person.weights import learn_weights

COPIES = 2  # of each record: two bad copies of one person are less alike than either is to the original


@dataclass(frozen=True, eq=False)
class Learned:
    """A matcher, with what was made on the way: the hashes of its keys and the pairs that share one."""

    matcher: Matcher
    hashes: Mapping[str, Hashes]
    blocked: Blocked


def learn(records: Records, raw: Raw, secret: bytes, seed: int = 1, reviews: pa.Table | None = None) -> Learned:
    """A matcher for `records`, of which `raw` are the columns as written, in any order.

    `reviews`: columns id, other_id (texts) and same (bool), pairs that people decided; others are left out.
    """
    hashes = key_hashes(records.columns, keys_of(records.columns), secret)
    keys = tuple(chosen(keys_of(records.columns), hashes))
    hashes = {key.name: hashes[key.name] for key in keys}
    blocked = paired(hashes, worth=worth_comparing(records.columns))
    frequencies = count(records, secret)
    columns = tuple(records.columns)
    day_first = dates.is_day_first(raw["born_on"].values) if "born_on" in raw else True
    of_records = rarities(records, frequencies, secret)
    pairs = _sampled(Compared(records, blocked.left, blocked.right, of_records), seed)
    left, right, same = _reviewed(records, reviews)
    copies = _copies(raw, keys, frequencies, day_first, secret, seed)
    unlabelled = matrix(pairs)
    by_lot = matrix(_by_lot(records, of_records, seed))
    of_blocked = len(unlabelled) / max(len(blocked), 1)
    names = names_of(columns)
    weights, likely = learn_weights(copies, unlabelled, by_lot, names, len(records), of_blocked)
    examples = Examples(
        copies=with_evidence(copies, weights, names),
        unlabelled=with_evidence(unlabelled, weights, names),
        likely=likely,
        certain=_certain(pairs),
        reviewed=with_evidence(matrix(Compared(records, left, right, of_records)), weights, names),
        same=same,
    )
    fitted = fit(examples, [*directions_of(columns), 1], seed)
    facts = {
        "made_on": dt.date.today().isoformat(),
        "seed": seed,
        "secret": fingerprint(secret),
        "records": len(records),
        "copies": len(examples.copies),
        "unlabelled_pairs": len(examples.unlabelled),
        "reviewed_pairs": len(same),
        "shares": fitted.shares,
    }
    matcher = Matcher(fitted.booster, columns, keys, frequencies, weights, day_first, facts)
    return Learned(matcher, hashes, blocked)


def _sampled(pairs: Compared, seed: int) -> Compared:
    if len(pairs.left) <= UNLABELLED_PAIRS:
        return pairs
    rows = np.sort(np.random.default_rng(seed).choice(len(pairs.left), UNLABELLED_PAIRS, replace=False))
    return Compared(pairs.records, pairs.left[rows], pairs.right[rows], pairs.rarities)


def _by_lot(records: Records, of_records: dict[str, Floats], seed: int) -> Compared:
    """Pairs of two records, whichever the lot falls on."""
    left, right = np.random.default_rng(seed).integers(0, max(len(records), 1), (2, PAIRS_BY_LOT if len(records) else 0))
    two = left != right
    return Compared(records, left[two], right[two], of_records)


def _certain(pairs: Compared) -> Bools:
    """Pairs of the same identity number and, as far as known, of the same name or birth date."""
    certain = np.zeros(len(pairs.left), dtype=bool)
    if pairs.has("identity", "born_on"):
        certain |= (pairs.same("identity") == 1) & (pairs.same("born_on") == 1)
    if pairs.has("identity", "name"):
        certain |= (pairs.same("identity") == 1) & (pairs.same("name") == 1)
    return certain


def _copies(
    raw: Raw, keys: tuple[Key, ...], frequencies: Frequencies, day_first: bool, secret: bytes, seed: int
) -> Floats:
    """(·, k) comparisons of corrupted copies with their originals and with each other, where they share a key."""
    n = len(next(iter(raw.values())))
    rows = np.sort(np.random.default_rng(seed).choice(n, min(COPIED_RECORDS, n), replace=False))
    copies = [copied(raw, rows, seed + one) for one in range(COPIES)]
    together: dict[str, Column] = {
        name: joined([column.taken(rows), *(copy[name] for copy in copies)]) for name, column in raw.items()
    }
    size = len(rows)
    ids = [f"{copy:02d}{row:012d}" for copy in range(COPIES + 1) for row in range(size)]  # keep this order
    records = normalised(ids, None, together, day_first)
    left = np.concatenate([np.arange(size), np.arange(size), np.arange(size) + size])
    right = np.concatenate([np.arange(size) + size, np.arange(size) + 2 * size, np.arange(size) + 2 * size])
    shared = _share_a_key(key_hashes(records.columns, keys, secret), left, right)
    pairs = Compared(records, left[shared], right[shared], rarities(records, frequencies, secret))
    return matrix(pairs)


def _share_a_key(hashes: Mapping[str, Hashes], left: Ints, right: Ints) -> Bools:
    shared = np.zeros(len(left), dtype=bool)
    for values in hashes.values():
        shared |= (values[left] == values[right]) & (values[left] != 0)
    return shared


def _reviewed(records: Records, reviews: pa.Table | None) -> tuple[Ints, Ints, Bools]:
    """The places of reviewed pairs whose records are both there, and what was decided."""
    if reviews is None or not len(reviews):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool)
    place = {record: at for at, record in enumerate(records.ids.tolist())}
    found = [
        (place[one], place[other], same)
        for one, other, same in zip(*(reviews[name].to_pylist() for name in ("id", "other_id", "same")), strict=True)
        if one in place and other in place
    ]
    left, right, same = (np.array(part) for part in zip(*found, strict=True)) if found else (np.zeros(0),) * 3
    return left.astype(np.int64), right.astype(np.int64), same.astype(bool)
