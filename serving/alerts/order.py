"""The order of alerts: groups of claims by expected loss, or where there is no model by severity and money."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from features.rules.rule import SEVERITIES
from serving.alerts.groups import Groups
from serving.alerts.worth import Worth
from serving.lots import lots
from training.artefact import Floats

Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Ranked:
    """Groups that may be chosen, shape (groups,): the claim that leads each (a row of the snapshot), the loss to expect of
    all its claims, its largest probability, its gravest severity, and whether anything of it was decided.

    `order` has the best first; only the first `eligible` of it may be chosen for certain.
    """

    leads: Places
    loss: Floats
    probability: Floats
    severity: npt.NDArray[np.intp]
    looked_at: Flags
    order: Places
    eligible: int


def ranked(
    worth: Worth,
    groups: Groups,
    may: Flags,
    decided: Flags,
    ids: list[str],
    filed: npt.NDArray[np.datetime64],
    *,
    by_severity: bool,
    seed: int,
    as_of: dt.date,
) -> Ranked:
    """The groups with a claim that `may` be listed, in order; equals by lot. `decided`, `ids` and `filed` are by claim.

    A group is led by its claim with the largest expected loss of those that may be listed, of equals by the one filed
    last: it is the one in question. Where nothing is known of the money, probability orders; such groups come last.
    """
    tie = lots(seed, "ties", as_of, ids)
    loss, chance = np.nan_to_num(worth.loss), np.nan_to_num(worth.probability)
    late = -filed.astype("datetime64[D]").astype(np.int64)
    keys = (
        (tie, late, -chance, -loss)
        if not by_severity
        else (tie, late, -np.nan_to_num(worth.stakes.in_all), worth.severity)
    )
    rows = np.lexsort(keys)
    rows = rows[may[rows]]
    own, first = np.unique(groups[rows], return_index=True)
    leads = rows[first]  # the best of each group, as rows are in order
    count = int(groups.max()) + 1 if len(groups) else 0
    losses = _sums(groups[may], loss[may], count)[own]
    money = _sums(groups[may], np.nan_to_num(worth.stakes.in_all)[may], count)[own]
    looked = np.bincount(groups, decided, minlength=count)[own] > 0
    gravest = worth.severity[leads]
    if by_severity:
        order = np.lexsort((tie[leads], -money, gravest))
        eligible = int((gravest < len(SEVERITIES)).sum())
    else:
        order = np.lexsort((tie[leads], -chance[leads], -losses))
        eligible = len(order)
    return Ranked(leads, losses, chance[leads], gravest, looked, order, eligible)


def _sums(groups: Groups, values: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(groups, values, minlength=count), dtype=np.float64)
