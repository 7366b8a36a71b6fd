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
from serving.alerts.news import News
from serving.alerts.worth import Worth
from serving.limits import LIKELY_SAME, OTHERS_NAMED
from serving.people.masking import masked, masked_thing
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
    news: News | None


@dataclass(frozen=True)
class Shown:
    """What all alerts of a list are made from. `clusters` names for each claim its own,
    `persons` the identity number as told apart."""

    snapshot: pa.Table
    worth: Worth
    clusters: Sequence[str]
    persons: Sequence[str | None]
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
        other=_other(one, claim, shown),
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


def _other(one: Listed, claim: Mapping[str, Any], shown: Shown) -> OtherRecord | None:
    """The claim that is likeliest the same person's, side by side; else one of its scheme under the same identity number."""
    records, own = shown.evidence.records, claim["claim_id"]
    likely = [like for like in shown.evidence.same.get(own, ()) if like.probability >= LIKELY_SAME]
    if likely and own in records and likely[0].claim_id in records:
        return _side_by_side(own, likely[0].claim_id, likely[0].probability, shown)
    for row in one.companions:
        other = shown.snapshot["claim_id"][row].as_py()
        alike = shown.persons[row] is not None and shown.persons[row] == shown.persons[one.row]
        if alike and shown.snapshot["scheme"][row].as_py() == claim["scheme"] and other in records and own in records:
            return _side_by_side(own, other, None, shown)
    return None


def _side_by_side(claim: str, other: str, probability: float | None, shown: Shown) -> OtherRecord:
    this, that = shown.evidence.records[claim], shown.evidence.records[other]
    fields = shown.evidence.agreements(this, that)
    return OtherRecord(other, probability, that["filed_on"], that["scheme"], shown.evidence.findings.get(other), fields)


def _companions(one: Listed, shown: Shown) -> list[Companion]:
    """The other claims of the alert, those with most to lose first."""
    rows = sorted(one.companions, key=lambda row: (-np.nan_to_num(shown.worth.loss[row]), row))
    claims = shown.snapshot.take(pa.array(rows, pa.int64())).to_pylist()
    same, person = shown.clusters[one.row], shown.persons[one.row]
    return [
        Companion(
            claim["claim_id"], claim["scheme"], claim["region"], claim["filed_on"], masked(claim["person_id"]),
            "person" if shown.clusters[row] == same or (person and shown.persons[row] == person) else "ring",
            _known(shown.worth.probability[row]), _known(shown.worth.stakes.in_all[row]), claim["newest_finding"],
            tuple((kind, masked_thing(thing)) for kind, thing in shown.evidence.shared.get(claim["claim_id"], ())),
        )
        for row, claim in zip(rows, claims, strict=True)
    ]  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
