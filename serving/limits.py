"""The limits of what is shown, read once from `limits.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LIMITS = tomllib.loads(files("serving").joinpath("limits.toml").read_text(encoding="utf-8"))

SILENT_AFTER_DAYS: int = _LIMITS["silent_after"]["value"]
FRESH_DAYS: int = _LIMITS["fresh"]["value"]
LEAST_SHARE: float = _LIMITS["least_share"]["value"]
TOPICS_A_REGISTER: int = _LIMITS["topics_a_register"]["value"]
REASONS: int = _LIMITS["reasons"]["value"]
FACTS_FOR: int = _LIMITS["facts_for"]["value"]
MOST_ACTS: int = _LIMITS["most_acts"]["value"]
BIN_EDGES: list[float] = _LIMITS["bin_edges"]["value"]
LEAST_DRAW: float = _LIMITS["least_draw"]["value"]
CHOICES_TOLD: int = _LIMITS["choices_told"]["value"]
RULE_CHANCE: dict[str, float] = _LIMITS["rule_chance"]["value"]
RULE_WEIGHT: float = _LIMITS["rule_weight"]["value"]
LIKELY_SAME: float = _LIMITS["likely_same"]["value"]
OTHERS_NAMED: int = _LIMITS["others_named"]["value"]
SHOWN_OF_IDENTIFIER: dict[int, tuple[int, int]] = {
    int(length): (head, tail) for length, (head, tail) in _LIMITS["shown_of_identifier"]["value"].items()
}
REVIEW_MISSES: float = _LIMITS["review_misses"]["value"]
LARGEST_RING: int = _LIMITS["largest_ring"]["value"]
BUSY_WAIT: int = _LIMITS["busy_wait"]["value"]
PAGE_ROWS: int = _LIMITS["page_rows"]["value"]
MOST_PAGE_ROWS: int = _LIMITS["most_page_rows"]["value"]
MOST_AT_ONCE: int = _LIMITS["most_at_once"]["value"]
COUNTED_CALLERS: int = _LIMITS["counted_callers"]["value"]
LOOK_AGAIN: int = _LIMITS["look_again"]["value"]
LOOK_FOR_PARENT: int = _LIMITS["look_for_parent"]["value"]
LAST_REQUESTS: int = _LIMITS["last_requests"]["value"]
STORE_WAIT_SECONDS: int = _LIMITS["store_wait_seconds"]["value"]
REASONS_SHARE: float = _LIMITS["reasons_share"]["value"]
