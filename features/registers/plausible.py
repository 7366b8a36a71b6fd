"""Which days are plausible, read once from `plausible.toml`."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from features.registers.declaration import Text


@dataclass(frozen=True)
class Plausible:
    """Days from `earliest` to `latest_days_ahead` days after the ingest; None for no bound."""

    tells_of: Text
    earliest: dt.date
    latest_days_ahead: int | None


def _read() -> dict[str, Plausible]:
    declared = tomllib.loads(files("features.registers").joinpath("plausible.toml").read_text(encoding="utf-8"))
    return {
        name: Plausible(Text(one["en"], one["zh"]), one["earliest"], one.get("latest_days_ahead"))
        for name, one in declared.items()
    }


PLAUSIBLE = _read()
