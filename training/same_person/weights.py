"""The weights of evidence, learned without labels: expectation and maximisation over pairs that share a key.

What two people's records have in common is learned from pairs drawn by lot; what one person's have begins with corrupted
copies and is then learned from the pairs themselves. So it needs no label, and finds nothing where there is nothing: chance
agreement is what the lot shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from features.same_person.columns import Floats, Ints
from features.same_person.evidence import CONTRADICTION, UNKNOWN, Weights, level_counts, levels_of
from training.same_person.limits import COPIES_PAIRS, EVIDENCE_ROUNDS, TWO_NUMBERS

FIRST_SHARE = 0.1  # one person's pairs for a record, to begin with


def learn_weights(
    copies: Floats, blocked: Floats, by_lot: Floats, names: Sequence[str], records: int, of_blocked: float
) -> tuple[Weights, Floats, Floats]:
    """The weights, and (blocked,) and (by_lot,) the probability of each pair by them.

    `copies`, `blocked` and `by_lot` (·, k) are comparisons called `names`; `blocked` are a share `of_blocked` of the pairs
    that share a key among `records` records.
    """
    sizes = level_counts(names)
    from_copies = _counted(levels_of(copies, names), np.ones(len(copies)), sizes)
    lot, levels = levels_of(by_lot, names), levels_of(blocked, names)
    all_pairs = max(records * (records - 1) / 2, 1.0)
    share = min(FIRST_SHARE * records / all_pairs, 0.5)
    weights = Weights(_chances(from_copies), _chances(_counted(lot, np.ones(len(by_lot)), sizes)), share)
    likely, of_lot = np.zeros(len(blocked)), np.zeros(len(by_lot))
    for _ in range(EVIDENCE_ROUNDS):
        likely = weights.probability(weights.of(blocked, names))
        of_lot = weights.probability(weights.of(by_lot, names))
        share = float(np.clip(likely.sum() / max(of_blocked, 1e-9) / all_pairs, 1e-3 / all_pairs, 0.5))
        seen = _counted(levels, likely, sizes)
        weights = Weights(_chances(seen, from_copies), _chances(_counted(lot, 1 - of_lot, sizes)), share)
    return weights, likely, of_lot


def _counted(levels: Mapping[str, Ints], weight: Floats, sizes: Mapping[str, int]) -> dict[str, Floats]:
    """By field (levels,) the weight of the pairs at each level."""
    return {
        field: np.bincount(level[level != UNKNOWN], weight[level != UNKNOWN], minlength=sizes[field]).astype(np.float64)
        for field, level in levels.items()
    }


def _chances(counted: Mapping[str, Floats], before: Mapping[str, Floats] | None = None) -> dict[str, Floats]:
    """Decimal logarithms of chances; `before` counts as COPIES_PAIRS pairs more.

    Of one person (where there is `before`) two numbers that both pass their check have at most the chance TWO_NUMBERS, or
    twins, who have all else in common, would teach that it is usual.
    """
    chances = {}
    for field, counts in counted.items():
        prior = np.full(len(counts), 1.0 / len(counts))
        if before is not None:
            prior += COPIES_PAIRS * before[field] / max(before[field].sum(), 1.0)
        chances[field] = np.log10((counts + prior) / (counts + prior).sum())
    if before is not None and "identity" in chances:
        one = chances["identity"]
        one[CONTRADICTION] = min(one[CONTRADICTION], np.log10(TWO_NUMBERS))
    return chances
