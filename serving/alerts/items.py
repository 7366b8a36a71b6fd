"""The alerts of a list: each claim with its facts, its rules, the other record, its companions and what is proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from features.rules.rule import SEVERITIES, Rule, RuleBook
from serving.alerts.actions import ClaimCircumstances, paying
from serving.alerts.alert import Alert, Arm, Companion, OtherRecord, RuleHit
from serving.alerts.evidence import Evidence
from serving.alerts.masks import masked
from serving.alerts.worth import Worth
from serving.limits import LIKELY_SAME, OTHERS_NAMED
from serving.proposals import ProposalTable
from serving.reasons import Explanation
from serving.texts import Sentence


@dataclass(frozen=True)
class Listed:
    """One place of the list: the row of the claim that leads it, those of its companions, and how it was chosen."""

    row: int
    companions: Sequence[int]
    arm: Arm
    drawing_probability: float
    expected_loss: float
    explanation: Explanation
    news: Sentence | None


@dataclass(frozen=True)
class Shown:
    """What all alerts of a list are made from. `clusters` names for each claim its own."""

    snapshot: pa.Table
    worth: Worth
    clusters: Sequence[str]
    book: RuleBook
    actions: ProposalTable
    evidence: Evidence
    as_of: dt.date


def make_alerts(listed: Sequence[Listed], shown: Shown) -> list[Alert]:
    """The alerts in the order of `listed`."""
    return [_alert(place, one, shown) for place, one in enumerate(listed, 1)]


def _alert(rank: int, one: Listed, shown: Shown) -> Alert:
    row, worth, money = one.row, shown.worth, shown.worth.stakes
    claim = shown.snapshot.slice(row, 1).to_pylist()[0]
    companions = _companions(one, shown)
    to_save, probability = _known(money.to_save[row]), _known(worth.probability[row])
    severity = SEVERITIES[worth.severity[row]] if worth.severity[row] < len(SEVERITIES) else None
    case = ClaimCircumstances(
        worth.kind[row], severity or "none", claim["scheme"], one.arm, paying(to_save), probability, to_save,
        len(one.companions) + 1,
    )  # fmt: skip
    proposed = shown.actions.propose(case, shown.as_of)
    record = shown.evidence.records.get(claim["claim_id"], {})
    return Alert(
        rank=rank,
        claim_id=claim["claim_id"],
        cluster_id=shown.clusters[row],
        scheme=claim["scheme"],
        region=claim["region"],
        filed_on=claim["filed_on"],
        person=masked(claim["person_id"]),
        name=record.get("name") or "",
        kind=worth.kind[row],  # type: ignore[arg-type]
        probability=probability,
        duplicate=_known(worth.by_kind["duplicate"][row]),
        fraud=_known(worth.by_kind["fraud"][row]),
        severity=severity,
        money_at_stake=_known(money.in_all[row]),
        paid=_known(money.paid[row]),
        to_save=to_save,
        expected_loss=_known(one.expected_loss),
        arm=one.arm,
        drawing_probability=one.drawing_probability,
        action=proposed.action,
        action_because=proposed.because,
        reasons=one.explanation.reasons,
        facts_for=one.explanation.facts_for,
        rules=_rules(row, claim, shown),
        other=_other(claim["claim_id"], shown),
        companions=tuple(companions[:OTHERS_NAMED]),
        companions_in_all=len(companions),
        work=tuple(shown.evidence.work.get(claim["claim_id"], ())),
        news=one.news,
    )


def _rules(row: int, claim: Mapping[str, Any], shown: Shown) -> tuple[RuleHit, ...]:
    """The rules that hold for the claim, the gravest first."""
    own = [rule for rule in shown.book.rules if shown.worth.hits[rule.name][row]]
    return tuple(_rule_hit(rule, claim, shown) for rule in sorted(own, key=lambda r: SEVERITIES.index(r.severity)))


def _rule_hit(rule: Rule, claim: Mapping[str, Any], shown: Shown) -> RuleHit:
    said, basis, chance = rule.sentence(claim, shown.book.units), rule.legal_basis, shown.worth.chances[rule.name]
    return RuleHit(
        rule.name, rule.severity, Sentence(said.en, said.zh), Sentence(basis.en, basis.zh),
        chance.decided, chance.found, chance.by_lot, chance.found_by_lot,
    )  # fmt: skip


def _other(claim: str, shown: Shown) -> OtherRecord | None:
    """The claim that is likeliest the same person's, side by side; None where none is likely."""
    likely = [one for one in shown.evidence.same.get(claim, ()) if one.probability >= LIKELY_SAME]
    records = shown.evidence.records
    if not likely or claim not in records or likely[0].claim_id not in records:
        return None
    this, other = records[claim], records[likely[0].claim_id]
    return OtherRecord(
        likely[0].claim_id, likely[0].probability, other["filed_on"], other["scheme"], other.get("newest_finding"),
        shown.evidence.agreements(this, other),
    )  # fmt: skip


def _companions(one: Listed, shown: Shown) -> list[Companion]:
    """The other claims of the alert, those with most to lose first."""
    rows = sorted(one.companions, key=lambda row: (-np.nan_to_num(shown.worth.loss[row]), row))
    claims = shown.snapshot.take(pa.array(rows, pa.int64())).to_pylist()
    same = shown.clusters[one.row]
    return [
        Companion(
            claim["claim_id"], claim["scheme"], claim["region"], claim["filed_on"], masked(claim["person_id"]),
            "person" if shown.clusters[row] == same else "ring",
            _known(shown.worth.probability[row]), _known(shown.worth.stakes.in_all[row]), claim["newest_finding"],
            tuple((kind, masked(thing) or "") for kind, thing in shown.evidence.shared.get(claim["claim_id"], ())),
        )
        for row, claim in zip(rows, claims, strict=True)
    ]  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
