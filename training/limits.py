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
