"""The limits of learning who is the same person, read once from `limits.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LIMITS = tomllib.loads(files(__package__).joinpath("limits.toml").read_text(encoding="utf-8"))

COPY_SLIPS: float = _LIMITS["copy_slips"]["value"]
COPY_DROPPED: float = _LIMITS["copy_dropped"]["value"]
COPY_OTHERS_VALUE: float = _LIMITS["copy_others_value"]["value"]
COPY_SWAPPED_NAMES: float = _LIMITS["copy_swapped_names"]["value"]
COPIED_RECORDS: int = _LIMITS["copied_records"]["value"]
UNLABELLED_PAIRS: int = _LIMITS["unlabelled_pairs"]["value"]
ROUNDS: int = _LIMITS["rounds"]["value"]
TREES: int = _LIMITS["trees"]["value"]
LEAVES: int = _LIMITS["leaves"]["value"]
COPIES_WEIGHT: float = _LIMITS["copies_weight"]["value"]
REVIEW_WEIGHT: float = _LIMITS["review_weight"]["value"]
COPIES_PAIRS: int = _LIMITS["copies_pairs"]["value"]
EVIDENCE_ROUNDS: int = _LIMITS["evidence_rounds"]["value"]
PAIRS_BY_LOT: int = _LIMITS["pairs_by_lot"]["value"]
COMPARED_ALL: int = _LIMITS["compared_all"]["value"]
COPIES_FOUND: float = _LIMITS["copies_found"]["value"]
COPIES_KEPT: float = _LIMITS["copies_kept"]["value"]
LOT_WEIGHT: float = _LIMITS["lot_weight"]["value"]
LOT_KEPT: int = _LIMITS["lot_kept"]["value"]
TWO_NUMBERS: float = _LIMITS["two_numbers"]["value"]
