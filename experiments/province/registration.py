"""The register of employers: what they told on registration, and a few who told more later."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Columns, Days, Ints
from experiments.province.chance import stream
from experiments.province.columns import dates, money, register, words
from experiments.province.filing import together
from experiments.province.kinds import INDUSTRIES, OWNERSHIPS, REGIONS
from experiments.province.world import World

RAISES = 0.02  # share of employers who raise their capital while the registers are kept


def employers_table(world: World, seed: int) -> pa.Table:
    """One row an employer, and another for a raise of capital, known later."""
    rng, employers = stream(seed, "registration"), world.employers
    number = len(employers)
    rows: Columns = {
        "employer": np.arange(number),
        "capital": _capital(employers.size, rng),
        "known_on": employers.registered_on + rng.integers(0, 11, number).astype("timedelta64[D]"),
    }
    closed_on = _closed_on(world, rng)
    rows = together(rows, _raises(world, rows, rng))
    who = rows["employer"]
    ownership = OWNERSHIPS["ownership"].to_numpy(dtype=object)[employers.ownership[who]]
    return register(
        "employers",
        employer_id=words(employers.ids[who]),
        name=words(employers.names[who]),
        industry=words(INDUSTRIES["industry"].to_numpy(dtype=object)[employers.industry[who]]),
        region=words(REGIONS["region"].to_numpy(dtype=object)[employers.region[who]]),
        registered_on=dates(employers.registered_on[who]),
        closed_on=dates(closed_on[who]),
        ownership=words(ownership),
        registered_capital=money(rows["capital"], ownership != "self_employed"),
        known_on=dates(rows["known_on"]),
    )


def _capital(size: Ints, rng: np.random.Generator) -> Ints:
    """Cents, in steps of 10,000 main units."""
    steps = np.ceil(5 * size**0.8 * np.exp(rng.normal(0, 0.9, len(size))))
    return (steps * 10_000 * 100).astype(np.int64)


def _closed_on(world: World, rng: np.random.Generator) -> Days:
    """A day late in the month of closing, after the last day of pay; NaT where the employer lives on."""
    months, closed = world.months, world.lives.closed
    day = months.day(np.minimum(closed, months.number - 1), rng.integers(21, 29, len(closed)))
    return np.where(closed < months.number, day, np.datetime64("NaT", "D"))


def _raises(world: World, rows: Columns, rng: np.random.Generator) -> Columns:
    months = world.months
    span = int((months.end - months.first_days[months.first]).astype(int))
    day = months.end - rng.integers(0, span, len(rows["employer"])).astype("timedelta64[D]")
    raised = (rng.random(len(day)) < RAISES) & (day > rows["known_on"]) & (months.number_of(day) < world.lives.closed)
    later = {name: column[raised] for name, column in rows.items()}
    return later | {"capital": later["capital"] * 2, "known_on": day[raised]}
