"""What a feature may ask of a claim's matches, and the registers that each answer comes from."""

from __future__ import annotations

from features.snapshots.measures import measures

CLAIMS = (("claims", "payouts"),)  # payouts only tell which claims without a last day are active

MATCHES = measures(
    "matches",
    ("best", CLAIMS, 0),
    ("best_same_scheme", CLAIMS, 0),
    ("second", CLAIMS, 0),
    ("likely", CLAIMS, 0),
    ("likely_other_region", CLAIMS, 0),
    ("overlap_days", CLAIMS, None),
    ("days_between_filings", CLAIMS, None),
    ("same_account", CLAIMS, None),
    ("amount_difference", CLAIMS, None),
    ("filed_earlier", CLAIMS, None),
)
