"""What a model of findings is calibrated on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.training.worlds import inspected_world
from training.dataset import Dataset
from training.labels import finding_of
from training.weighting import calibrating, weighted


def seen(employers: int = 3000) -> Dataset:
    return Dataset(inspected_world(employers, 4, seed=2), {})


def test_weights_bring_the_share_found_to_that_of_all() -> None:
    data, said = weighted(seen(), ["sign", "noise"], "finding", 1)
    assert said is not None
    found = finding_of(data.rows)
    known, truth = found.notna(), data.rows["owes"].mean()
    naive = found[known].mean()
    assert abs(np.average(found[known], weights=data.rows["weight"][known]) - truth) < abs(naive - truth) / 4


def test_other_labels_are_not_weighted() -> None:
    data = seen(200)
    assert weighted(data, ["sign"], "event", 1) == (data, None)


def test_visits_that_answer_a_complaint_do_not_calibrate() -> None:
    data, _ = weighted(seen(), ["sign", "noise"], "finding", 1)
    rows = data.rows[finding_of(data.rows).notna()]
    answered = pd.Series(np.arange(len(rows)) % 2 == 0, index=rows.index)
    planned = {name: rows[name].where(~answered, 0) for name in ("planned_arrears", "planned_cleared")}
    kept, is_planned = calibrating(rows.assign(label=finding_of(rows), **planned))
    assert is_planned and set(kept.index) == set(rows.index[~answered])
    assert kept["weight"].equals(rows["planned_weight"][~answered])


def test_too_few_of_them_leave_all() -> None:
    data, _ = weighted(seen(), ["sign", "noise"], "finding", 1)
    rows = data.rows[finding_of(data.rows).notna()].assign(planned_arrears=0.0)
    kept, is_planned = calibrating(rows.assign(label=finding_of(data.rows)))
    assert not is_planned and len(kept) == len(rows)


def test_without_weights_the_rows_are_as_they_were() -> None:
    rows = seen(200).rows
    kept, is_planned = calibrating(rows)
    assert kept is rows and not is_planned
