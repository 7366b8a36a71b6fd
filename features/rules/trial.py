"""A rule tried over history: on each of the days, which claims it would have hit, from what was known on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from features.errors import BadInput
from features.rules.hits import hits
from features.rules.rule import RuleBook

HIT = pa.schema(
    [("rule", pa.string()), ("claim_id", pa.string()), ("as_of", pa.date32()), ("scheme", pa.string()),
     ("paid", pa.float64()), ("to_pay", pa.float64())]
)  # fmt: skip
TO_PAY = "still_to_be_paid"  # the feature that says what a claim would still be paid


@dataclass(frozen=True)
class Trial:
    """`days` in order; `first` a row for each rule and claim that it hit: the first day of them, and the money then.

    `seen` is the number of distinct claims there were; `switched_on` counts for each rule the days on which it was in force.
    """

    days: tuple[dt.date, ...]
    first: pa.Table
    seen: int
    switched_on: dict[str, int]

    @property
    def weeks(self) -> float:
        """From the first to the last day."""
        return (self.days[-1] - self.days[0]).days / 7

    def claims(self, rule: str) -> dict[str, dt.date]:
        """The claims that `rule` hit, and the first day of each."""
        return {row["claim_id"]: row["as_of"] for row in self.of(rule)}

    def of(self, rule: str) -> list[dict[str, Any]]:
        """The rows of one rule."""
        rows: list[dict[str, Any]] = self.first.filter(pc.equal(self.first["rule"], rule)).to_pylist()
        return rows


def regular_days(first: dt.date, last: dt.date, every: int) -> list[dt.date]:
    """`first` and each `every` days later, up to `last`. BadInput where there is no day, or a step below one."""
    if last < first or every < 1:
        raise BadInput(
            "there are no days to try the rules on",
            found=f"from {first} to {last}, every {every} days",
            expected="a last day that is not before the first, and a step of one day or more",
            do="give --from, --to and --every so",
        )
    return [first + dt.timedelta(days=n) for n in range(0, (last - first).days + 1, every)]


def try_rules(book: RuleBook, snapshots: Iterable[pa.Table]) -> Trial:
    """The rules over `snapshots`, each of one day or several, in order of days."""
    found, days, seen, on = [HIT.empty_table()], set(), set(), dict.fromkeys((r.name for r in book.rules), 0)
    for snapshot in snapshots:
        own = set(snapshot["as_of"].to_pylist())
        days |= own
        seen |= set(snapshot["claim_id"].to_pylist())
        for rule in book.rules:
            on[rule.name] += sum(rule.holds_on(day) for day in own)
        found += _hit_rows(book, snapshot)
    ordered = pa.concat_tables(found).sort_by(
        [("rule", "ascending"), ("claim_id", "ascending"), ("as_of", "ascending")]
    )
    return Trial(tuple(sorted(days)), _first(ordered), len(seen), on)


def _hit_rows(book: RuleBook, snapshot: pa.Table) -> Iterator[pa.Table]:
    for name, flags in hits(book, snapshot).items():
        own = snapshot.filter(pa.array(flags))
        nothing = pa.nulls(own.num_rows, pa.float64())
        yield pa.table(
            {
                "rule": pa.array([name] * own.num_rows, pa.string()),
                "claim_id": own["claim_id"],
                "as_of": own["as_of"],
                "scheme": own["scheme"],
                "paid": own["paid_so_far"].cast(pa.float64()) if "paid_so_far" in own.column_names else nothing,
                "to_pay": own[TO_PAY].cast(pa.float64()) if TO_PAY in own.column_names else nothing,
            },
            HIT,
        )


def _first(ordered: pa.Table) -> pa.Table:
    """The first row of each rule and claim, of rows in order."""
    if not ordered.num_rows:
        return ordered
    keys = [np.asarray(ordered[name].to_pylist(), dtype=object) for name in ("rule", "claim_id")]
    new = np.ones(ordered.num_rows, dtype=bool)
    new[1:] = (keys[0][1:] != keys[0][:-1]) | (keys[1][1:] != keys[1][:-1])
    return ordered.filter(pa.array(new))
