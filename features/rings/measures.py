"""What a feature may ask of a claim's ring, and the registers that each answer comes from."""

from __future__ import annotations

from features.snapshots.measures import measures

NAMED = (("claims", "payouts"),)  # payouts only add the accounts that were paid to
REVIEWED = (*NAMED, "claim_decisions")

RINGS = measures(
    "rings",
    ("tied", NAMED, 0),
    ("persons", NAMED, 0),
    ("claims", NAMED, 0),
    ("amount", NAMED, 0),
    ("together", NAMED, 0),
    ("confirmed", REVIEWED, 0),
    ("confirmed_fading", REVIEWED, 0),
    ("steps_to_confirmed", REVIEWED, None),
    ("nearness_to_confirmed", REVIEWED, 0),
)
