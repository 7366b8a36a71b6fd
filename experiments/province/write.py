"""Registers as the files an authority would hand over, and the truth apart from them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from experiments.province.simulation import Province

BY_MONTH = ("payroll", "contributions")


def write(province: Province, registers_dir: Path, truth_path: Path) -> None:
    """Small registers as CSV, payroll and contributions as Parquet by month, the truth as Parquet at `truth_path`.

    Raises ValueError where `truth_path` lies in `registers_dir`: nothing that learns may read it.
    """
    if truth_path.resolve().is_relative_to(registers_dir.resolve()):
        raise ValueError(f"truth_path {truth_path} lies in {registers_dir}; expected a path outside the registers")
    registers_dir.mkdir(parents=True, exist_ok=True)
    truth_path.parent.mkdir(parents=True, exist_ok=True)
    for name, table in province.registers.items():
        if name in BY_MONTH:
            _write_months(table, registers_dir / name)
        else:
            csv.write_csv(table, registers_dir / f"{name}.csv")
    pq.write_table(province.truth, truth_path)


def _write_months(table: pa.Table, folder: Path) -> None:
    """One file a month; the table is in the order of months. Files of another province's months are removed."""
    for stale in folder.glob("month=*/part.parquet"):
        stale.unlink()
    counts = pc.value_counts(table["month"])
    start = 0
    for month, rows in zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True):
        path = folder / f"month={month}" / "part.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_part(table.slice(start, rows), path)
        start += rows


def _write_part(part: pa.Table, path: Path) -> None:
    pq.write_table(part, path, store_decimal_as_integer=True, compression="snappy")
