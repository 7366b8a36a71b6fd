"""The limits of training and of reports, read once from `limits.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LIMITS = tomllib.loads(files("training").joinpath("limits.toml").read_text(encoding="utf-8"))

FEWEST_TO_SAY: int = _LIMITS["fewest_to_say"]["value"]
LARGEST_WEIGHT: float = _LIMITS["largest_weight"]["value"]
PROPENSITY_DAYS: int = _LIMITS["propensity_days"]["value"]
PROPENSITY_TREES: int = _LIMITS["propensity_trees"]["value"]
HARM_WEIGHT: int = _LIMITS["harm_weight"]["value"]
PLAIN_FEATURES: int = _LIMITS["plain_features"]["value"]
MISSED_AFTER_DAYS: int = _LIMITS["missed_after"]["value"]
MISSED_SHARE: float = _LIMITS["missed_share"]["value"]
CALENDAR_MONTHS: int = _LIMITS["calendar_months"]["value"]
REVIEWS_SETTLE_MONTHS: int = _LIMITS["reviews_settle"]["value"]
DESCRIBED_BEFORE: int = _LIMITS["described_before"]["value"]
MOST_UNREVIEWED: int = _LIMITS["most_unreviewed"]["value"]
FEWEST_FOUND: int = _LIMITS["fewest_found"]["value"]
CALIBRATING_SHARE: float = _LIMITS["calibrating_share"]["value"]
FEWEST_BY_LOT: int = _LIMITS["fewest_by_lot"]["value"]
WORKING_DAYS: int = _LIMITS["working_days"]["value"]
LATEST_DAYS: int = _LIMITS["latest_days"]["value"]
QUICK_SHARE: float = _LIMITS["quick_share"]["value"]
UNREVIEWED_WEIGHT: float = _LIMITS["unreviewed_weight"]["value"]
CLAIMS_AS_OF: int = _LIMITS["claims_as_of"]["value"]
