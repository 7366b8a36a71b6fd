"""What insuring as many workers as is usual, on as much of their wages, makes of features."""

from __future__ import annotations

import numpy as np

from features.changes import Facts, Floats, Reckoning


def less_before(lately: str, change: str) -> Reckoning:
    """`change`: a share of the last three months (`lately`) less that of the nine before, both at least as is usual then."""

    def reckon(facts: Facts) -> Floats:
        """both at least as is usual, the one less the other"""
        share, usual = facts[lately], facts.usual.get(lately, np.nan)
        before = share - facts[change]
        return np.asarray(np.maximum(share, usual) - np.maximum(before, usual))

    return reckon


def no_less_than_usual(own: str) -> Reckoning:
    """A share that those insured only then may raise: to what is usual, if it was lower."""

    def reckon(facts: Facts) -> Floats:
        """as it was, or what is usual if that is more"""
        return np.asarray(np.fmax(facts[own], facts.usual.get(own, np.nan)) + 0 * facts[own])

    return reckon


def paid_in_time(own: str) -> Reckoning:
    """A figure of what is paid, which may become known: where nothing was paid, what is paid for those added is in time."""

    def reckon(facts: Facts) -> Floats:
        """as it was, or 0 where nothing was paid before"""
        return np.asarray(np.nan_to_num(facts[own]))

    return reckon
