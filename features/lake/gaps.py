"""What the lake does not tell on a day: registers of which nothing was known, and registers that ended long before."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files

from dateutil.relativedelta import relativedelta

from features.engine import Engine
from features.feature import Feature
from features.lake.lake import DataFile, Lake
from features.registers import REGISTERS
from features.registers.plausible import PLAUSIBLE

_LIMITS = tomllib.loads(files("features.lake").joinpath("limits.toml").read_text(encoding="utf-8"))
BEHIND_DAYS: int = _LIMITS["behind"]["value"]
KEPT_UP: list[str] = _LIMITS["behind"]["registers"]


@dataclass(frozen=True)
class Gaps:
    """`missing`: registers without a row known on `as_of`; `ended`: of those that rows keep coming to
    the newest day, where it lies well before."""

    as_of: dt.date
    missing: tuple[str, ...] = ()
    ended: dict[str, dt.date] = field(default_factory=dict)


def gaps(lake: Lake, engine: Engine, features: Iterable[Feature], as_of: dt.date, version: int | None = None) -> Gaps:
    """The gaps on `as_of` in the registers that a model may learn from: the sources of `features`.

    Not the sources of what one model learned: without a register it learned nothing of it, and that is to be told.
    """
    sources = {register for feature in features if feature.learned for register in feature.source}
    newest = {name: newest_day(lake, engine, name, as_of, version) for name in REGISTERS if name in sources}
    earliest = PLAUSIBLE["happened"].earliest
    dated = {name: day for name, day in newest.items() if name in KEPT_UP and day and day >= earliest}
    ended = {name: day for name, day in dated.items() if (as_of - day).days > BEHIND_DAYS}
    return Gaps(as_of, tuple(name for name, day in newest.items() if day is None), ended)


def newest_day(lake: Lake, engine: Engine, register: str, as_of: dt.date, version: int | None = None) -> dt.date | None:
    """The newest day in `register` as known on `as_of`: the end of its newest month, where it is kept by months, else the
    newest `known_on`; None where nothing was known. A correction of an old month makes no newer month.

    Months are looked through from the newest, so that as a rule one is read.
    """
    by_month: dict[str, list[DataFile]] = {}
    for file in lake.files(register, version):
        if file.partition <= f"{as_of:%Y-%m}":
            by_month.setdefault(file.partition, []).append(file)
    for month in sorted(by_month, reverse=True):
        rows = engine.read([file.path for file in by_month[month]], lake.schema(register))
        newest = engine.fetch(rows.filter(rows.known_on <= as_of).agg(day=rows.known_on.max()))["day"][0].as_py()
        if newest is not None:
            return dt.date.fromisoformat(f"{month}-01") + relativedelta(day=31) if month else newest
    return None
