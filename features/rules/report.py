"""The report of rules tried over history, as plain data: what a page and a machine are told alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from features.rules.findings import Decisions, found_later
from features.rules.rule import RuleBook
from features.rules.trial import Trial

Top = Mapping[dt.date, frozenset[str]]

NOTES = {
    "en": (
        "Precision is of claims that somebody reviewed after the hit; what is wrong with the others is not known. Only reviews drawn by lot say it without a choice.",
        "A finding of error (wrongly paid, nobody's intent) does not count as found here; it is among the findings.",
        "Rules were tried on the days named; what held only between two of them is not counted.",
        "Every value is as known on its day, but the rules are those of today: whoever wrote them may have known what came of it.",
        "Hits are not findings, and money at stake is not money lost.",
    ),
    "zh": (
        "查准率仅就命中后经复核的申领计算；其余申领有无问题未知。只有随机抽取的复核不带选择偏差。",
        "“差错”结论（误发、非故意）不计入查准，但列于复核结论中。",
        "规则只在所列日期试算，仅在两次试算之间成立的情形未计入。",
        "各项数值以当日已知信息为准，但规则为现行规则，制定者可能已知后来的结果。",
        "命中不等于查实，涉及金额不等于损失金额。",
    ),
}  # fmt: skip


def trial_report(book: RuleBook, trial: Trial, decisions: Decisions, top: Top | None = None) -> dict[str, Any]:
    """What each rule would have hit, what was found of it later, and what it shares with other rules and with the model.

    `top` holds by day the claims first in the model's order; None where there is no model.
    """
    claims = {rule.name: trial.claims(rule.name) for rule in book.rules}
    return {
        "rules_version": book.version,
        "days": [day.isoformat() for day in trial.days],
        "claims": trial.seen,
        "rules": [
            {
                **rule.record(),
                "days_in_force": trial.switched_on[rule.name],
                **_counts(trial, rule.name),
                **found_later(claims[rule.name], decisions),
                "other_rules": _shared(rule.name, claims),
                "model": None if top is None else _with_model(claims[rule.name], top),
            }
            for rule in book.rules
        ],
        "any_rule": _any(trial, claims, decisions),
        "notes": {language: list(notes) for language, notes in NOTES.items()},
    }


def _counts(trial: Trial, rule: str) -> dict[str, Any]:
    rows = trial.of(rule)
    standing = sum(row["as_of"] == trial.days[0] for row in rows) if trial.days else 0
    added = len(rows) - standing
    return {
        "hits": len(rows),
        "standing_on_the_first_day": standing,
        "hits_added": added,
        "reviews_a_week": added / trial.weeks if len(trial.days) > 1 else None,
        "paid_so_far": _sum(rows, "paid"),
        "still_to_pay": _sum(rows, "to_pay"),
    }


def _sum(rows: list[dict[str, Any]], name: str) -> float | None:
    known = [row[name] for row in rows if row[name] is not None]
    return float(sum(known)) if known else None


def _shared(rule: str, claims: Mapping[str, Mapping[str, dt.date]]) -> list[dict[str, Any]]:
    own, shared = claims[rule].keys(), []
    for other, theirs in claims.items():
        both = len(own & theirs.keys())
        if other != rule and both:
            shared.append({"rule": other, "both": both, "jaccard": both / len(own | theirs.keys())})
    return sorted(shared, key=lambda one: (-one["both"], one["rule"]))


def _with_model(own: Mapping[str, dt.date], top: Top) -> dict[str, Any]:
    listed = frozenset().union(*top.values())
    both = len(own.keys() & listed)
    return {"listed": len(listed), "both": both, "jaccard": both / max(len(own.keys() | listed), 1)}


def _any(trial: Trial, claims: Mapping[str, Mapping[str, dt.date]], decisions: Decisions) -> dict[str, Any]:
    """All rules together, a claim counted once from its first hit by any."""
    first: dict[str, dt.date] = {}
    for own in claims.values():
        for claim, day in own.items():
            first[claim] = min(day, first.get(claim, day))
    added = sum(day != trial.days[0] for day in first.values()) if trial.days else 0
    weeks = trial.weeks if len(trial.days) > 1 else None
    return {"hits": len(first), "reviews_a_week": weeks and added / weeks, **found_later(first, decisions)}
