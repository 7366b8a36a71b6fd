"""Which claims are one alert: those of one person as matched or under one identity number, and those of one ring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from features.same_person.identity import identity_number
from serving.limits import LARGEST_RING

Groups = npt.NDArray[np.intp]


def grouped(*ties: Sequence[str | None]) -> Groups:
    """The group of each claim, numbered from 0: claims that any of `ties` gives the same name are of one group.

    Each of `ties` names for every claim what it belongs to (its cluster, its ring), None for nothing.
    """
    count = len(ties[0]) if ties else 0
    rows: list[int] = []
    columns: list[int] = []
    number = count
    for tie in ties:
        names: dict[str, int] = {}
        for row, name in enumerate(tie):
            if name is not None:
                rows.append(row)
                columns.append(number + names.setdefault(name, len(names)))
        number += len(names)
    if not number:
        return np.empty(0, dtype=np.intp)
    graph = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(number, number))
    _, labels = connected_components(graph, directed=False)
    _, groups = np.unique(labels[:count], return_inverse=True)
    return np.asarray(groups, dtype=np.intp)


def persons_named(snapshot: pa.Table) -> list[str | None]:
    """The identity number of each claim as it is told apart; None where there is none, or where more claims name it than
    one person's review can look at: a number that stands for nobody."""
    numbers = [identity_number(written) if written else None for written in snapshot["person_id"].to_pylist()]
    often = Counter(numbers)
    return [number if number is not None and often[number] <= LARGEST_RING else None for number in numbers]
