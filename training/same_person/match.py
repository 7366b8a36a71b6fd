"""Match a table of persons, or the claims known by a day: pairs with probabilities, and clusters."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.errors import BadInput
from features.same_person.blocks import Blocked, paired
from features.same_person.clusters import gathered
from features.same_person.columns import Column, Floats, Ints
from features.same_person.keys import key_codes
from features.same_person.limits import CANDIDATE
from features.same_person.mapping import Mapped
from features.same_person.records import Records, normalised
from features.same_person.secret import BYTES
from features.same_person.shared_values import worth_comparing
from training.same_person.learn import learn
from training.same_person.matcher import Matcher


@dataclass(frozen=True, eq=False)
class Matched:
    """What was found: `pairs` worth keeping and `cluster` (n,) the place of the earliest record of each cluster."""

    records: Records
    matcher: Matcher
    blocked: Blocked
    left: Ints
    right: Ints
    probability: Floats
    cluster: Ints

    def pairs(self, id_name: str = "id") -> pa.Table:
        """(id, other_id, probability, known_on), id < other_id, in ascending order; known_on is when both were known."""
        one, other = self.records.ids[self.left], self.records.ids[self.right]
        known = np.maximum(self.records.known_on[self.left], self.records.known_on[self.right])
        table = pa.table(
            {
                id_name: pa.array(np.minimum(one, other), pa.string()),
                f"other_{id_name}": pa.array(np.maximum(one, other), pa.string()),
                "probability": pa.array(self.probability, pa.float64()),
                "known_on": pa.array(known.astype("datetime64[D]"), pa.date32()),
            }
        )
        return table.sort_by([(id_name, "ascending"), (f"other_{id_name}", "ascending")])

    def clusters(self, id_name: str = "id", order: pa.ChunkedArray | None = None) -> pa.Table:
        """(id, cluster_id) of every record, in the `order` of these ids, else ascending; of their type.

        cluster_id is the id of the cluster's earliest record.
        """
        ids = pa.array(self.records.ids, pa.string())
        table = pa.table({id_name: ids, "cluster_id": ids.take(pa.array(self.cluster))})
        if order is None:
            return table.sort_by(id_name)
        places = pc.index_in(order.cast(pa.string()), ids)
        return table.take(places).cast(pa.schema([(id_name, order.type), ("cluster_id", order.type)]))


def match_persons(
    table: pa.Table,
    mapped: Mapped,
    secret: bytes | None = None,
    seed: int = 1,
    matcher: Matcher | None = None,
    reviews: pa.Table | None = None,
) -> Matched:
    """Who is the same person in `table`, of which `mapped` says what the columns are.

    Without a `matcher` one is made from the table itself; `reviews` (id, other_id, same) help where there are any.
    Without a `secret` one is made for this call. BadInput where an id is missing or occurs twice.
    """
    ids, known_on, raw = mapped.taken(table)
    return match(ids, known_on, raw, secret or secrets.token_bytes(BYTES), seed, matcher, reviews)


def match(
    ids: Sequence[str],
    known_on: Sequence[dt.date] | pa.ChunkedArray | None,
    raw: Mapping[str, Column],
    secret: bytes,
    seed: int = 1,
    matcher: Matcher | None = None,
    reviews: pa.Table | None = None,
) -> Matched:
    """Who is the same person among records given as columns as they were written. BadInput where there are none."""
    if not len(ids):
        raise BadInput(
            "there are no records to match", found="no row", expected="a row a record", do="give a table with rows"
        )
    records = normalised(ids, known_on, raw, matcher.day_first if matcher else None)
    if matcher is None:
        learned = learn(records, raw, secret, seed, reviews)
        matcher, blocked = learned.matcher, learned.blocked
    else:
        matcher.refuse_other_columns(records)
        hashes = key_codes(records.columns, matcher.keys)
        blocked = paired(hashes, worth=worth_comparing(records.columns, matcher.least_shared))
    maker = matcher
    probability = maker.probability(records, blocked.left, blocked.right, secret)
    cluster = gathered(
        len(records),
        blocked.left,
        blocked.right,
        probability,
        lambda left, right: maker.probability(records, left, right, secret),
    )
    kept = probability >= CANDIDATE
    return Matched(records, maker, blocked, blocked.left[kept], blocked.right[kept], probability[kept], cluster)
