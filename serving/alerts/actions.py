"""What is proposed for a claim (hold, visit, call, review on paper), from a dated table that an office may replace.

No alert ends a payment: a hold is a proposal that a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from features.registers.declaration import Type
from features.registers.payouts import CLAIMS
from features.rules.rule import SEVERITIES
from serving.alerts.worth import KINDS, NO_KIND
from serving.proposals import ProposalTable, Vocabulary, read_proposals

ACTIONS = ("hold_and_ask", "visit", "call", "review_on_paper")
SCHEMES = next(c.choices for c in CLAIMS.columns if c.name == "scheme" and c.type is Type.CHOICE)
WORDS = Vocabulary(
    table="alert_actions",
    actions=ACTIONS,
    choices={
        "kind": (*KINDS, NO_KIND),
        "severity": (*SEVERITIES, "none"),
        "scheme": SCHEMES,
        "chosen": ("order", "random"),
        "paying": ("yes", "no", "unknown"),
    },
    least={"probability_from": "probability", "to_save_from": "to_save", "claims_from": "claims"},
    package="serving.alerts",
)


@dataclass(frozen=True)
class ClaimCircumstances:
    """What the table of actions asks of an alert. `paying`: whether anything would still be paid; `claims`: in the alert."""

    kind: str
    severity: str
    scheme: str
    chosen: str
    paying: str
    probability: float | None
    to_save: float | None
    claims: int


def read_alert_actions(path: Path | None = None) -> ProposalTable:
    """The actions in the file at `path`, or those that come with Plumbline. BadInput lists all that is wrong."""
    return read_proposals(WORDS, path)


def paying(to_save: float | None) -> str:
    """Whether anything would still be paid."""
    return "unknown" if to_save is None else "yes" if to_save > 0 else "no"
