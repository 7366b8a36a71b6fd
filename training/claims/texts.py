"""What reports of claims say, in both languages."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

TEXTS: dict[str, Any] = tomllib.loads(files("training.claims").joinpath("report.toml").read_text(encoding="utf-8"))
