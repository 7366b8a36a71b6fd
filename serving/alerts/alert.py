"""What an alert is: a claim to look at, with all that speaks for looking and what is proposed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from serving.alerts.news import News
from serving.arms import Policy
from serving.reasons import Fact
from serving.texts import Sentence

Kind = Literal["duplicate", "fraud", "rule", "none"]
Arm = Literal["order", "random"]


@dataclass(frozen=True)
class RuleHit:
    """A policy rule that holds for the claim. `decided` of its hits were decided by the day, `found` of them wrong;
    `by_lot` were reviewed by lot, `found_by_lot` of them found wrong."""

    name: str
    severity: str
    sentence: Sentence
    legal_basis: Sentence
    decided: int
    found: int
    by_lot: int
    found_by_lot: int


@dataclass(frozen=True)
class FieldAgreement:
    """A field of two records side by side, identifiers masked. `agreement` says how they agree."""

    field: str
    this: Sentence
    other: Sentence
    agreement: Sentence


@dataclass(frozen=True)
class OtherRecord:
    """The other claim of a likely duplicate. `probability` is that both are the same person's; None: both are under
    the same identity number, and were not compared. Dates as on that claim."""

    claim_id: str
    probability: float | None
    filed_on: dt.date
    scheme: str
    finding: str | None
    fields: tuple[FieldAgreement, ...]


@dataclass(frozen=True)
class Companion:
    """Another claim of the same alert: of the same person as matched, or of the same ring.

    `shares` are the things that tie its person to the ring: what each is (account, phone, ...) and the thing, masked.
    """

    claim_id: str
    scheme: str
    region: str | None
    filed_on: dt.date
    person: str | None
    tie: Literal["person", "ring"]
    probability: float | None
    money_at_stake: float | None
    finding: str | None
    shares: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WorkMonth:
    """A month in which a register shows the person at work. `region` is the employer's, `wage` the wage or
    contribution base; None if not known."""

    month: dt.date
    employer_id: str
    region: str | None
    register: Literal["payroll", "contributions"]
    wage: float | None


@dataclass(frozen=True)
class Alert:
    """One claim to look at, and with it those of its cluster.

    `probability` is that of its `kind` being found: the model's, calibrated, or (kind `rule`) that of the rule: its
    severity's, corrected by reviews by lot. `duplicate` and `fraud` are the models' own, None where there is no model.
    Money is in the currency's main unit, None where not known; `money_at_stake` and `to_save` are of this claim,
    `expected_loss` of all claims of the alert. `drawing_probability` is that of being listed: 1 in the arm `order`.
    """

    rank: int
    claim_id: str
    cluster_id: str
    scheme: str
    region: str | None
    filed_on: dt.date
    person: str | None
    name: str
    kind: Kind
    probability: float | None
    duplicate: float | None
    fraud: float | None
    severity: str | None
    money_at_stake: float | None
    paid: float | None
    to_save: float | None
    expected_loss: float | None
    arm: Arm
    drawing_probability: float
    action: str
    action_because: Sentence
    reasons: tuple[Fact, ...]
    facts_for: tuple[Fact, ...]
    rules: tuple[RuleHit, ...]
    other: OtherRecord | None
    companions: tuple[Companion, ...]
    companions_in_all: int
    work: tuple[WorkMonth, ...]
    news: News | None


@dataclass(frozen=True)
class Alerts:
    """The list with all that is needed to draw it again. `dropped` counts by reason the claims not on it.

    `models` holds the id of each model used by its label; `order` is `expected_loss`, or `severity` where there is no
    model. `chances` holds the drawing probability of every claim that could be chosen.
    """

    as_of: dt.date
    region: str | None
    capacity: int
    random_share: float
    random_policy: Policy
    order: Literal["expected_loss", "severity"]
    seed: int
    models: dict[str, str]
    rules_version: str
    actions_version: str
    lake_version: int | None
    created: dt.datetime
    claims: int
    groups: int
    dropped: dict[str, int]
    expected: dict[str, float]
    notes: tuple[Sentence, ...]
    items: tuple[Alert, ...]
    chances: pa.Table = field(repr=False)

    @property
    def drawn_by_lot(self) -> int:
        """Alerts of the random arm."""
        return sum(item.arm == "random" for item in self.items)
