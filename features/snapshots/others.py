"""What a feature may ask about the other employers of the same day.

Others are those that have not closed by the day: of whom closed years ago nobody complains, so that with the years of a
lake they would make everybody else look worse. An employer that has closed is itself compared with the open ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from features.known import flag
from features.limits import PEER_GROUP, RATE_WEIGHT

SIZE_FEATURE = "workers_3m"
SIZE_BANDS = ((10, "1-9"), (50, "10-49"), (250, "50-249"))
LARGEST_BAND, NO_BAND = "250+", "unknown"
# From the narrowest; size says more of what is usual than region does, so region is given up first.
PEERS: tuple[list[str], ...] = (["industry", "region", "size_band"], ["industry", "size_band"], ["industry"], [])


@dataclass
class Others:
    """Comparisons across employers of one snapshot; `asked` notes the features that are compared."""

    table: ir.Table
    asked: dict[str, None] = field(default_factory=lambda: {SIZE_FEATURE: None})

    def percentile(self, feature: str) -> ir.Value:
        """Share of peers with a smaller value, 0 to 1; null where the employer has none.

        Peers are those of the same industry, region and size band; where they are too few, of industry and
        size band; then of the industry; then everybody. Only peers that are open and have a value are counted.
        Being a rank, it is untouched by how far off the extremes are; equal values share the lowest place, so
        that an employer without arrears has nobody below it however many there are like it.
        """
        self.asked[feature] = None
        if feature not in self.table.columns:
            return ibis.null("float64")
        value = self.table[feature]
        cases = []
        for group in PEERS:
            groups = [self.table.as_of, value.isnull(), *[self.table[name] for name in group]]
            there = self._open.sum().over(ibis.window(group_by=groups))
            at_least = ibis.range_window(group_by=groups, order_by=value.desc(), preceding=None, following=0)
            below = there - self._open.sum().over(at_least)
            peers = there - self._open  # without itself
            cases.append((peers + 1 >= PEER_GROUP, (below / peers.nullif(0)).fill_null(0)))
        everybody = cases[-1][1]
        return ibis.ifelse(value.isnull(), ibis.null("float64"), ibis.cases(*cases[:-1], else_=everybody))

    def own(self, feature: str) -> ir.Value:
        """The employer's own value, to be set against the others'."""
        self.asked[feature] = None
        return self.table[feature] if feature in self.table.columns else ibis.null("float64")

    def typical(self, feature: str, group: str) -> ir.Value:
        """Median of the open employers of the employer's `group`; null where none of them has a value."""
        value = self.own(feature)
        if feature not in self.table.columns:
            return value
        return self._of_open(value).median().over(ibis.window(group_by=[self.table.as_of, self.table[group]]))

    def relative_rate(self, feature: str, group: str) -> ir.Value:
        """Mean of a count in the employer's `group` over everybody's mean; 1 is usual, null where nobody has any.

        Both are of open employers. Relative, because everybody's mean grows with the years that a lake holds. A
        small group is drawn towards 1.
        """
        self.asked[feature] = None
        if feature not in self.table.columns:
            return ibis.null("float64")
        value, as_of = self._of_open(self.table[feature]), self.table.as_of
        own = ibis.window(group_by=[as_of, self.table[group]])
        all_ = ibis.window(group_by=[as_of])
        mean = value.sum().over(all_) / value.count().over(all_).nullif(0)
        drawn = (value.sum().over(own).fill_null(0) + mean * RATE_WEIGHT) / (value.count().over(own) + RATE_WEIGHT)
        return drawn / mean.nullif(0)

    @property
    def _open(self) -> ir.Value:
        """1 of whom is not known to have closed by the day, else 0: the others that anybody is compared with."""
        return flag(self.table.closed_on.isnull())

    def _of_open(self, value: ir.Value) -> ir.Value:
        """`value`, null of whom is known to have closed."""
        return ibis.ifelse(self._open == 1, value, ibis.null("float64"))


def size_band(workers: ir.Value) -> ir.Value:
    """The band of a number of workers; `unknown` where there is none."""
    cases = [(workers < limit, ibis.literal(name)) for limit, name in SIZE_BANDS]
    return ibis.cases((workers.isnull(), ibis.literal(NO_BAND)), *cases, else_=ibis.literal(LARGEST_BAND))
