"""Step one in time: each register folded into small additive cells, once for every night's new rows."""

from features.folds.fold import CLAIM_FOLDS, FOLDS, Fold

__all__ = ["CLAIM_FOLDS", "FOLDS", "Fold"]
