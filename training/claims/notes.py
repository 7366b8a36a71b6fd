"""What must be said beside a model of claims: sentences for its card, in every language."""

from __future__ import annotations

from training.claims.calibrate import Sigmoid
from training.claims.prevalence import Prevalence
from training.claims.texts import TEXTS


def notes(common: Prevalence, sigmoid: Sigmoid) -> list[dict[str, str]]:
    """Sentences by language: who was reviewed, and what a probability of the model is the probability of."""
    facts = {**common.record(), "unreviewed": common.known - common.reviewed, "weight": 1 - common.missed_share}
    said = [_said("reviewed", **facts)]
    said.append(_said("raised" if sigmoid.raised else "as_common" if common.speaks else "not_raised", **facts))
    return said


def _said(name: str, **facts: object) -> dict[str, str]:
    return {language: text.format(**facts) for language, text in TEXTS["notes"][name].items()}
