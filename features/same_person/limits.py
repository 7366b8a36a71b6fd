"""The limits of the same-person part, read once from `limits.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LIMITS = tomllib.loads(files(__package__).joinpath("limits.toml").read_text(encoding="utf-8"))

BLOCK_CAP: int = _LIMITS["block_cap"]["value"]
KEY_PAIRS: float = _LIMITS["key_pairs"]["value"]
FEW_PAIRS: int = _LIMITS["few_pairs"]["value"]
CROWDED: float = _LIMITS["crowded"]["value"]
TOO_CROWDED: float = _LIMITS["too_crowded"]["value"]
KEYS: int = _LIMITS["keys"]["value"]
PHONE_DIGITS: int = _LIMITS["phone_digits"]["value"]
PHONE_FEWEST_DIGITS: int = _LIMITS["phone_fewest_digits"]["value"]
LONG_IDENTITY: int = _LIMITS["long_identity"]["value"]
CLUSTER_CAP: int = _LIMITS["cluster_cap"]["value"]
COMPONENT_CAP: int = _LIMITS["component_cap"]["value"]
LINKED: float = _LIMITS["linked"]["value"]
CANDIDATE: float = _LIMITS["candidate"]["value"]
SHARED_VALUES: int = _LIMITS["shared_values"]["value"]
HOUSEHOLD_WEIGHT: float = _LIMITS["household_weight"]["value"]
HOPELESS: float = _LIMITS["hopeless"]["value"]
HOPELESS_FROM: int = _LIMITS["hopeless_from"]["value"]
