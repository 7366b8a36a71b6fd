"""How common a kind of wrong claim is: what reviews drawn by lot found, and what that says of the claims nobody reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from training.claims.reviewed import BY_LOT, Kind, found_as
from training.limits import FEWEST_BY_LOT
from training.looked import exact


@dataclass(frozen=True)
class Prevalence:
    """Counts of claims: all known, reviewed, found of the kind; and the same of reviews by lot."""

    known: int
    reviewed: int
    found: int
    by_lot: int
    found_by_lot: int

    @property
    def speaks(self) -> bool:
        """Whether reviews by lot found enough to say how common the kind is."""
        return self.found_by_lot >= FEWEST_BY_LOT

    @property
    def share(self) -> float | None:
        """Share of all claims that a review would find of the kind, by the reviews by lot; None where they are too few.

        Never below what was found already.
        """
        return max(self.found_by_lot / self.by_lot, self.found / self.known) if self.speaks else None

    @property
    def expected(self) -> float:
        """What probabilities of all claims are to come to: `share`, or where that is not known the share found."""
        return self.found / self.known if self.share is None else self.share

    @property
    def missed_share(self) -> float:
        """Share of the unreviewed that a review would find of the kind; 0 where the reviews by lot are too few to say."""
        unreviewed = self.known - self.reviewed
        if self.share is None or not unreviewed:
            return 0.0
        return min(1.0, max(0.0, (self.share * self.known - self.found) / unreviewed))

    def record(self) -> dict[str, Any]:
        """Counts, the share by lot with its exact interval, and the missed share, as plain data."""
        said = exact(self.found_by_lot, self.by_lot) if self.by_lot else None
        return {
            **vars(self),
            "share_by_lot": said,
            "missed_share": self.missed_share,
            "too_few_to_say": not self.speaks,
        }


def prevalence(claims: pd.DataFrame, kind: Kind) -> Prevalence:
    """Of `claims` as `claims_known` gives them."""
    label = found_as(claims, kind)
    lot = claims["trigger"] == BY_LOT
    return Prevalence(
        len(claims), int(label.notna().sum()), int(label.sum()), int((lot & label.notna()).sum()), int(label[lot].sum())
    )
