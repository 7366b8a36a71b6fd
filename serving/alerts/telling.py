"""How the features of claims are told as reasons."""

from __future__ import annotations

from features.claims import CLAIM_FEATURES
from serving.telling import Telling

CLAIMS = Telling(
    CLAIM_FEATURES,
    "claims",
    events=frozenset({"claim_decisions"}),
    history=frozenset({"payouts", "claim_decisions", "payroll", "contributions"}),
    of_others=frozenset(
        {
            "of_account",
            "of_phone",
            "of_address",
            "of_agent",
            "of_employer",
            "of_everybody",
            "of_region",
            "of_scheme",
            "rings",
        }
    ),
    no_history="too_little_history_of_claim",
    by="family",
    untold=frozenset({"of_region", "of_scheme"}),  # what was found of others' claims there says nothing of this one
)
