"""The engines of worlds written by hand."""

from tests.features.by_hand import engine

__all__ = ["engine"]
