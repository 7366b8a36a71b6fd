"""What is at stake in a claim: what was paid on it lately, and what would still be paid if nobody looked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from features.rules.trial import TO_PAY
from training.artefact import Floats

PAID = ("paid_on_claim_365d", "paid_so_far")  # the first that the snapshot has; older money is seldom had back


@dataclass(frozen=True)
class Stakes:
    """Money of each claim in the main unit, shape (claims,), NaN where not known: `paid` lately, `to_save` in the coming
    months of the benefit, and both together (`in_all`)."""

    paid: Floats
    to_save: Floats
    in_all: Floats


def stakes(snapshot: pa.Table) -> Stakes:
    """The money of every claim of `snapshot`; what of the two is not known counts as nothing in the sum."""
    name = next((name for name in PAID if name in snapshot.column_names), "")
    paid, to_save = _column(snapshot, name), _column(snapshot, TO_PAY)
    known = ~(np.isnan(paid) & np.isnan(to_save))
    in_all = np.where(known, np.nan_to_num(paid) + np.nan_to_num(to_save), np.nan)
    return Stakes(paid, to_save, in_all)


def _column(snapshot: pa.Table, name: str) -> Floats:
    if name not in snapshot.column_names:
        return np.full(snapshot.num_rows, np.nan)
    return np.asarray(snapshot[name].cast(pa.float64()).to_numpy(), dtype=np.float64)
