"""Simulated provinces on disk, each ingested into a lake of its own; made once, then found again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from experiments.employer_risk.truth import read_truth, read_visits
from experiments.province import Knobs, simulate_to
from features.lake.ingest import ingest
from features.lake.lake import Lake


@dataclass(frozen=True)
class World:
    """A province and the lake of what its authority knew."""

    folder: Path
    seed: int

    @property
    def lake(self) -> Lake:
        """What training and scoring may read."""
        return Lake(self.folder / "lake")

    @cached_property
    def truth(self) -> pd.DataFrame:
        """See truth.read_truth."""
        return read_truth(self.folder / "truth.parquet")

    @cached_property
    def visits(self) -> pd.DataFrame:
        """See truth.read_visits."""
        return read_visits(self.folder / "visits_truth.parquet")

    @cached_property
    def kinds(self) -> pd.DataFrame:
        """What each employer is for good, by employer_id."""
        kinds: pd.DataFrame = pq.read_table(self.folder / "kinds.parquet").to_pandas()
        return kinds.set_index("employer_id")

    @cached_property
    def claims_truth(self) -> pd.DataFrame:
        """What each claim is in truth, by claim_id: person_id, finding, kind, duplicate_of, amount_lost."""
        truth: pd.DataFrame = pq.read_table(self.folder / "claims_truth.parquet").to_pandas()
        return truth.set_index("claim_id")


def world(work: Path, seed: int, employers: int, months: int, benefits: bool = False) -> World:
    """The province of `seed`, simulated and ingested below `work` unless that was done before; with `benefits` or without."""
    folder = work / f"{employers}x{months}-{seed}{'-benefits' if benefits else ''}"
    if not (folder / "lake" / "versions").exists():
        knobs = replace(Knobs(), employers=employers, months=months, benefits=benefits)
        simulate_to(knobs, seed, folder / "registers", folder / "truth.parquet")
        ingest(folder / "registers", Lake(folder / "lake"))
    return World(folder, seed)
