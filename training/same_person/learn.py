"""Make a matcher from a table of records, without a label or with those that reviewers gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from features.same_person import dates
from features.same_person.blocks import Blocked, chosen, pair_count, paired
from features.same_person.compared import Compared, rarities
from features.same_person.comparisons import directions_of, matrix, names_of
from features.same_person.frequencies import count
from features.same_person.keys import Hashes, Key, key_codes, keys_of
from features.same_person.limits import SHARED_VALUES
from features.same_person.records import Raw, Records
from features.same_person.secret import fingerprint
from features.same_person.shared_values import worth_comparing
from training.same_person.limits import COMPARED_ALL, COPIES_FOUND, COPIES_KEPT, LOT_KEPT
from training.same_person.matcher import Matcher, with_evidence
from training.same_person.pair_model import Examples, fit
from training.same_person.samples import Copies, any_of, by_lot, certain, copies_of, reviewed, some_of
from training.same_person.weights import learn_weights


@dataclass(frozen=True, eq=False)
class Learned:
    """A matcher, and the pairs that share a key and are worth comparing."""

    matcher: Matcher
    blocked: Blocked


def learn(records: Records, raw: Raw, secret: bytes, seed: int = 1, reviews: pa.Table | None = None) -> Learned:
    """A matcher for `records`, of which `raw` are the columns as written, in any order.

    `reviews`: columns id, other_id (texts) and same (bool), pairs that people decided; others are left out.
    """
    keys, hashes = _keys(records)
    day_first = dates.is_day_first(raw["born_on"].values) if "born_on" in raw else True
    copies = copies_of(raw, day_first, lambda them: key_codes(them.columns, keys), seed)
    hashes = needed(hashes, copies)
    keys, copies = tuple(key for key in keys if key.name in hashes), copies.sharing(hashes)
    least = _least_shared(hashes, copies)
    blocked = paired(hashes, worth=worth_comparing(records.columns, least))
    frequencies, columns, names = count(records, secret), tuple(records.columns), names_of(tuple(records.columns))
    rarity = rarities(records, frequencies, secret)
    pairs = some_of(Compared(records, blocked.left, blocked.right, rarity), seed)
    from_copies = matrix(
        Compared(copies.records, copies.left, copies.right, rarities(copies.records, frequencies, secret))
    )
    unlabelled, left, right, same = matrix(pairs), *reviewed(records, reviews)
    lot = matrix(by_lot(records, rarity, seed))
    weights, likely, of_lot = learn_weights(
        from_copies,
        unlabelled,
        lot,
        names,
        len(records),
        len(unlabelled) / max(len(blocked), 1),
    )
    examples = Examples(
        copies=with_evidence(from_copies, weights, names),
        unlabelled=with_evidence(unlabelled, weights, names),
        likely=likely,
        certain=certain(pairs),
        by_lot=with_evidence(lot[:LOT_KEPT], weights, names),
        two=1 - of_lot[:LOT_KEPT],
        reviewed=with_evidence(matrix(Compared(records, left, right, rarity)), weights, names),
        same=same,
    )
    fitted = fit(examples, [*directions_of(columns), 1], seed)
    facts = _facts(examples, len(records), secret, seed) | {"shares": fitted.shares}
    return Learned(Matcher(fitted.booster, columns, keys, least, frequencies, weights, day_first, facts), blocked)


def _keys(records: Records) -> tuple[tuple[Key, ...], dict[str, Hashes]]:
    possible = keys_of(records.columns)
    hashes = key_codes(records.columns, possible)
    keys = tuple(chosen(possible, hashes))
    return keys, {key.name: hashes[key.name] for key in keys}


def needed(hashes: Mapping[str, Hashes], copies: Copies) -> dict[str, Hashes]:
    """All keys where pairs are few; else without those, the most pairs first, without which nearly all copies are found.

    A key that makes less than a pair a record costs little and stays: how many share a number is a fact of its own.
    """
    pairs = {key: pair_count(values) for key, values in hashes.items()}
    needed = dict(hashes)
    if sum(pairs.values()) <= COMPARED_ALL:
        return needed
    least = COPIES_FOUND * any_of(copies.shared.values()).mean()
    for key in sorted(pairs, key=lambda key: -pairs[key]):
        if pairs[key] < len(hashes[key]):
            break
        others = [other for other in needed if other != key]
        if any_of(copies.shared[other] for other in others).mean() >= least:
            del needed[key]
    return needed


def _least_shared(hashes: Mapping[str, Hashes], copies: Copies) -> int:
    """How much in common a pair must have to be compared: nothing where pairs are few, else what nearly all copies have."""
    if sum(map(pair_count, hashes.values())) <= COMPARED_ALL or not len(copies.left):
        return 0
    kept = [
        worth_comparing(copies.records.columns, least)(copies.left, copies.right).mean()
        for least in range(SHARED_VALUES + 1)
    ]
    return max(least for least, share in enumerate(kept) if share >= COPIES_KEPT)


def _facts(examples: Examples, records: int, secret: bytes, seed: int) -> dict[str, Any]:
    return {
        "made_on": dt.date.today().isoformat(),
        "seed": seed,
        "secret": fingerprint(secret),
        "records": records,
        "copies": len(examples.copies),
        "unlabelled_pairs": len(examples.unlabelled),
        "reviewed_pairs": len(examples.same),
    }
