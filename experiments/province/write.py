"""Registers as the files an authority would hand over, and the truth apart from them."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq

from experiments.province.grouping import by_month
from experiments.province.knobs import Knobs
from experiments.province.simulation import BY_MONTH, CLAIMS_TRUTH, Progress, Province, prepare, silent


def write(province: Province, registers_dir: Path, truth_path: Path) -> None:
    """Small registers as CSV, payroll and contributions as Parquet by month, the truth as Parquet at `truth_path`.

    `kinds.parquet`, `visits_truth.parquet` and `parameters.json` (seed, knobs, version) lie beside the truth. Raises ValueError where
    `truth_path` lies in `registers_dir`: nothing that learns may read it.
    """
    _write_small(province, registers_dir, truth_path)
    with MonthlyFiles(registers_dir) as files:
        for name in BY_MONTH:
            files.append(name, province.registers[name])


def simulate_to(
    knobs: Knobs, seed: int, registers_dir: Path, truth_path: Path, progress: Progress = silent
) -> dict[str, int]:
    """As `write(simulate(knobs, seed), ...)`, but a block of employers at a time: provinces larger than memory.

    Returns the rows of each register. Raises ValueError as `write`.
    """
    _check(registers_dir, truth_path)
    unpaid = prepare(knobs, seed, progress)
    rows, others = Counter[str](), defaultdict[str, list[pa.Table]](list)
    with MonthlyFiles(registers_dir) as files:
        for done, block in enumerate(unpaid.pay(), start=1):
            for name, table in block.items():
                if name in BY_MONTH:
                    files.append(name, table)
                    rows[name] += table.num_rows
                else:
                    others[name].append(table)
            progress("Payroll and contributions", done, len(unpaid.blocks))
    whole = {name: pa.concat_tables(tables) for name, tables in others.items()}
    truth = whole.pop(CLAIMS_TRUTH, None)
    province = replace(unpaid.province, registers=unpaid.province.registers | whole, claims_truth=truth)
    _write_small(province, registers_dir, truth_path)
    return {name: table.num_rows for name, table in province.registers.items()} | dict(rows)


class MonthlyFiles:
    """One Parquet file a register and month, written bit by bit. Files of another province's months are removed."""

    def __init__(self, registers_dir: Path) -> None:
        self._folder, self._open = registers_dir, ExitStack()
        self._writers: dict[tuple[str, dt.date], pq.ParquetWriter] = {}
        for name in BY_MONTH:
            for stale in (registers_dir / name).glob("month=*/part.parquet"):
                stale.unlink()

    def __enter__(self) -> MonthlyFiles:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def append(self, name: str, table: pa.Table) -> None:
        """Add rows of the register `name`, in the order of months."""
        for month, rows in by_month(table).items():
            if (name, month) not in self._writers:
                path = self._folder / name / f"month={month}" / "part.parquet"
                path.parent.mkdir(parents=True, exist_ok=True)
                self._writers[name, month] = self._open.enter_context(
                    pq.ParquetWriter(path, table.schema, store_decimal_as_integer=True, compression="snappy")
                )
            self._writers[name, month].write_table(rows)


def _check(registers_dir: Path, truth_path: Path) -> None:
    if truth_path.resolve().is_relative_to(registers_dir.resolve()):
        raise ValueError(f"truth_path {truth_path} lies in {registers_dir}; expected a path outside the registers")


def _write_small(province: Province, registers_dir: Path, truth_path: Path) -> None:
    _check(registers_dir, truth_path)
    registers_dir.mkdir(parents=True, exist_ok=True)
    truth_path.parent.mkdir(parents=True, exist_ok=True)
    for name, table in province.registers.items():
        if name not in BY_MONTH:
            csv.write_csv(table, registers_dir / f"{name}.csv")
    pq.write_table(province.truth, truth_path)
    pq.write_table(province.kinds, truth_path.with_name("kinds.parquet"))
    pq.write_table(province.visits, truth_path.with_name("visits_truth.parquet"))
    if province.claims_truth is not None:
        pq.write_table(province.claims_truth, truth_path.with_name(f"{CLAIMS_TRUTH}.parquet"))
    parameters = {"seed": province.seed, "version": version("plumbline"), "knobs": asdict(province.knobs)}
    text = json.dumps(parameters, default=str, indent=2)
    truth_path.with_name("parameters.json").write_text(text + "\n", encoding="utf-8")
