"""Whom inspectors visit, why, and what they find."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Array, Columns, Days, Flags, Floats, Ints
from experiments.province.chance import pick, waiting_days
from experiments.province.employers import Firms
from experiments.province.kinds import INDUSTRIES, REGIONS
from experiments.province.knobs import Knobs
from experiments.province.months import Months
from experiments.province.scene import Scene

MISTAKEN = 0.005  # chance that arrears are found where nothing is owed
LAPSES_FOUND = 0.7  # chance that lapsed contributions are found
VANISHED = 0.85  # chance that nobody is found at an employer that closed
PLAN_DAYS = 28  # of a month, on one of which a planned visit is made
OTHERWISE = {"clean": 0.86, "other_violation": 0.14}


def habits(firms: Firms, knobs: Knobs, rng: np.random.Generator) -> Floats:
    """How much likelier than others an employer is to get a routine visit, for good; large ones are."""
    weight = np.exp(knobs.habit * rng.normal(size=len(firms))) * np.sqrt(firms.places)
    share: Floats = weight / weight.mean()
    return share


def open_inspections(
    seen: Scene,
    complaints: Columns,
    habit: Floats,
    firms: Firms,
    months: Months,
    knobs: Knobs,
    rng: np.random.Generator,
) -> Columns:
    """Inspections of one month: visits that complaints led to, and those of the month's plan."""
    answered = rng.random(len(complaints["employer"])) < knobs.visit_complaint
    called = complaints["employer"][answered]
    called_on = complaints["filed_on"][answered] + rng.integers(2, 15, len(called)).astype("timedelta64[D]")
    planned, trigger, chance = _plan(seen, habit, firms, months, knobs, rng)
    planned_on = months.first_days[seen.month] + rng.integers(0, PLAN_DAYS, len(planned)).astype("timedelta64[D]")
    trigger = np.r_[np.full(len(called), "complaint", dtype=object), trigger]
    found = _found(seen, np.r_[called, planned], np.r_[called_on, planned_on], trigger, firms, knobs, rng)
    return found | {"chance": np.r_[np.full(len(called), np.nan), chance]}


def _plan(
    seen: Scene, habit: Floats, firms: Firms, months: Months, knobs: Knobs, rng: np.random.Generator
) -> tuple[Ints, Array, Floats]:
    """Employers of the month's plan, the trigger of each (by lot, by campaign, by habit), and the lot's chance (else NaN)."""
    capacity = knobs.visits * REGIONS["visits"].to_numpy()[firms.region] / 1_000
    targets = INDUSTRIES["campaign"].to_numpy()[firms.industry]
    campaign = knobs.campaign_share * months.is_in(knobs.campaign_months)[seen.month]
    by_lot = capacity * knobs.random_share
    by_campaign = capacity * campaign * targets / max(targets.mean(), 1e-9)
    by_habit = capacity * (1 - knobs.random_share - campaign) * habit
    total = by_lot + by_campaign + by_habit
    employer = np.flatnonzero(seen.listed & (rng.random(len(total)) < total))
    lot = rng.random(len(employer)) * total[employer]
    trigger = np.where(lot < (by_lot + by_campaign)[employer], "campaign", "routine").astype(object)
    drawn = lot < by_lot[employer]
    chance = np.where(drawn, (by_lot / np.maximum(total, 1))[employer], np.nan)
    return employer, np.where(drawn, "random", trigger), chance


def _found(
    seen: Scene,
    employer: Ints,
    opened_on: Days,
    trigger: Array,
    firms: Firms,
    knobs: Knobs,
    rng: np.random.Generator,
) -> Columns:
    number = len(employer)
    owed = np.where(seen.settled_on[employer] <= opened_on, 0, seen.owed[employer])
    finding = _findings(owed > 0, seen.months_lapsed[employer] > 0, seen.closed[employer], knobs, rng)
    arrears = finding == "arrears"
    amount = np.where(owed > 0, owed * rng.uniform(0.6, 1.0, number), rng.uniform(1_000_00, 20_000_00, number))
    share = np.clip(seen.months_owed[employer], 0.1, 1) * rng.uniform(0.6, 1.0, number)
    days = waiting_days(knobs.inspection_days, REGIONS["slowness"].to_numpy()[firms.region[employer]], number, rng)
    return {
        "employer": employer,
        "month": np.full(number, seen.month),
        "opened_on": opened_on,
        "trigger": trigger,
        "closed_on": opened_on + days.astype("timedelta64[D]"),
        "finding": finding,
        "workers_owed": np.where(arrears, np.maximum(1, np.rint(seen.workers[employer] * share)), 0).astype(np.int64),
        "amount_owed": np.where(arrears, np.rint(amount), 0).astype(np.int64),
        "known_on": opened_on + rng.integers(0, 3, number).astype("timedelta64[D]"),
        "enforced": arrears & (owed > 0) & (rng.random(number) < knobs.recovery),
    }


def _findings(owing: Flags, lapsed: Flags, closed: Flags, knobs: Knobs, rng: np.random.Generator) -> Array:
    number = len(owing)
    detected = rng.random(number) < np.where(owing, knobs.detection, MISTAKEN)
    finding = pick(OTHERWISE, number, rng)
    finding = np.where(lapsed & (rng.random(number) < LAPSES_FOUND), "contribution_arrears", finding)
    finding = np.where(detected, "arrears", finding)
    return np.where(closed & (rng.random(number) < VANISHED), "not_found", finding)
