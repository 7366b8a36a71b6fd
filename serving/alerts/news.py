"""What is new of a claim since its review: without it, a claim that was decided is not alerted again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from features.rules.findings import WRONG
from features.rules.hits import hits
from features.rules.rule import RuleBook
from serving.limits import LIKELY_SAME
from serving.texts import Sentence, text, told_money

Pair = tuple[str, float, dt.date]  # the other claim, the probability that both are the same person's, known on


@dataclass(frozen=True)
class News(Sentence):
    """What is new of a claim. Where that is another claim: `claim_id` of it, and `unnamed`, the same for whom it is outside
    their regions."""

    claim_id: str | None = None
    unnamed: Sentence | None = None


def decided_claims(snapshot: pa.Table) -> pa.Table:
    """(as_of, claim_id) of every claim that was decided, as of the day of its newest decision: to be asked about again."""
    known = snapshot.filter(snapshot["decided_on"].is_valid())
    return pa.table({"as_of": known["decided_on"].cast(pa.date32()), "claim_id": known["claim_id"]})


def news(now: pa.Table, then: pa.Table, book: RuleBook, same: Mapping[str, Iterable[Pair]]) -> dict[str, News]:
    """By claim what came after its decision; claims of which nothing did are not in it.

    `then` has the claims as of the day of their decision, `now` (of the same columns) as of the day of the list. Of a claim
    found duplicate or fraudulent only a payment since is new: what it is was said already. Of another, a rule in force on
    the day of the list whose facts hold now and did not then, and a claim likely the same person's that became known since.
    """
    found: dict[str, News] = {}
    rows = {claim: row for row, claim in enumerate(now["claim_id"].to_pylist())}
    order = [rows[claim] for claim in then["claim_id"].to_pylist()]
    today = now.take(pa.array(order, pa.int64()))
    ruled = _newly_hit(today, then, book)
    for row, was in zip(today.to_pylist(), then.to_pylist(), strict=True):
        said = _of_one(row, was, ruled.get(row["claim_id"]), same.get(row["claim_id"], ()))
        if said:
            found[row["claim_id"]] = said
    return found


def _newly_hit(today: pa.Table, then: pa.Table, book: RuleBook) -> dict[str, str]:
    """By claim the first rule that holds now and did not on the day of the decision."""
    day = today["as_of"][0].as_py() if today.num_rows else None
    now, before = hits(book, today, day), hits(book, then, day)
    claims = today["claim_id"].to_pylist()
    found: dict[str, str] = {}
    for rule in book.rules:
        for row in np.flatnonzero(now[rule.name] & ~before[rule.name]):
            found.setdefault(claims[row], rule.name)
    return found


def _of_one(
    row: Mapping[str, object], was: Mapping[str, object], rule: str | None, same: Iterable[Pair]
) -> News | None:
    decided = {"finding": text(f"finding_{row['newest_finding']}"), "decided_on": row["decided_on"]}
    since = float(row["paid_so_far"] or 0) - float(was["paid_so_far"] or 0)  # type: ignore[arg-type]
    if row["newest_finding"] in WRONG:
        return _news(text("news_paid", paid=told_money(since), **decided)) if since > 0 else None
    if rule:
        return _news(text("news_rule", rule=rule, **decided))
    for other, probability, known_on in same:
        if known_on > row["decided_on"] and probability >= LIKELY_SAME:  # type: ignore[operator]
            unnamed = text("news_same_elsewhere", known_on=known_on, **decided)
            return _news(text("news_same", other=other, known_on=known_on, **decided), other, unnamed)
    return None


def _news(said: Sentence, claim_id: str | None = None, unnamed: Sentence | None = None) -> News:
    return News(said.en, said.zh, claim_id, unnamed)
