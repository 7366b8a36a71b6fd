"""The vehicle claims' columns as numbers that every tool reads alike: places in a declared order, and measured rates."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import TargetEncoder

from training.artefact import Floats

DECLARED = tomllib.loads(Path(__file__).with_name("vehicles.toml").read_text("utf-8"))
LABEL = "FraudFound_P"
ORDERED: dict[str, list[str]] = {name: column["places"] for name, column in DECLARED["ordered"].items()}
NUMBERS: list[str] = DECLARED["numbers"]["names"]
RATES: list[str] = DECLARED["rates"]["names"]
LEFT_OUT: dict[str, str] = DECLARED["left_out"]
NAMES = [*ORDERED, *NUMBERS, *RATES]
FIRST_HALF: list[str] = DECLARED["halves"]["first"]
PARTS = 5


@dataclass(frozen=True)
class Encoded:
    """Training and test rows as float64, shapes (rows, NAMES); NaN where nothing is known (an Age of 0 is none)."""

    training: Floats
    test: Floats


def directions() -> list[int]:
    """The direction of each of NAMES; a rate's is up."""
    declared = [DECLARED["ordered"][name].get("direction", 0) for name in ORDERED]
    return [*declared, *[0 for _ in NUMBERS], *[1 for _ in RATES]]


def encoded(training: pd.DataFrame, test: pd.DataFrame, seed: int) -> Encoded:
    """Both as numbers. Rates are measured on `training` alone; its own rows get the rate of the other four parts of it."""
    rates = TargetEncoder(target_type="binary", cv=StratifiedKFold(PARTS, shuffle=True, random_state=seed))
    measured = rates.fit_transform(training[RATES], training[LABEL]), rates.transform(test[RATES])
    return Encoded(
        *(np.column_stack([_places(rows), rate]) for rows, rate in zip((training, test), measured, strict=True))
    )


def as_written(rows: pd.DataFrame) -> pd.DataFrame:
    """The same columns as text, for one-hot."""
    return rows[NAMES].astype(str)


def _places(rows: pd.DataFrame) -> Floats:
    ordered = [rows[name].map({place: at for at, place in enumerate(places)}) for name, places in ORDERED.items()]
    numbers = [rows[name].where((name != "Age") | (rows[name] > 0)) for name in NUMBERS]
    return np.column_stack([column.to_numpy(dtype=np.float64) for column in (*ordered, *numbers)])


def unknown_words(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Words of `rows` that no declared order knows, by column; they count as not known."""
    strange = {name: sorted(set(rows[name]) - set(places)) for name, places in ORDERED.items()}
    return {name: words for name, words in strange.items() if words}
