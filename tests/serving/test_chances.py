import numpy as np
import pyarrow as pa

from serving.arms import Arms
from serving.chances import chances, looked_at
from tests.serving.conftest import columns, snapshot_of


def test_an_outcome_is_known_once_an_inspection_is_closed() -> None:
    counts = pa.table({"inspections_36m": [0.0, 1, 2, 2, None], "open_inspections_36m": [0.0, 1, 1, 0, None]})
    assert looked_at(counts).tolist() == [False, False, True, True, False]
    assert looked_at(counts.select(["inspections_36m"])).tolist() == [False] * 5


def test_everybody_has_a_row_whether_listed_or_not() -> None:
    listed = snapshot_of(columns(4), employer_id=["d", "b", "a", "c"])
    arms = Arms(np.array([1]), np.array([3]), np.array([0.5, 1.0, 0.1, 0.4]), np.array([1, 2, 0, 1]))
    rows = chances(listed, np.array([0.2, 0.3, 0.01, 0.2]), arms, "harm").to_pylist()
    assert [(r["employer_id"], r["arm"], r["drawing_probability"], r["bin"]) for r in rows] == [
        ("a", None, 0.1, 0), ("b", "harm", 1.0, 2), ("c", "random", 0.4, 1), ("d", None, 0.5, 1),
    ]  # fmt: skip
