"""What reviews decided of claims after a rule had hit them, with intervals."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
from scipy.stats import binomtest

from features.engine import Engine
from features.known import KNOWN_UNTIL, standing
from features.lake.lake import Lake
from features.registers import REGISTERS

WRONG = ("duplicate", "fraud")
BY_LOT = "random"


@dataclass(frozen=True)
class Share:
    """`found` of `of`, with its exact interval of 95 % (Clopper and Pearson, 1934); `share` and its bounds are None of nothing."""

    found: int
    of: int
    share: float | None
    low: float | None
    high: float | None


def share(found: int, of: int) -> Share:
    """The share with its interval."""
    if not of:
        return Share(found, of, None, None, None)
    interval = binomtest(found, of).proportion_ci(method="exact")
    return Share(found, of, found / of, float(interval.low), float(interval.high))


Decisions = Mapping[str, list[tuple[dt.date, str, str, float]]]


def decisions_of(lake: Lake, engine: Engine, version: int, known_by: dt.date | None = None) -> Decisions:
    """Every decision known by a day (None: all there are): by claim, in order of days: decided_on, finding, trigger, lost."""
    if not lake.has("claim_decisions", version):
        return {}
    files = [file.path for file in lake.files("claim_decisions", version)]
    rows = engine.read(files, lake.schema("claim_decisions"))
    if known_by is not None:
        rows = rows.filter((rows.known_on <= known_by) & (rows.decided_on <= known_by))
    rows = standing(rows, REGISTERS["claim_decisions"].key)
    rows = rows.filter(rows[KNOWN_UNTIL].isnull())
    table = engine.fetch(rows.select("claim_id", "decided_on", "finding", "trigger", "amount_lost"))
    return by_claim(table)


def by_claim(table: pa.Table) -> dict[str, list[tuple[dt.date, str, str, float]]]:
    """Rows of decisions as lists by claim, in order of days."""
    found: dict[str, list[tuple[dt.date, str, str, float]]] = {}
    for row in table.sort_by("decided_on").to_pylist():
        decision = (row["decided_on"], row["finding"], row["trigger"] or "", float(row["amount_lost"] or 0))
        found.setdefault(row["claim_id"], []).append(decision)
    return found


def found_later(claims: Mapping[str, dt.date], decisions: Decisions) -> dict[str, Any]:
    """Of claims and the days they were hit on: what the first decision after that day found."""
    later = [
        next((decision for decision in decisions.get(claim, []) if decision[0] > day), None)
        for claim, day in claims.items()
    ]
    decided = [decision for decision in later if decision]
    by_lot = [decision for decision in decided if decision[2] == BY_LOT]
    before = sum(any(decision[0] <= day for decision in decisions.get(claim, [])) for claim, day in claims.items())
    return {
        "decided_before": before,
        "decided_after": len(decided),
        "findings": dict(sorted(Counter(finding for _, finding, _, _ in decided).items())),
        "precision": asdict(_wrong(decided)),
        "precision_by_lot": asdict(_wrong(by_lot)),
        "found_lost": sum(lost for _, finding, _, lost in decided if finding in WRONG),
    }


def found_by_lot(decisions: Decisions) -> dict[str, bool]:
    """Of each claim whose newest review was drawn by lot, whether it was found duplicate or fraudulent."""
    newest = {claim: own[-1] for claim, own in decisions.items()}
    return {claim: finding in WRONG for claim, (_, finding, trigger, _) in newest.items() if trigger == BY_LOT}


def _wrong(decided: Iterable[tuple[dt.date, str, str, float]]) -> Share:
    findings = [finding for _, finding, _, _ in decided]
    return share(sum(finding in WRONG for finding in findings), len(findings))
