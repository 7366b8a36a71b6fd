"""The limits that features use, read once from `limits.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LIMITS = tomllib.loads(files("features").joinpath("limits.toml").read_text(encoding="utf-8"))

PAY_DUE_DAYS: int = _LIMITS["pay_due_days"]["value"]
GROUP_COMPLAINT_WORKERS: int = _LIMITS["group_complaint_workers"]["value"]
PEER_GROUP: int = _LIMITS["peer_group"]["value"]
RATE_WEIGHT: int = _LIMITS["rate_weight"]["value"]
TIE_HUB_EMPLOYERS: int = _LIMITS["tie_hub_employers"]["value"]
TIE_HALF_LIFE: int = _LIMITS["tie_half_life"]["value"]
PROOF_HALF_LIFE: int = _LIMITS["proof_half_life"]["value"]
MOVED_WORKERS: int = _LIMITS["moved_workers"]["value"]
MOVED_SHARE: float = _LIMITS["moved_share"]["value"]
WALK_ON: float = _LIMITS["walk_on"]["value"]

LIMITS: dict[str, float] = {name: limit["value"] for name, limit in sorted(_LIMITS.items())}
