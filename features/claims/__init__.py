"""The features of claims, each declared once; importing this package fills the catalogue."""

from features.claims import (  # noqa: F401, I001  (order is the catalogue's)
    claim,
    person,
    other_claims,
    money,
    patterns,
    shared,
    bursts,
    reviews,
    matches,
    work,
    rings,
)
from features.claims.catalogue import CLAIM_FEATURES

__all__ = ["CLAIM_FEATURES"]
