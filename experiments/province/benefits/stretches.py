"""From worker-months to stretches of work: a worker at an employer from a first to a last month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Flags, Ints
from experiments.province.staff import Staff

FAR = 1 << 20  # months; more than there are


@dataclass(frozen=True)
class Stretches:
    """One value a stretch, by worker and first month."""

    worker: Ints
    employer: Ints  # row in the block
    first: Ints
    last: Ints
    wage: Ints  # cents, the usual one
    insured: Flags
    busy_until: Ints  # the last month of this and the worker's earlier stretches
    next_first: Ints  # the first month of the worker's next stretch; -1

    def __len__(self) -> int:
        return len(self.worker)


def stretches_of(staff: Staff) -> Stretches:
    """The stretches of the covered months; gaps at one employer are not told."""
    order = np.lexsort((staff.month, staff.employer, staff.worker))
    worker, employer, month = staff.worker[order], staff.employer[order], staff.month[order]
    start = np.flatnonzero(np.r_[True, (worker[1:] != worker[:-1]) | (employer[1:] != employer[:-1])])
    end = np.r_[start[1:], len(worker)] - 1
    by_first = np.lexsort((month[start], worker[start]))
    start, end = start[by_first], end[by_first]
    worker, first, last = worker[start], month[start], month[end]
    same = np.r_[worker[1:] == worker[:-1], False]
    return Stretches(
        worker=worker,
        employer=employer[start],
        first=first,
        last=last,
        wage=staff.usual_wage[order][start],
        insured=staff.insured[order][start],
        busy_until=np.maximum.accumulate(worker * FAR + last) - worker * FAR,
        next_first=np.where(same, np.roll(first, -1), -1),
    )
