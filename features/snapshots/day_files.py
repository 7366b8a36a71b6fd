"""What has to be reckoned for a day as a whole, as a file a day, made once."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def day_files(
    folder: Path, made_from: str, days: Sequence[dt.date], as_of: Callable[[dt.date], pa.Table]
) -> list[Path]:
    """A Parquet file in `folder` for each of `days`; those not there yet are what `as_of` says of the day.

    A file is named by the day and by what it is made from (definition, data files), so it is never stale.
    """
    made = []
    for day in days:
        path = folder / f"{hashlib.sha256(f'{made_from} {day}'.encode()).hexdigest()[:32]}.parquet"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}")
            pq.write_table(as_of(day), unfinished, compression="zstd")
            os.replace(unfinished, path)
        made.append(path)
    return made
