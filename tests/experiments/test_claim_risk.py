"""Recall by kind, and look-alikes on the list, by hand."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from experiments.claim_risk.__main__ import by_kind
from experiments.claim_risk.judged import OPEN, ClaimDay
from experiments.claim_risk.look_alikes import on_the_list

ROWS = pd.DataFrame(
    [
        ("ring", "fraud", "medical", None, 0.9),
        ("ring", "fraud", "medical", None, 0.1),
        ("working", "fraud", "unemployment", None, 0.8),
        ("working", "fraud", "unemployment", "fraud", 1.0),  # decided: on no list
        ("couple", "genuine", "pension", None, 0.7),
        ("couple", "genuine", "pension", None, 0.0),
        ("ordinary", "genuine", "pension", None, 0.05),
        ("ordinary", "genuine", "medical", None, 0.6),
    ],
    columns=["kind", "truth", "scheme", "finding", "fraud"],
)


@pytest.fixture
def day() -> ClaimDay:
    made = ClaimDay(SimpleNamespace(seed=1), SimpleNamespace(models={"fraud": None}), ROWS, 1)  # type: ignore[arg-type]
    score = ROWS["fraud"].to_numpy()
    made.__dict__["scores"] = {"fraud": {"model": (score, True), "old_rules": (-score, False)}}
    return made


def test_recall_is_of_open_claims_of_a_kind(day: ClaimDay) -> None:
    found = by_kind(day, 3)["fraud"]
    assert found["ring"] == {"claims": 2, "model": 0.5, "old_rules": 0.5}
    assert found["working"] == {"claims": 1, "model": 1, "old_rules": 0}


def test_look_alikes_are_held_against_others_of_their_scheme(day: ClaimDay) -> None:
    found = on_the_list(day, 4)
    assert (found["couple"]["claims"], found["couple"]["listed"], found["couple"]["alike"]) == (2, 1, 0)
    assert (found["others"]["claims"], found["others"]["listed"]) == (2, 1)


def test_open_claims_are_those_undecided(day: ClaimDay) -> None:
    np.testing.assert_array_equal(day.among(OPEN), ROWS["finding"].isna())
