"""What the registers show of the claims on a list: how they were written, which others are likely the same person's, where
the person worked, who belongs to the ring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from serving.alerts.alert import FieldAgreement, WorkMonth

Record = Mapping[str, Any]
Agreements = Callable[[Record, Record], tuple[FieldAgreement, ...]]


@dataclass(frozen=True)
class Likely:
    """Another claim that is likely the same person's, known on the day on which both were."""

    claim_id: str
    probability: float
    known_on: dt.date


@dataclass(frozen=True)
class Evidence:
    """By claim: `records` as written; `same`, likeliest first; `work`, the months that speak against the benefit;
    `shared`, what ties a claim's person to its ring: (kind of thing, the thing); `findings`, the newest decision.

    `agreements` says how the fields of two records agree. What a register that is not there would show is not in it.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    same: Mapping[str, Sequence[Likely]] = field(default_factory=dict)
    work: Mapping[str, Sequence[WorkMonth]] = field(default_factory=dict)
    shared: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)
    agreements: Agreements = lambda this, other: ()
