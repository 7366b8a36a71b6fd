"""What a visit by lot would meet, whomever it is drawn to: the truth that estimates from visits are held against."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Floats, Ints
from experiments.province.columns import dates, texts
from experiments.province.employers import Employers
from experiments.province.inspections import PLAN_DAYS, VANISHED
from experiments.province.knobs import Knobs
from experiments.province.ledger import Ledger
from experiments.province.months import Months


def visits_table(ledger: Ledger, employers: Employers, closing: Ints, months: Months, knobs: Knobs) -> pa.Table:
    """employer_id, month, `reached` (chance that a visit of that month finds somebody; 0 where no list holds the employer)
    and `owing` (share of the month's visit days on which wages are owed), of covered months; left out are those with
    `reached` 1 and `owing` 0, which are most.
    """
    parts = [_month(month, ledger, employers, closing, months, knobs) for month in range(months.first, months.number)]
    employer, number, reached, owing = (np.concatenate(column) for column in zip(*parts, strict=True))
    return pa.table(
        {
            "employer_id": texts(employers.employer_id, employer),
            "month": dates(months.first_days[number]),
            "reached": pa.array(reached),
            "owing": pa.array(owing),
        }
    )


def _month(
    month: int, ledger: Ledger, employers: Employers, closing: Ints, months: Months, knobs: Knobs
) -> tuple[Ints, Ints, Floats, Floats]:
    listed = (employers.opens <= month) & (month < closing + knobs.stale_months)
    reached = np.where(listed, np.where(month >= closing, 1 - VANISHED, 1.0), 0.0)
    settled = ledger.settled_on[:, month]
    before = np.where(np.isnat(settled), PLAN_DAYS, (settled - months.first_days[month]).astype(np.int64))
    owing = np.where(ledger.standing(month) > 0, np.minimum(before, PLAN_DAYS) / PLAN_DAYS, 0.0)
    told = np.flatnonzero((reached < 1) | (owing > 0))
    return told, np.full(len(told), month), reached[told], owing[told]
