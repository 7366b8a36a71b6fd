"""The drawing probability of every claim that could be listed, listed or not: what estimates are weighted by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from serving.alerts.groups import Groups
from serving.alerts.order import Flags, Ranked
from serving.arms import Arms
from serving.chances import by_bin
from training.artefact import Floats

GROUPS = (
    " Claims are chosen and drawn in groups (one person as matched, one ring), by the probability of the claim that leads: "
    "the probability is the group's, and alike for all its claims. The claim that leads a group is the one to review; of "
    "the others nothing may be known."
)


def chances(
    snapshot: pa.Table,
    groups: Groups,
    may: Flags,
    ranked: Ranked,
    arms: Arms,
    probability: Floats,
    clusters: Sequence[str],
) -> pa.Table:
    """as_of, claim_id, group (the claim that leads it), leads, probability, bin, arm (null: not listed), drawing_probability."""
    count = int(groups.max()) + 1 if len(groups) else 0
    place = np.full(count, -1)  # of each group among those ranked
    place[groups[ranked.leads]] = np.arange(len(ranked.leads))
    rows = np.flatnonzero(may)
    own = place[groups[rows]]
    arm = np.full(len(ranked.leads), None, dtype=object)
    arm[arms.certain], arm[arms.by_lot] = "order", "random"
    ids = snapshot["claim_id"].to_pylist()
    table = pa.table(
        {
            "as_of": snapshot["as_of"].take(pa.array(rows)),
            "claim_id": snapshot["claim_id"].take(pa.array(rows)),
            "cluster_id": pa.array([clusters[row] for row in rows.tolist()], pa.string()),
            "group": pa.array([ids[ranked.leads[one]] for one in own], pa.string()),
            "leads": pa.array(ranked.leads[own] == rows, pa.bool_()),
            "probability": pa.array(probability[rows], pa.float64(), from_pandas=True),
            "bin": pa.array(arms.bins[own], pa.int32()),
            "arm": pa.array(arm[own], pa.string()),
            "drawing_probability": pa.array(arms.probability[own], pa.float64()),
        }
    )
    return table.sort_by("claim_id").combine_chunks()


def lots(kept: pa.Table) -> list[dict[str, Any]]:
    """Of `chances` the drawing probability of groups not chosen for certain, by bin of the probability of their lead (the lowest where that is not known)."""
    return by_bin(kept.filter(kept["leads"]), "groups", "probability")
