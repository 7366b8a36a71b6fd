"""Expected harm: how many workers, and how much money, are likely to be found owed at an employer.

A stated rule, not a second model: decisions are few, and a rule can be checked with a pencil. Where the label comes
true, an employer is taken to owe its exposure times a ratio measured from the decisions known by the as-of day:
money found owed over the exposure of those found, in its size band, drawn towards everybody's where decisions are few.
Exposure is the wages the payroll shows overdue; without them the monthly wage bill; where there is no payroll, what was claimed in the last twelve months; without
claims, what is still owed on earlier decisions; with nothing of these everybody's mean is taken. Expected is that times
the risk. Wage bills and yearly claims come first because they do not grow with the years that a lake holds, as debts do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from training.limits import HARM_WEIGHT

Floats = npt.NDArray[np.float64]
FEATURES = (
    "unpaid_amount_12m",
    "workers_3m",
    "mean_wage_3m",
    "amount_claimed_12m",
    "still_owed_36m",
    "workers_complaining_12m",
)
COLUMNS = (*FEATURES, "size_band")
BASES = ("overdue", "payroll", "claimed", "owed", "nothing")
EVERYBODY = "all"


@dataclass(frozen=True)
class Harm:
    """Arrays of shape (subjects,): persons, and the currency's main unit."""

    workers: Floats
    money: Floats


@dataclass(frozen=True)
class HarmRule:
    """Found owed over exposure, by basis and size band (`all`: every band). `decisions`: how many each rests on."""

    money: dict[str, dict[str, float]]
    workers: dict[str, dict[str, float]]
    decisions: dict[str, int]

    def apply(self, risk: Floats, columns: Mapping[str, Any]) -> Harm:
        """Expected harm of employers with `risk`; `columns` are COLUMNS of the snapshot, each of shape (subjects,)."""
        exposed = _exposure(columns)
        workers = np.minimum(_amount(self.workers, exposed, exposed.workers), exposed.most_workers)
        return Harm(risk * workers, risk * _amount(self.money, exposed, exposed.money))

    def record(self) -> dict[str, Any]:
        """The rule as plain data, as the model's card keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class _Exposure:
    basis: npt.NDArray[np.object_]
    band: npt.NDArray[np.object_]
    money: Floats
    workers: Floats
    most_workers: Floats


def measure_harm(rows: pd.DataFrame) -> HarmRule | None:
    """The rule from `rows` with COLUMNS and what was found: those whose label came true and of which anything is decided.

    None where nothing was decided: then there is no order by expected harm.
    """
    decided = (rows["proven"] + rows["arrears"] + rows["cleared"] > 0) | (rows["undecided"] + rows["unfinished"] == 0)
    true = rows[(rows["label"] == 1) & decided]
    if not true["money"].sum() > 0:
        return None
    exposed = _exposure(true)
    found = {"money": true["money"].to_numpy(float), "workers": true["workers"].to_numpy(float)}
    return HarmRule(
        _measured(exposed, exposed.money, found["money"]),
        _measured(exposed, exposed.workers, found["workers"]),
        {basis: int((exposed.basis == basis).sum()) for basis in BASES},
    )


def _measured(exposed: _Exposure, exposure: Floats, found: Floats) -> dict[str, dict[str, float]]:
    """Ratios of sums, so that sums come out right though a few decisions are most of the money."""
    ratios: dict[str, dict[str, float]] = {}
    for basis in BASES:
        own = exposed.basis == basis
        if basis == "nothing":
            mean = (found[own].sum() + HARM_WEIGHT * found.mean()) / (own.sum() + HARM_WEIGHT)
            ratios[basis] = {EVERYBODY: float(mean)}
        elif own.any():
            ratios[basis] = _by_band(exposed.band[own], exposure[own], found[own])
    return ratios


def _by_band(band: npt.NDArray[np.object_], exposure: Floats, found: Floats) -> dict[str, float]:
    overall, prior = found.sum() / exposure.sum(), HARM_WEIGHT * exposure.mean()
    ratios = {EVERYBODY: float(overall)}
    for name in sorted(set(band)):
        inside = band == name
        ratios[str(name)] = float((found[inside].sum() + prior * overall) / (exposure[inside].sum() + prior))
    return ratios


def _amount(ratios: Mapping[str, Mapping[str, float]], exposed: _Exposure, exposure: Floats) -> Floats:
    """What is owed where anything is. A basis on which nothing was ever decided says nothing: the mean of all."""
    amount = np.full(len(exposure), ratios["nothing"][EVERYBODY])
    for basis in BASES[:-1]:
        own = exposed.basis == basis
        if basis in ratios:
            known = ratios[basis]
            ratio = np.array([known.get(str(band), known[EVERYBODY]) for band in exposed.band[own]], dtype=np.float64)
            amount[own] = ratio * exposure[own]
    return amount


def _exposure(columns: Mapping[str, Any] | pd.DataFrame) -> _Exposure:
    """What each could owe: wages overdue, else a month's wages, else what was claimed, else is still owed, else 1; and workers."""
    overdue, workers, wage, claimed, owed, complaining = (
        np.nan_to_num(np.asarray(columns[name], dtype=np.float64)) for name in FEATURES
    )
    bill = workers * wage
    paid = bill > 0
    cases = [paid & (overdue > 0), paid, claimed > 0, owed > 0]
    return _Exposure(
        np.select(cases, list(BASES[:-1]), BASES[-1]).astype(object),
        np.asarray(columns["size_band"], dtype=object),
        np.select(cases, [overdue, bill, claimed, owed], 1.0),
        np.select(cases, [workers, workers, np.maximum(complaining, 1), np.ones(len(bill))], 1.0),
        np.where(paid, workers, np.inf),
    )
