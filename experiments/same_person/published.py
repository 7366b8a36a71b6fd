"""Published files of records with duplicates, and what the same-person part finds in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from experiments.benchmarks.pairs_found import pairs_found
from experiments.province.arrays import Array
from features.same_person.mapping import map_columns
from features.same_person.person_files import read_persons
from training.same_person.match import Matched, match_persons

Truth = Callable[[pa.Table], Array]


def _by_record(table: pa.Table) -> Array:
    """FEBRL names records rec-PERSON-org and rec-PERSON-dup-N."""
    return np.array([record.split("-")[1] for record in table["rec_id"].to_pylist()])


def _by_cluster(table: pa.Table) -> Array:
    return np.array(table["cluster"].to_pylist())


# the truth about each file, and the columns that tell it
FILES: dict[str, tuple[Truth, tuple[str, ...]]] = {
    "febrl1": (_by_record, ()),
    "febrl2": (_by_record, ()),
    "febrl3": (_by_record, ()),
    "fake_1000": (_by_cluster, ("cluster",)),
}


@dataclass(frozen=True)
class Published:
    """One of FILES, in a folder."""

    folder: Path
    name: str

    def read(self) -> tuple[pa.Table, Array]:
        """The records without the columns that tell the truth, and the person of each."""
        truth, told_by = FILES[self.name]
        table = read_persons(self.folder / f"{self.name}.csv")
        return table.drop_columns(list(told_by)), truth(table)


@dataclass(frozen=True, eq=False)
class FoundIn:
    """What was found in a file, and how good that is."""

    matched: Matched
    figures: dict[str, float]


def found_in(published: Published, seed: int = 1, without: Sequence[str] = (), originals: bool = False) -> FoundIn:
    """Match the file without any label. `originals`: only FEBRL's records that have no duplicate left among them."""
    table, persons = published.read()
    if originals:
        kept = np.array([record.endswith("-org") for record in table["rec_id"].to_pylist()])
        table, persons = table.filter(pa.array(kept)), persons[kept]
    mapped = map_columns(table.column_names, without=without)
    matched = match_persons(table, mapped, seed=seed)
    clusters = matched.clusters(mapped.id_column, table[mapped.id_column])
    figures = pairs_found(np.array(clusters["cluster_id"].to_pylist()), persons)
    return FoundIn(matched, {"rows": len(table), "compared": len(matched.blocked), **figures})
