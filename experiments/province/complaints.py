"""Who complains of which employer, and what is decided."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Array, Columns, Days, Flags, Floats, Ints
from experiments.province.chance import pick, waiting_days
from experiments.province.employers import Firms
from experiments.province.kinds import INDUSTRIES, REGIONS
from experiments.province.knobs import Knobs
from experiments.province.months import Months
from experiments.province.scene import Scene

TOPICS = {"wages": 0.5, "contributions": 0.1, "contract": 0.2, "overtime": 0.15, "other": 0.05}  # without ground
FOUNDED = {"proven": 0.7, "settled": 0.15, "withdrawn": 0.08, "unproven": 0.07}
UNFOUNDED = {"unproven": 0.75, "withdrawn": 0.2, "settled": 0.05}


def file_complaints(
    seen: Scene, open_until: Days, firms: Firms, months: Months, knobs: Knobs, rng: np.random.Generator
) -> Columns:
    """Complaints of one month, one an employer at most; `employer` is a row number, amounts are cents."""
    wages, lapses, groundless = _rates(seen, firms, knobs)
    total = wages + lapses + groundless
    employer = np.flatnonzero(seen.listed & (rng.random(len(total)) < -np.expm1(-total)))
    filed_on = months.first_days[seen.month] + rng.integers(0, 28, len(employer)).astype("timedelta64[D]")
    lot = rng.random(len(employer)) * total[employer]
    of_wages = lot < wages[employer]
    late = of_wages & (seen.settled_on[employer] <= filed_on)  # nothing is owed any more
    founded = lot < (wages + lapses)[employer]
    topic = np.where(of_wages, "wages", "contributions").astype(object)
    topic = np.where(founded, topic, pick(TOPICS, len(employer), rng))
    filed = _decided(seen, employer, filed_on, topic, founded, open_until, firms, knobs, rng)
    return {name: column[~late] for name, column in filed.items()}


def _rates(seen: Scene, firms: Firms, knobs: Knobs) -> tuple[Floats, Floats, Floats]:
    """Complaints a month of wages, of contributions, and without ground."""
    size = np.sqrt(seen.workers / 8)
    voice = size * INDUSTRIES["reporting"].to_numpy()[firms.industry]
    wages = knobs.complaints * seen.months_owed * voice
    lapses = knobs.contribution_complaints * seen.months_lapsed * voice
    return wages, lapses, np.where(seen.closed, 0, knobs.unfounded * size)


def _complaining(workers: Ints, founded: Flags, knobs: Knobs, rng: np.random.Generator) -> Ints:
    """How many of an employer's workers a complaint speaks for: one or a few, or of a founded one a large part."""
    few = np.clip(rng.geometric(0.35, len(workers)), 1, workers)
    group = founded & (rng.random(len(workers)) < knobs.groups)
    many = np.rint(workers * rng.uniform(0.3, 1.0, len(workers))).astype(np.int64)
    return np.where(group, np.maximum(few, many), few)


def _decided(
    seen: Scene,
    employer: Ints,
    filed_on: Days,
    topic: Array,
    founded: Flags,
    open_until: Days,
    firms: Firms,
    knobs: Knobs,
    rng: np.random.Generator,
) -> Columns:
    number = len(employer)
    outcome = np.where(founded, pick(FOUNDED, number, rng), pick(UNFOUNDED, number, rng))
    repeated = (open_until[employer] >= filed_on) & (rng.random(number) < knobs.duplicates)
    outcome = np.where(repeated, "duplicate", outcome)
    workers = _complaining(seen.workers[employer], founded, knobs, rng)
    theirs = seen.owed[employer] * np.minimum(1, workers * rng.uniform(0.8, 2.0, number) / seen.workers[employer])
    ground = np.where(topic == "wages", theirs, workers * rng.uniform(500_00, 4_000_00, number))
    claim = np.where(founded, ground * rng.uniform(1, 1.4, number), workers * rng.uniform(500_00, 12_000_00, number))
    slowness = REGIONS["slowness"].to_numpy()[firms.region[employer]]
    days = waiting_days(knobs.decision_days, slowness, number, rng)
    return {
        "employer": employer,
        "month": np.full(number, seen.month),
        "filed_on": filed_on,
        "topic": topic,
        "workers": workers,
        "amount_claimed": np.rint(claim).astype(np.int64),
        "outcome": outcome,
        "amount_proven": np.rint(np.where(outcome == "proven", ground, 0)).astype(np.int64),
        "decided_on": filed_on + days.astype("timedelta64[D]"),
        "known_on": filed_on + rng.integers(0, 4, number).astype("timedelta64[D]"),
        "enforced": (outcome == "proven") & (topic == "wages") & (rng.random(number) < knobs.recovery),
    }
