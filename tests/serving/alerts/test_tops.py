"""What the models alone would list of each day."""

from __future__ import annotations

import numpy as np

from serving.alerts.tops import top_claims
from serving.scoring import features_of
from tests.serving.alerts.office import AS_OF, models, snapshot


def test_the_largest_expected_losses_of_undecided_claims() -> None:
    table = snapshot()
    top = top_claims(models(), table, 10)
    chance = np.max([model.risk(features_of(model, table)) for model in models().values()], axis=0)
    money = table["paid_so_far"].to_numpy() + table["still_to_be_paid"].to_numpy()
    decided = np.array([finding is not None for finding in table["newest_finding"].to_pylist()])
    best = np.argsort(-np.where(decided, -1, chance * money), kind="stable")[:10]
    assert top == {AS_OF: frozenset(table["claim_id"].take(best).to_pylist())}
