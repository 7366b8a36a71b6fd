"""Names for the numpy arrays the province is made of, and records of them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Floats: TypeAlias = npt.NDArray[np.floating[Any]]
Ints: TypeAlias = npt.NDArray[np.integer[Any]]
Flags: TypeAlias = npt.NDArray[np.bool_]
Days: TypeAlias = npt.NDArray[np.datetime64]  # to the day; NaT where there is none
Columns: TypeAlias = dict[str, Array]

Record = TypeVar("Record")


def at(record: Record, chosen: Array) -> Record:
    """The chosen values, by flag or number, of a dataclass of arrays and of such dataclasses."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}  # type: ignore[arg-type]
    return type(record)(
        **{name: at(each, chosen) if is_dataclass(each) else each[chosen] for name, each in values.items()}
    )
