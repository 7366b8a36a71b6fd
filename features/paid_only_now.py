"""What paying all that is overdue today makes of features: what is paid only now was paid late.

A row says how many were owed and for how many months, but not line by line how late each is by now. So each
figure of lateness is put as high as the row allows: never lower than it would be, and where nothing is overdue
as it is. Where a fact that narrows it is not at hand, less is known and the figure is higher.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from features.changes import Facts, Floats, Reckoning


@dataclass(frozen=True)
class Owing:
    """Where a register's facts tell what is overdue.

    `lines`, `part`: names of the shares of lines not paid in full, and paid in part, with {} for the months of the
    window; `unpaid`: facts that are above 0 where anything of a year is overdue; `oldest`: months it reaches back.
    """

    lines: str
    part: str
    unpaid: tuple[str, ...]
    oldest: str

    def owed(self, facts: Facts, months: int) -> Floats:
        """The most that the share of lines not paid in full can be; NaN where there are none.

        Where the fact is not at hand, all of them may be, if anything is overdue.
        """
        name = self.lines.format(months)
        if name in facts.values:
            return np.asarray(np.clip(facts[name], 0, 1))
        known = np.vstack([facts[name] for name in self.unpaid])
        return np.where(np.isnan(known).all(axis=0), np.nan, (np.nan_to_num(known) > 0).any(axis=0))

    def paid(self, facts: Facts, months: int) -> Floats:
        """The most that the share of lines of which something is paid can be."""
        owed, part = self.owed(facts, months), facts[self.part.format(months)]
        return np.asarray(1 - owed + np.where(np.isnan(part), owed, np.clip(part, 0, owed)))

    def days(self, facts: Facts, months: int) -> Floats:
        """The most days that anything overdue of the window is late by now.

        The newest legal day is the day or before it, the next is after it: what reaches back k months is late by
        less than k months.
        """
        back = np.minimum(np.where(np.isnan(facts[self.oldest]), months, facts[self.oldest]), months)
        return np.asarray(np.minimum(31 * back, 30.5 * back + 1.5) - 1)


WAGES = Owing(
    "unpaid_worker_share_{}m", "part_paid_share_{}m",
    ("unpaid_share_1m", "unpaid_share_3m", "unpaid_share_6m", "unpaid_share_12m", "unpaid_amount_12m"), "oldest_unpaid_months",
)  # fmt: skip
CONTRIBUTIONS = Owing(
    "contributions_owing_lines_{}m", "contributions_part_paid_{}m",
    ("contributions_unpaid_share_3m", "contributions_unpaid_12m"), "contributions_oldest_unpaid_months",
)  # fmt: skip


def late_share(owing: Owing, months: int, own: str, days: int = 0) -> Reckoning:
    """`own` once all is paid: the share of lines paid more than `days` days late."""

    def reckon(facts: Facts) -> Floats:
        """what is paid only now counts as late, as high as can be"""
        late, owed = facts[own], owing.owed(facts, months)
        added = np.where(owing.days(facts, months) > days, owed, 0.0)
        before = np.nan_to_num(late) * owing.paid(facts, months)
        return np.where(owed > 0, np.minimum(1, added + np.minimum(1 - added, before)), late)

    return reckon


def mean_days(owing: Owing, months: int, own: str) -> Reckoning:
    """`own` once all is paid: the mean days late."""

    def reckon(facts: Facts) -> Floats:
        """what is paid only now counts as late as the oldest of it, as high as can be"""
        mean, owed = facts[own], owing.owed(facts, months)
        before = np.nan_to_num(mean) * owing.paid(facts, months)
        return np.where(owed > 0, before + owed * owing.days(facts, months), mean)

    return reckon


def worst_days(owing: Owing, months: int, own: str) -> Reckoning:
    """`own` once all is paid: the mean days late of the latest month. What was paid in part may add to what is paid now."""

    def reckon(facts: Facts) -> Floats:
        """the latest month that was, or the oldest of what is paid only now, as high as can be"""
        worst, now = np.nan_to_num(facts[own]), owing.days(facts, months)
        whole = facts[owing.part.format(months)] == 0
        return np.where(owing.owed(facts, months) > 0, np.where(whole, np.maximum(worst, now), worst + now), facts[own])

    return reckon


def less_before(owing: Owing, own: str, lately: Reckoning, year: Reckoning, known: str) -> Reckoning:
    """`own`, a figure of the last three months less that of the nine before, as if every month had as many lines.

    `lately`, `year`: the figure of three and of twelve months; `known`: a fact that is there where both windows have any.
    """

    def reckon(facts: Facts) -> Floats:
        """the figure of three months then, less that of the nine before, every month weighing the same"""
        last, all_ = lately(facts), year(facts)
        then = last - np.clip((4 * all_ - last) / 3, 0, None)
        return np.where((owing.owed(facts, 12) > 0) & ~np.isnan(facts[known]), then, facts[own])

    return reckon


def falling_days(owing: Owing, own: str, months: str) -> Reckoning:
    """A trend of days late a month once all is paid: of wages paid on one day, each month's were a month less late.

    `months`: a fact that is there where there are months enough for a trend.
    """

    def reckon(facts: Facts) -> Floats:
        """a month less late each month, as far as wages are paid only now"""
        owed, told = owing.owed(facts, 12), ~np.isnan(facts[months])
        return np.where(told & (owed > 0), np.nan_to_num(facts[own]) - 31 * owed, facts[own])

    return reckon


def none_where_known(own: str) -> Reckoning:
    """A difference of `own` that is 0 once nothing is overdue in any month."""

    def reckon(facts: Facts) -> Floats:
        """0 where it is known"""
        return np.where(np.isnan(facts[own]), np.nan, 0.0)

    return reckon


def since_due(newest: str, shares: dict[int, str], own: str) -> Reckoning:
    """Months since all was paid, once all is: those since anything was due.

    `newest`: the fact that says so; `shares`: facts known where anything was due in so many last months.
    """

    def reckon(facts: Facts) -> Floats:
        """months since the newest on file"""
        least = facts[own]
        for months in sorted(shares, reverse=True):
            least = np.where(np.isnan(facts[shares[months]]), least, np.minimum(facts[own], months - 1))
        known = facts[newest]
        return np.where(np.isnan(facts[own]), np.nan, np.where(np.isnan(known), least, known))

    return reckon


def highest_where_owed(owing: Owing, own: str) -> Reckoning:
    """A place among peers that cannot be told from one row."""

    def reckon(facts: Facts) -> Floats:
        """above all peers where anything was overdue"""
        return np.where(owing.owed(facts, 12) > 0, 1.0, facts[own])

    return reckon


def none_where_nothing_paid(owing: Owing, own: str) -> Reckoning:
    """A share of what is paid that is 0 of what is paid only now, as it is paid exactly."""

    def reckon(facts: Facts) -> Floats:
        """at most what it was; 0 where nothing was paid before"""
        return np.where(np.isnan(facts[own]) & (owing.owed(facts, 12) > 0), 0.0, facts[own])

    return reckon


def beyond(own: str, claimed: str, in_time: Callable[[Facts], Floats] | None = None) -> Reckoning:
    """An amount beyond what payroll admits, once it admits less: by what `in_time` gives, or (None) nothing at all."""

    def reckon(facts: Facts) -> Floats:
        """no more than all that was claimed or found"""
        now, all_ = facts[own], facts[claimed]
        most = all_ if in_time is None else np.minimum(np.where(np.isnan(all_), np.inf, all_), now + in_time(facts))
        return np.where(np.isnan(now) | np.isnan(most), now, np.maximum(now, most))

    return reckon


def newest_unpaid(facts: Facts) -> Floats:
    """What is overdue for the newest month due, whose legal day may be today: paid today, it is paid in time."""
    return np.nan_to_num(facts["unpaid_amount_1m"])


def complaints_all_paid(only_newest: bool) -> Reckoning:
    """Complaints of wages where payroll shows none overdue or late. `only_newest`: it may if the newest alone are overdue."""

    def reckon(facts: Facts) -> Floats:
        """no more than the complaints of wages"""
        now = facts["wage_complaints_all_paid_12m"]
        most = facts["complaints_12m"] - facts["other_complaints_12m"]
        may = np.ones(facts.count, dtype=bool)
        if only_newest:  # and that can be paid in time only if nothing of a year was late or reaches further back
            may = ~(facts["late_share_12m"] > 0) & ~(facts["unpaid_months_12m"] > 1) & (newest_unpaid(facts) > 0)
        return np.where(may & ~np.isnan(now) & ~np.isnan(most), np.maximum(now, most), now)

    return reckon
