"""Who works where and for what wage: one row a worker and month, in the order of months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Array, Flags, Floats, Ints
from experiments.province.conduct import Conduct
from experiments.province.employers import Employers
from experiments.province.identifiers import person_numbers
from experiments.province.kinds import INDUSTRIES, REGIONS
from experiments.province.knobs import Knobs
from experiments.province.months import Months

PREFIX = "990000"  # of identity numbers; no region has it


@dataclass(frozen=True)
class Staff:
    """One value a worker-month but for `worker_ids`, which `worker` numbers."""

    worker_ids: Array
    worker: Ints
    employer: Ints
    month: Ints
    wage: Ints  # cents due for the month
    usual_wage: Ints  # cents, without the month's ups and downs
    unpaid: Ints  # cents not paid on payday
    insured: Flags


def draw_staff(employers: Employers, doing: Conduct, months: Months, knobs: Knobs, rng: np.random.Generator) -> Staff:
    """Places are filled by one worker after another; in need workers leave sooner and are not all replaced."""
    employer = np.repeat(np.arange(len(employers)), employers.places)
    filled = _filled(employer, employers, doing, months, knobs, rng)
    workers, month, place = _workers(employer, filled, employers, doing, rng)
    usual = _usual_wages(employer, employers, rng)[place]
    wage = np.rint(usual * (1 + 0.06 * rng.standard_normal(len(place))).clip(0.5, 2)).astype(np.int64)
    rank = rng.random(len(employer))[place]
    share = doing.unpaid[employer[place], month]
    part = np.where(doing.all_or_none[employer[place]], rank < share, share)
    covered = rng.random(len(employer)) < INDUSTRIES["coverage"].to_numpy()[employers.industry[employer]]
    return Staff(
        worker_ids=person_numbers(PREFIX, int(workers.max(initial=-1)) + 1, rng),
        worker=workers,
        employer=employer[place],
        month=month,
        wage=wage,
        usual_wage=np.rint(usual).astype(np.int64),
        unpaid=np.rint(wage * part).astype(np.int64),
        insured=covered[place],
    )


def _filled(
    employer: Ints, employers: Employers, doing: Conduct, months: Months, knobs: Knobs, rng: np.random.Generator
) -> Flags:
    """By place and month: whether a worker holds it; seasonal places are empty around the industry's trough."""
    away = months.of_year - INDUSTRIES["trough"].to_numpy()[:, None]
    absent = INDUSTRIES["staff_season"].to_numpy()[:, None] * (1 + np.cos(2 * np.pi * away / 12)) / 2
    seasonal = (
        rng.random(len(employer), dtype=np.float32)[:, None] < absent.astype(np.float32)[employers.industry[employer]]
    )
    needed = 1 - (doing.in_need * knobs.shrinking)
    kept = np.cumprod(needed, axis=1).astype(np.float32)[employer]
    given_up = rng.random(len(employer), dtype=np.float32)[:, None] > kept
    first = np.r_[True, employer[1:] != employer[:-1]][:, None]  # somebody always remains
    filled: Flags = doing.operates[employer] & (first | ~(seasonal | given_up))
    return filled


def _workers(
    employer: Ints, filled: Flags, employers: Employers, doing: Conduct, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Worker, month and place of each worker-month, in the order of months; a leaver's place goes to a new worker."""
    turnover = INDUSTRIES["turnover"].to_numpy()[employers.industry][:, None] * (1 + 1.5 * doing.in_need)
    leaves = rng.random(filled.shape, dtype=np.float32) < turnover.astype(np.float32)[employer]
    leaves[:, 0] = True
    holder = np.cumsum(leaves.ravel()).reshape(filled.shape) - 1
    month, place = np.nonzero(filled.T)
    return holder[place, month], month, place


def _usual_wages(employer: Ints, employers: Employers, rng: np.random.Generator) -> Floats:
    """Cents a month by place."""
    level = INDUSTRIES["wage"].to_numpy()[employers.industry] * REGIONS["wage"].to_numpy()[employers.region]
    level = level * np.exp(rng.normal(0, 0.15, len(employers)))
    wages: Floats = level[employer] * np.exp(rng.normal(0, 0.25, len(employer))) * 100
    return wages
