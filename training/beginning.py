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
    visible: np.ndarray = np.any([_meets(rows, rule) for rule in VISIBLE], axis=0)
    return visible


def said() -> list[str]:
    """The rules, one a line, for the report: `unpaid_share_3m > 0.01`."""
    return [_said(rule) for rule in VISIBLE]


def _meets(rows: pd.DataFrame, rule: dict[str, Any]) -> np.ndarray:
    value = rows[rule["feature"]].to_numpy(dtype=np.float64)
    meets: np.ndarray = value > rule["above"] if "above" in rule else value < rule["below"]
    return np.logical_and(meets, _meets(rows, rule["and"])) if "and" in rule else meets


def _said(rule: dict[str, Any]) -> str:
    limit = f"> {rule['above']}" if "above" in rule else f"< {rule['below']}"
    return f"{rule['feature']} {limit}" + (f" and {_said(rule['and'])}" if "and" in rule else "")
