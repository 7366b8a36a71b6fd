"""Records as JSON text, alike for a row at a time and for rows in bulk."""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def json_text(value: Any) -> str:
    """`value` as compact JSON; ValueError for a number that JSON has not (NaN, infinity)."""
    return _ENCODER.encode(value)
