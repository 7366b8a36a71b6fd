"""What a decision on a claim may change of what is told of it: left out where a claim is described after its decision.

A decision ends payments, and counts among those on the claim's person, account and agent. Counts of payments may only
raise a probability, and a payment that was stopped lowers them: claims found wrong cannot be told by that. All else
that payments tell, and all that decisions tell, is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from features.feature import Feature


def changed_by_a_decision(feature: Feature) -> bool:
    """Whether a model could tell from `feature` that the claim itself was found wrong."""
    return "claim_decisions" in feature.source or ("payouts" in feature.source and feature.direction != 1)


def without_hindsight(rows: pd.DataFrame, features: Iterable[Feature]) -> pd.DataFrame:
    """`rows` (after, features) with nothing that a decision may have changed in those described `after` one."""
    names = [feature.name for feature in features if changed_by_a_decision(feature)]
    hidden = rows.copy()
    hidden.loc[rows["after"], names] = np.nan
    return hidden
