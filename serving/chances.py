"""The drawing probability of every employer that could be chosen, listed or not: what estimates are weighted by."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from serving.arms import Arms
from training.artefact import Floats

DESIGN = (
    "drawing_probability is that of being on the list given the scores: 1 for those chosen for certain; for the others that "
    "of systematic sampling over bins of score, in an order drawn by lot within a bin, with one random start. The number "
    "drawn is fixed. Pairs within a bin have the joint probability E[n(n-1)] / (N(N-1)), n drawn of the bin's N."
)


def looked_at(listed: pa.Table) -> npt.NDArray[np.bool_]:
    """Whether an inspection of the last 36 months is closed, so that an outcome is known; False where no register says."""
    columns = [name for name in ("inspections_36m", "open_inspections_36m") if name in listed.column_names]
    if len(columns) < 2:
        return np.zeros(listed.num_rows, dtype=bool)
    opened, still_open = (np.nan_to_num(np.asarray(listed[name].to_numpy(), dtype=np.float64)) for name in columns)
    return np.asarray(opened > still_open)


def chances(listed: pa.Table, risk: Floats, arms: Arms, order: str) -> pa.Table:
    """as_of, employer_id, risk, bin (0: the lowest scores), arm (null: not listed), drawing_probability; by id."""
    arm = np.full(listed.num_rows, None, dtype=object)
    arm[arms.certain], arm[arms.by_lot] = order, "random"
    table = pa.table(
        {
            "as_of": listed["as_of"],
            "employer_id": listed["employer_id"],
            "risk": pa.array(risk, pa.float64()),
            "bin": pa.array(arms.bins, pa.int32()),
            "arm": pa.array(arm, pa.string()),
            "drawing_probability": pa.array(arms.probability, pa.float64()),
        }
    )
    return table.sort_by("employer_id").combine_chunks()
