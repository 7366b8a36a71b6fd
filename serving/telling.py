"""How the features of a subject are told as reasons: which tell the same thing, and which of them tell of its past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from features.employers import EMPLOYER_FEATURES
from features.feature import Catalogue, Feature

Topic = tuple[object, str]


@dataclass(frozen=True, eq=False)
class Telling:
    """`register` is the subject's own; of `events`, nothing there means that nothing happened; `history` are the
    registers that tell of its past; `of_others` is what a feature reads that tells of others.

    Features of one unit tell the same thing where they come from the same registers, or (`by` family) are of one
    family. What reads any of `untold` is weighed and never told: nobody can answer for it. `no_history` is the key of the sentence for a subject of whose past nothing is known.
    """

    catalogue: Catalogue
    register: str
    events: frozenset[str]
    history: frozenset[str]
    of_others: frozenset[str]
    no_history: str
    by: Literal["registers", "family"] = "registers"
    untold: frozenset[str] = frozenset()

    def topic(self, feature: Feature) -> Topic:
        """What a feature tells of: the registers it comes from beside the subject's own, or its family; and its unit."""
        own = frozenset(feature.source) - {self.register} if self.by == "registers" else feature.family
        return own, feature.unit

    def of_its_history(self, feature: Feature) -> bool:
        """Whether a feature tells of the subject's own past."""
        return bool(self.history & set(feature.source)) and not self.of_others & set(feature.needs)


EMPLOYERS = Telling(
    EMPLOYER_FEATURES,
    "employers",
    events=frozenset({"complaints", "inspections"}),
    history=frozenset({"complaints", "inspections", "payroll", "contributions"}),
    of_others=frozenset({"others", "ties"}),
    no_history="too_little_history",
)
