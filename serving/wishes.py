"""What may be asked of a watchlist."""

from __future__ import annotations

from features.errors import BadInput


def refuse_bad_wishes(capacity: int, random_share: float) -> None:
    """BadInput for a capacity below 1, or a random share outside 0 to 1."""
    if capacity < 1:
        raise BadInput(
            "a watchlist needs at least one visit",
            found=f"capacity {capacity}", expected="1 or more", do="give the visits that can be made",
        )  # fmt: skip
    if not 0 <= random_share <= 1:
        raise BadInput(
            "the share of visits drawn by lot cannot be had",
            found=f"random share {random_share}", expected="a number from 0 to 1", do="give 0.1 for one visit in ten",
        )  # fmt: skip


def refuse_blind_without_record(blind: bool, kept: bool) -> None:
    """BadInput for a blind list of which nothing keeps who was drawn by lot: its visits could never be weighed."""
    if blind and not kept:
        raise BadInput(
            "a blind list without its record could never be evaluated",
            found="--blind, and nothing that keeps how each was chosen",
            expected="the record as JSON, or the probabilities, kept from those who make the visits",
            do="keep it in the store (without --no-keep), or add --out record.json, --json or --probabilities chances.parquet",
        )
