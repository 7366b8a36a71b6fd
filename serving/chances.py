"""The drawing probability of every employer that could be chosen, listed or not: what estimates are weighted by."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from serving.arms import Arms, Policy
from serving.limits import BIN_EDGES
from training.artefact import Floats

_DESIGN = (
    "drawing_probability is that of being on the list given the scores: 1 for those chosen for certain; for the others that "
    "of systematic sampling {over}, with one random start. The number drawn is fixed. {pairs}"
)
DESIGN: dict[Policy, str] = {
    "fixed": _DESIGN.format(
        over="of all of them in one order drawn by lot",
        pairs="All have the same probability, n / N, and all pairs n(n-1) / (N(N-1)), n drawn of N; bins had no part in it.",
    ),
    "bins": _DESIGN.format(
        over="over bins of score, in an order drawn by lot within a bin",
        pairs="Pairs within a bin have the joint probability E[n(n-1)] / (N(N-1)), n drawn of the bin's N.",
    ),
}


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


def by_bin(kept: pa.Table, whom: str = "employers", score: str = "risk") -> list[dict[str, Any]]:
    """What `chances` says of those not chosen for certain, a row a bin of `score` that holds any: all of a bin have the same.

    So the probability of anybody not listed can be told from its score (`risk_from` <= risk < `risk_below`; None: no bound)
    without a row for each. `employers` (or what `whom` says): how many the bin holds; `drawn`: how many of them the lot drew.
    """
    rest = kept.filter(pc.fill_null(pc.equal(kept["arm"], "random"), True))
    told = rest.append_column("drawn", pc.is_valid(rest["arm"]).cast(pa.int64())).group_by("bin")
    rows = told.aggregate([([], "count_all"), ("drawn", "sum"), ("drawing_probability", "min")]).sort_by("bin")
    edges = [None, *BIN_EDGES, None]
    return [
        {
            "bin": row["bin"],
            f"{score}_from": edges[row["bin"]],
            f"{score}_below": edges[row["bin"] + 1],
            whom: row["count_all"],
            "drawn": row["drawn_sum"],
            "drawing_probability": row["drawing_probability_min"],
        }
        for row in rows.to_pylist()
    ]
