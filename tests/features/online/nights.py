"""Nights prepared from small worlds, and claims that come in the day after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.folds import CLAIM_FOLDS, FOLDS
from features.online.expressions import claim_expressions
from features.online.facts import ClaimFacts
from features.online.night import Night as OpenNight
from features.online.night_claims import Night
from features.online.prepare import NIGHT_FILE, OF_WORK, write_night
from features.rings.table import gather
from tests.features.claims.worlds import PAIRS
from tests.features.worlds import Row, World, table


def night_of(engine: Engine, folder: Path, day: dt.date, world: World) -> Night:
    """What a night is made from, of a world given as records."""
    registers = {}
    for name, records in world.items():
        if name != PAIRS:
            rows = table(name, records)
            pq.write_table(rows, folder / f"{name}.parquet")
            registers[name] = engine.read([folder / f"{name}.parquet"], rows.schema)
    folds = [*CLAIM_FOLDS.values(), *(FOLDS[name] for name in OF_WORK)]
    there = [fold for fold in folds if registers.keys() >= set(fold.registers)]
    return Night(engine, day, registers, {f.name: f.expression(*[registers[r] for r in f.registers]) for f in there})


def facts_of(engine: Engine, folder: Path, day: dt.date, world: World) -> ClaimFacts:
    """The facts of claims that come in when the world is known as of `day`."""
    night = night_of(engine, folder, day, world)
    rings = gather(engine, *(night.registers.get(name) for name in ("claims", "payouts", "claim_decisions")))
    write_night(folder, night, rings, 1)
    opened = OpenNight(folder / NIGHT_FILE)
    return ClaimFacts(opened, claim_expressions(opened.registers), list(CLAIM_FEATURES))


def known_by(world: World, day: dt.date) -> World:
    """The rows known by the day."""
    return {name: [row for row in rows if row["known_on"] <= day] for name, rows in world.items()}


def named(facts: ClaimFacts, features: tuple[float | None, ...]) -> Mapping[str, float | None]:
    """Features by name."""
    return dict(zip(facts.names, features, strict=True))


def filed(row: Row, claim_id: str, day: dt.date) -> dict[str, Any]:
    """The claim of `row` as another that is filed on the day."""
    return {**row, "claim_id": claim_id, "filed_at": dt.datetime.combine(day, dt.time(10)), "known_on": day}
