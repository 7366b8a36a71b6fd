"""Subjects whose facts the night has whole: a matrix of features on disk, mapped into memory, by identifier."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Floats = npt.NDArray[np.float64]


class KnownFacts:
    """The features of all subjects of a night, and what is told of them beside; rows in the order of identifiers."""

    def __init__(self, folder: Path, subject: str) -> None:
        said = json.loads((folder / f"{subject}.json").read_text(encoding="utf-8"))
        self.names: tuple[str, ...] = tuple(said["features"])
        self._beside: Mapping[str, list[Any]] = said["beside"]
        self._matrix: Floats = np.load(folder / f"{subject}.npy", mmap_mode="r")
        self._place = {each: at for at, each in enumerate(said["ids"])}
        self.usual: Floats = np.array(said["usual"], dtype=np.float64)

    def __contains__(self, subject_id: object) -> bool:
        return subject_id in self._place

    def row(self, subject_id: str) -> Floats:
        """Its features, NaN where not known. KeyError where it was not known."""
        return np.array(self._matrix[self._place[subject_id]])

    def beside(self, subject_id: str) -> dict[str, Any]:
        """What is told of it beside its features. KeyError where it was not known."""
        at = self._place[subject_id]
        return {name: values[at] for name, values in self._beside.items()}


def write_known(
    folder: Path, subject: str, snapshot: pa.Table, key: str, features: Sequence[str], beside: Sequence[str]
) -> None:
    """Keep a snapshot of one day: rows by `key` in ascending order, `features` as a matrix, `beside` as plain data."""
    table = snapshot.sort_by(key)
    matrix = np.lib.format.open_memmap(folder / f"{subject}.npy", "w+", np.float64, (table.num_rows, len(features)))
    usual = []
    for at, name in enumerate(features):
        matrix[:, at] = table[name].to_numpy()
        known = matrix[:, at][~np.isnan(matrix[:, at])]
        usual.append(float(np.median(known)) if len(known) else None)
    matrix.flush()
    said = {
        "features": list(features),
        "ids": table[key].to_pylist(),
        "usual": [np.nan if value is None else value for value in usual],
        "beside": {name: [_plain(value) for value in table[name].to_pylist()] for name in beside},
    }
    (folder / f"{subject}.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
