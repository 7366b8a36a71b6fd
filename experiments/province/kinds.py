"""The tables of kinds: industries, regions, ownerships. One row a kind; README.md says what a column means."""

from importlib.resources import files

import numpy as np
import pandas as pd

from experiments.province.arrays import Ints


def _read(name: str) -> pd.DataFrame:
    with files(__package__).joinpath(name).open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype={"code": str, "category": str})


INDUSTRIES = _read("industries.csv")
REGIONS = _read("regions.csv")
OWNERSHIPS = _read("ownerships.csv")


def draw(table: pd.DataFrame, number: int, rng: np.random.Generator) -> Ints:
    """`number` row numbers of `table`, drawn by its column `share`."""
    share = table["share"].to_numpy(dtype=np.float64)
    return rng.choice(len(table), size=number, p=share / share.sum())
