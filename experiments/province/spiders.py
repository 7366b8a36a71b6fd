"""Spiders: one director with several employers of a region, between which the workers are moved."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Flags, Ints
from experiments.province.knobs import Knobs

MOVED = 0.5  # share of the workers who change when they are moved


def draw_spiders(region: Ints, knobs: Knobs, rng: np.random.Generator) -> Ints:
    """By employer: the number of the spider it belongs to; -1 for nearly all."""
    return families(region, knobs.spiders, knobs.spider_size, rng)


def families(region: Ints, share: float, sizes: tuple[int, int], rng: np.random.Generator) -> Ints:
    """By employer: the number of its family; -1 where it has none. A family lies in one region."""
    family = np.full(len(region), -1)
    order = rng.permutation(len(region))
    order = order[np.argsort(region[order], kind="stable")]  # families are neighbours in this order
    wanted = round(len(region) * share / ((sizes[0] + sizes[1] - 1) / 2))
    starts = np.sort(rng.choice(max(len(region) // sizes[1], 1), min(wanted, len(region) // sizes[1]), replace=False))
    for number, start in enumerate(starts * sizes[1]):
        members = order[start : start + rng.integers(*sizes)]
        family[members[region[members] == region[members[0]]]] = number
    return family


def moving(spider: Ints, months: int, knobs: Knobs, rng: np.random.Generator) -> Flags:
    """By employer and month: whether its workers are moved among the employers of its spider."""
    moves = rng.random((int(spider.max(initial=-1)) + 1, months)) < knobs.spider_moves
    moved = np.zeros((len(spider), months), dtype=bool)
    moved[spider >= 0] = moves[spider[spider >= 0]]
    return moved
