"""What the trees learn, one lesson after another: first what needs no decision, then the label itself.

Decisions are few, late and about whoever somebody complained of or inspected. Who is complained of is known up to the
day, and the payroll shows whose wages were missed, of every employer that reports. Both stand for arrears in their own
way, so the first trees learn them together, each employer a row in either; the label's own trees go on from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm as lgb
import pandas as pd

from training.dataset import Dataset, labelled
from training.labels import Label
from training.trees import fit_trees

FIRST_TREES, OWN_TREES = 200, 20  # experiments/0001-lessons.md
WEIGHTS = ["weight", "planned_weight"]  # of the label `finding` alone


@dataclass(frozen=True)
class Lessons:
    """Rows with `label`; `first` None where there is nothing to begin with."""

    first: pd.DataFrame | None
    own: pd.DataFrame

    def learned(self, names: Sequence[str], seed: int) -> lgb.Booster:
        """The trees that learned both from the features `names`."""
        if self.first is None:
            return fit_trees(self.own, names, seed)
        start = fit_trees(self.first, names, seed, FIRST_TREES)
        return fit_trees(self.own, names, seed, OWN_TREES, start)


def first_lesson(seen: Dataset, missed: pd.DataFrame, label: Label) -> pd.DataFrame | None:
    """Who is complained of and whose wages were missed, as rows of both kinds; None where neither tells anybody apart.

    `missed` has a row for each employer and day of which its payroll tells (training.missed_pay). Where the label is
    the complaint itself, there is nothing to begin with.
    """
    if label == "complaint":
        return None
    rows = labelled(seen, "complaint").rows.drop(columns=WEIGHTS, errors="ignore")
    told = rows.drop(columns="label").merge(missed, on=["as_of", "employer_id"]).rename(columns={"missed": "label"})
    kinds = [kind for kind in (rows, told) if kind["label"].nunique() == 2]
    return pd.concat(kinds, ignore_index=True) if kinds else None
