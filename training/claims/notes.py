"""What must be said beside a model of claims: sentences for its card, in every language."""

from __future__ import annotations

from training.claims.prevalence import Prevalence
from training.claims.texts import TEXTS


def notes(common: Prevalence, unreviewed_weight: float) -> list[dict[str, str]]:
    """Sentences by language: who was reviewed, what an unreviewed claim weighs, what a probability is the probability of."""
    facts = {**common.record(), "unreviewed": common.known - common.reviewed, "weight": unreviewed_weight}
    said = [_said("reviewed", **facts)]
    said.append(_said("by_lot" if common.speaks else "as_found", **facts))
    return said


def _said(name: str, **facts: object) -> dict[str, str]:
    return {language: text.format(**facts) for language, text in TEXTS["notes"][name].items()}
