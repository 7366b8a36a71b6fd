"""A stream of chance for each part of the province, so that a change in one part leaves the others as they were."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from experiments.province.arrays import Array, Ints


def stream(seed: int, part: str) -> np.random.Generator:
    """The generator of one part; the same seed and part give the same numbers."""
    return np.random.default_rng(np.random.SeedSequence(entropy=seed, spawn_key=(crc32(part.encode()),)))


def waiting_days(span: tuple[int, int, int], factor: Array | float, size: int, rng: np.random.Generator) -> Ints:
    """Days from a skewed distribution: (least, median, most), the median times `factor`."""
    least, median, most = span
    days = median * factor * np.exp(rng.normal(0, 0.5, size))
    return np.clip(days, least, most).astype(np.int64)


def pick(chances: dict[str, float], size: int, rng: np.random.Generator) -> Array:
    """Words drawn by their chances, which are weights."""
    weights = np.array(list(chances.values()))
    return rng.choice(np.array(list(chances), dtype=object), size=size, p=weights / weights.sum())
