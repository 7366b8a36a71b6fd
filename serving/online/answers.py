"""What is answered of a claim: probabilities, reasons, rules, candidates, and what was not known, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from features.languages import LANGUAGES
from features.registers.declaration import Text
from features.rules.hits import hits_of_one
from features.rules.rule import Rule, RuleBook
from features.same_person.online import Candidate
from serving.reasons import Explanation, Fact
from serving.texts import Sentence, text

Say = Mapping[str, str]


def said(sentence: Sentence | Text, languages: Sequence[str]) -> dict[str, str]:
    """A sentence in each of `languages`."""
    return {language: getattr(sentence, language) for language in languages if language in LANGUAGES}


def facts_said(facts: Sequence[Fact], languages: Sequence[str]) -> list[dict[str, Any]]:
    """Facts with their sentences; contributions in log-odds before calibration."""
    return [
        {
            "feature": fact.name,
            "value": fact.value,
            "contribution": fact.contribution,
            "together": fact.together,
            "sentence": said(fact.sentence, languages),
        }
        for fact in facts
    ]


def explanation_said(explanation: Explanation, languages: Sequence[str]) -> dict[str, Any]:
    """The reasons, and what speaks for the subject."""
    return {
        "reasons": facts_said(explanation.reasons, languages),
        "facts_for": facts_said(explanation.facts_for, languages),
    }


def rules_said(
    book: RuleBook, row: Mapping[str, Any], languages: Sequence[str]
) -> tuple[list[Rule], list[dict[str, Any]]]:
    """The rules that hold, and what each says of the claim, the gravest first."""
    held = hits_of_one(book, row)
    told = [
        {
            "rule": rule.name,
            "severity": rule.severity,
            "legal_basis": said(rule.legal_basis, languages),
            "sentence": said(rule.sentence(row, book.units), languages),
        }
        for rule in held
    ]
    return held, told


def candidates_said(candidates: Sequence[Candidate], languages: Sequence[str]) -> list[dict[str, Any]]:
    """Claims that are likely the same person's, with the fields of both as they are compared."""
    return [
        {
            "claim_id": each.record_id,
            "probability": each.probability,
            "known_on": each.known_on.isoformat(),
            "fields": {name: {"this": ours, "other": theirs} for name, (ours, theirs) in each.values.items()},
        }
        for each in candidates
    ]


def level_said(level: str, languages: Sequence[str]) -> dict[str, Any]:
    """A level of warning with its name."""
    return {"level": level, "level_name": said(text(f"level_{level}"), languages)}
