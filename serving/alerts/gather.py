"""Gather from the lake what is shown of the claims on a list, as known on the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.engine import Engine
from features.lake.lake import Lake
from features.registers import REGISTERS
from features.rings.arrays import Evidence as Rings
from features.rings.members import ring_members
from features.rings.reckon import rings_on
from features.rings.table import day_number
from features.snapshots.claims import CENTS, claims_known_by
from features.snapshots.lake_tables import rows_if_there
from features.work.make import months_at_work
from serving.alerts.alert import WorkMonth
from serving.alerts.evidence import Likely, Record
from serving.dossier.registers import standing_on
from serving.limits import LARGEST_RING

PREFIX = "claim."


def records_of(lake: Lake, engine: Engine, version: int, as_of: dt.date, claims: Sequence[str]) -> dict[str, Record]:
    """By claim its row of the register, as it was written on the day; the amount in the main unit."""
    wanted = pa.table({"claim_id": pa.array(sorted(set(claims)), pa.string())})
    asked = wanted.append_column("as_of", pa.array([as_of] * wanted.num_rows, pa.date32()))
    rows = engine.read([file.path for file in lake.files("claims", version)], lake.schema("claims"))
    found = engine.fetch(claims_known_by(rows, ibis.memtable(asked)))
    return {row["claim_id"]: _record(row) for row in found.to_pylist()}


def _record(row: dict[str, Any]) -> Record:
    record = {name.removeprefix(PREFIX): value for name, value in row.items() if name.startswith(PREFIX)}
    amount = record["amount"]
    return {**record, "claim_id": row["claim_id"], "amount": None if amount is None else amount / CENTS}


def likely_same(pairs: Path | None, as_of: dt.date, claims: Sequence[str]) -> dict[str, list[Likely]]:
    """By claim the others that are likely the same person's and were known by the day, likeliest first. None: not compared."""
    if pairs is None:
        return {}
    wanted = pa.array(sorted(set(claims)), pa.string())
    table = pq.read_table(pairs)
    table = table.filter(pc.less_equal(table["known_on"], pa.scalar(as_of, pa.date32())))
    found: dict[str, list[Likely]] = {}
    for one, other in (("claim_id", "other_claim_id"), ("other_claim_id", "claim_id")):
        for row in table.filter(pc.is_in(table[one], value_set=wanted)).to_pylist():
            found.setdefault(row[one], []).append(Likely(row[other], row["probability"], row["known_on"]))
    return {claim: sorted(own, key=lambda like: (-like.probability, like.claim_id)) for claim, own in found.items()}


def rings_named(found: Rings, as_of: dt.date, claims: Sequence[str]) -> list[str | None]:
    """The ring of each claim as of the day, named alike for all its claims; None for no ring, and for one too large to be
    looked at as a whole."""
    ring = rings_on(found, day_number(as_of))
    sizes = np.bincount(ring.component) if len(ring.component) else np.zeros(0, dtype=np.int64)
    own = {
        found.claim_ids[claim].as_py(): f"ring {number}"
        for claim, number in zip(ring.claim.tolist(), ring.ring.tolist(), strict=True)
        if 1 < sizes[number] <= LARGEST_RING
    }
    return [own.get(claim) for claim in claims]


def what_ties(found: Rings, as_of: dt.date, claims: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Of all claims in the rings of `claims`, what ties their persons to the ring: (kind of thing, the thing)."""
    ties: dict[str, list[tuple[str, str]]] = {}
    for row in ring_members(found, as_of, claims).to_pylist():
        own = ties.setdefault(row["member_claim_id"], [])
        if (row["kind"], row["thing"]) not in own:
            own.append((row["kind"], row["thing"]))
    return ties


def work_of(
    lake: Lake, engine: Engine, version: int, as_of: dt.date, claims: Sequence[str]
) -> dict[str, list[WorkMonth]]:
    """Of unemployment claims the months claimed for in which a register shows the person at work, the newest first."""
    asked = pa.table({"as_of": pa.array([as_of] * len(claims), pa.date32()), "claim_id": pa.array(claims, pa.string())})
    months: dict[str, list[WorkMonth]] = {}
    if not claims:
        return months
    rows = months_at_work(lake, engine, asked, version).to_pylist()
    regions = regions_of_employers(lake, engine, version, as_of, {row["employer_id"] for row in rows})
    for row in reversed(rows):
        own, employer = months.setdefault(row["claim_id"], []), row["employer_id"]
        if row["on_payroll"]:
            own.append(WorkMonth(row["month"], employer, regions.get(employer), "payroll", row["wage"]))
        if row["insured"]:
            own.append(WorkMonth(row["month"], employer, regions.get(employer), "contributions", row["base"]))
    return months


def regions_of_employers(
    lake: Lake, engine: Engine, version: int, as_of: dt.date, employers: Collection[str]
) -> dict[str, str | None]:
    """By employer its region as known on the day; without those that the register does not have."""
    rows = rows_if_there(lake, engine, "employers", version)
    if rows is None or not employers:
        return {}
    wanted = rows.filter(rows.employer_id.isin(sorted(employers)))
    found = engine.fetch(standing_on(wanted, REGISTERS["employers"], as_of).select("employer_id", "region"))
    return {row["employer_id"]: row["region"] for row in found.to_pylist()}
