"""Arrears that begin: the employers who are not visibly in arrears on the day, by rules kept as data."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

VISIBLE: list[dict[str, Any]] = tomllib.loads(files("training").joinpath("beginning.toml").read_text(encoding="utf-8"))[
    "visible"
]


def visibly_in_arrears(rows: pd.DataFrame) -> np.ndarray:
    """Whether each of `rows` (features as known on the day) meets any rule of `beginning.toml`; absent values meet none."""
    visible = np.zeros(len(rows), dtype=bool)
    for rule in VISIBLE:
        value = rows[rule["feature"]].to_numpy(dtype=np.float64)
        if "above" in rule:
            visible |= value > rule["above"]
        if "below" in rule:
            visible |= value < rule["below"]
    return visible


def said() -> list[str]:
    """The rules, one a line, for the report: `unpaid_share_3m > 0.01`."""
    return [
        f"{rule['feature']} {sign} {rule[word]}"
        for rule in VISIBLE
        for word, sign in (("above", ">"), ("below", "<"))
        if word in rule
    ]
