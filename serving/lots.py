"""Lots: the same seed, day and employers draw the same lots, on any machine and in any order of rows."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Lots = npt.NDArray[np.uint64]


def lots(seed: int, purpose: str, as_of: dt.date, subjects: Iterable[str]) -> Lots:
    """A number for each subject, uniform over 0 to 2**64 - 1. The k lowest of them are k subjects drawn by lot.

    The day is part of the draw, so that a seed left unchanged does not draw the same subjects every month.
    """
    start = hashlib.blake2b(f"{seed} {purpose} {as_of.isoformat()} ".encode(), digest_size=8)
    return np.fromiter((_lot(start, subject) for subject in subjects), dtype=np.uint64)


def _lot(start: hashlib.blake2b, subject: str) -> int:
    own = start.copy()
    own.update(subject.encode())
    return int.from_bytes(own.digest(), "big")
