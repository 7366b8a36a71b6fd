"""Rows to learn from and to be judged by: snapshots joined with what happened afterwards, every dropped row counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import ibis.expr.types as ir
import numpy as np
import pandas as pd
from dateutil.relativedelta import relativedelta

from features.engine import Engine
from features.errors import BadInput
from features.feature import Feature
from features.lake.lake import Lake
from features.registers.plausible import PLAUSIBLE
from features.snapshots.take import take_employer_snapshot
from training.labels import COUNTS, Label, label_of, outcomes
from training.limits import CALENDAR_MONTHS

Progress = Callable[[str, int, int], None]
STRAY = 0.001  # of a register's rows
GAP = dt.timedelta(days=366)  # a register in use is not silent for a year
REGISTERS = {  # that tell of each subject
    "employers": ("complaints", "inspections", "payroll", "contributions"),
    "claims": ("claims", "claim_decisions"),
}


@dataclass(frozen=True)
class Dataset:
    """`rows`: as_of, employer_id, descriptions, features, counts of what happened, and `label` once one is chosen;
    `dropped`: rows left out, by reason (a key of counts.toml)."""

    rows: pd.DataFrame
    dropped: dict[str, int]


def observed(
    lake: Lake,
    engine: Engine,
    days: Sequence[dt.date],
    features: Sequence[Feature],
    *,
    months: int,
    known_by: dt.date,
    version: int | None = None,
    on_progress: Progress | None = None,
) -> Dataset:
    """Employers known by each of `days` and not closed, with what happened over the next `months` as known by `known_by`."""
    snapshot = take_employer_snapshot(lake, engine, days, features, version, on_progress)
    rows = snapshot.to_pandas(date_as_object=True)
    happened = outcomes(lake, engine, days, months, known_by, version)
    dropped = _strangers(rows, happened)
    rows = rows.merge(happened, on=["as_of", "employer_id"], how="left")
    rows[list(COUNTS)] = rows[list(COUNTS)].fillna(0)
    closed = rows["closed_on"].notna()
    dropped["closed"] = int(closed.sum())
    return Dataset(rows[~closed].reset_index(drop=True), _some(dropped))


def labelled(data: Dataset, label: Label) -> Dataset:
    """The rows of which the label is known; the others are counted as dropped."""
    labels = label_of(data.rows, label)
    unknown = labels.isna()
    reason = "not_looked_at" if label == "finding" else "undecided"
    rows = data.rows.assign(label=labels)[~unknown].reset_index(drop=True)
    return Dataset(rows, _some({**data.dropped, reason: int(unknown.sum())}))


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {reason: count for reason, count in counts.items() if count}


def _strangers(rows: pd.DataFrame, happened: pd.DataFrame) -> dict[str, int]:
    known = pd.MultiIndex.from_frame(rows[["as_of", "employer_id"]])
    theirs = pd.MultiIndex.from_frame(happened[["as_of", "employer_id"]])
    return {"not_known_yet": int((~theirs.isin(known)).sum())}


def first_and_last_day(
    lake: Lake, engine: Engine, version: int | None = None, subject: str = "employers"
) -> tuple[dt.date, dt.date]:
    """The first and the last day on which anything was known in the registers that tell of `subject`; BadInput without rows.

    Days that are implausible in these registers, and days after the ingest that made the version, do not
    count as data. Nor do a few rows known long before all others of their register: they are slips (1994
    for 2024), and would stretch the history over years without data.
    """
    created = lake.manifest(version).created
    ingested = dt.date.fromisoformat(created[:10]) if created else dt.date.max
    firsts: list[dt.date] = []
    lasts: list[dt.date] = []
    registers = REGISTERS[subject]
    for register in registers:
        if lake.has(register, version):
            rows = engine.read([f.path for f in lake.files(register, version)], lake.schema(register))
            counts = _rows_by_day(engine, rows, "known_on", ingested)
            firsts += [day for day in [_first_with_data(counts)] if day]
            learned = [c for c in ("decided_on", "closed_on", "paid_on") if c in rows.columns]
            lasts += [
                max(days) for days in (counts, *(_rows_by_day(engine, rows, c, ingested) for c in learned)) if days
            ]
    if not firsts:
        raise BadInput(
            "there is nothing to learn from",
            found=f"no rows in {', '.join(registers)}",
            expected="at least one of these registers",
            do=f"run: plumbline ingest DIR, with {registers[0]}.csv in it",
        )
    return min(firsts), max(lasts)


def _rows_by_day(engine: Engine, rows: ir.Table, column: str, ingested: dt.date) -> dict[dt.date, int]:
    """How many rows each plausible day in `column` has, until the day of the ingest."""
    days = rows.filter(rows[column].between(PLAUSIBLE["happened"].earliest, ingested))
    counted = engine.fetch(days.group_by(day=days[column]).agg(rows=days.count()))
    return dict(zip(counted["day"].to_pylist(), counted["rows"].to_pylist(), strict=True))


def _first_with_data(counts: dict[dt.date, int]) -> dt.date | None:
    """The first day, leaving out up to STRAY of the rows that lie more than a GAP before all others; None without rows."""
    days, known = sorted(counts), 0
    first = days[0] if days else None
    for day, following in pairwise(days):
        known += counts[day]
        if known > STRAY * sum(counts.values()):
            break
        if following - day > GAP:
            first = following
    return first


def used_features(rows: pd.DataFrame, features: Sequence[Feature]) -> list[str]:
    """Names of the features that a model may learn from and that say anything at all in `rows`.

    One that says the same of everybody on each day (the time of the year) is left out while the days cover less
    than two years: it would only number the days.
    """
    told = [
        f.name for f in features if f.learned and rows[f.name].notna().any() and rows[f.name].nunique(dropna=False) > 1
    ]
    first, last = min(rows["as_of"]), max(rows["as_of"])
    if last >= first + relativedelta(months=CALENDAR_MONTHS):
        return told
    a_day = rows.groupby("as_of")[told].nunique(dropna=False).max()
    return [name for name in told if a_day[name] > 1]


def float_matrix(rows: pd.DataFrame, names: Sequence[str]) -> np.ndarray:
    """(rows, names) as float64, NaN where missing."""
    return rows[list(names)].to_numpy(dtype=np.float64)
