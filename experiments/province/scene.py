"""What there is to complain of and to find in one month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Days, Flags, Floats, Ints
from experiments.province.conduct import Conduct
from experiments.province.employers import Firms
from experiments.province.ledger import Ledger
from experiments.province.months import Months

MEMORY = 6  # months for which people complain of something


@dataclass(frozen=True)
class Scene:
    """One value an employer, as `month` begins."""

    month: int
    owed: Ints  # cents
    months_owed: Floats  # what is owed over a month's wages, `MEMORY` at most
    months_lapsed: Ints  # months of contributions outstanding, `MEMORY` at most
    workers: Ints  # at work in the month before, at least 1
    settled_on: Days  # the day in this month on which all of it is settled; NaT
    listed: Flags  # the authority's lists hold the employer
    closed: Flags


def scene(
    month: int,
    ledger: Ledger,
    bill: Ints,
    heads: Ints,
    doing: Conduct,
    firms: Firms,
    closing: Ints,
    months: Months,
    stale_months: int,
) -> Scene:
    """`bill` (cents) and `heads` are wages due and workers by employer and month."""
    owed = ledger.standing(month)
    recent = slice(max(0, month - MEMORY), month)
    usual = bill[:, recent].max(axis=1)
    lapsed = (doing.caught_up[:, recent] > month) & doing.operates[:, recent]
    return Scene(
        month=month,
        owed=owed,
        months_owed=np.clip(owed / np.maximum(usual, 1), 0, MEMORY),
        months_lapsed=lapsed.sum(axis=1),
        workers=np.maximum(heads[:, recent].max(axis=1), 1),
        settled_on=ledger.settled_on[:, month],
        listed=(firms.opens <= month) & (month < closing + stale_months),
        closed=month >= closing,
    )
