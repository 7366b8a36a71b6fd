"""The circumstances that an action depends on: history, liveness and size, as the snapshot knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

from serving.limits import SILENT_AFTER_DAYS

HISTORIES = ("unpaid", "proven", "none")
LIVENESS = ("heard", "silent", "not_found")


@dataclass(frozen=True)
class Circumstances:
    """What the table of actions asks of an employer; `workers` and `money` are expected, None where not known."""

    level: str
    chosen: str
    history: str
    liveness: str
    workers: float | None
    money: float | None


def history_of(row: Mapping[str, Any]) -> str:
    """`unpaid`: something found owed is not paid; `proven`: found in arrears before; `none`: neither is known."""
    if any(above_0(row, name) for name in ("unpaid_decisions_36m", "still_owed_36m")):
        return "unpaid"
    return "proven" if any(above_0(row, n) for n in ("proven_complaints_36m", "arrears_findings_36m")) else "none"


def liveness_of(row: Mapping[str, Any]) -> str:
    """`not_found`: an inspection did not find it; `silent`: nothing heard for long; `heard`: heard of, or not known."""
    if above_0(row, "not_found_36m"):
        return "not_found"
    silent = number(row, "silent_days")
    return "silent" if silent is not None and silent > SILENT_AFTER_DAYS else "heard"


def number(row: Mapping[str, Any], name: str) -> float | None:
    """The number under `name`; None where it is not there or not known."""
    value = row.get(name)
    return None if value is None or isnan(value) else float(value)


def above_0(row: Mapping[str, Any], name: str) -> bool:
    """Whether the number under `name` is known and above 0."""
    return (number(row, name) or 0) > 0
