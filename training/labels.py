"""What happened to employers in the horizon after a day, as far as it was known by another day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from dateutil.relativedelta import relativedelta

from features.engine import Engine
from features.folds.complaints import about_wages
from features.known import cents, flag, total
from features.lake.lake import Lake
from features.registers import REGISTERS

Label = Literal["event", "finding", "complaint"]
LABELS: tuple[Label, ...] = ("event", "finding", "complaint")


def outcomes(
    lake: Lake, engine: Engine, days: Sequence[dt.date], months: int, known_by: dt.date, version: int | None = None
) -> pd.DataFrame:
    """Per as_of and employer_id with anything in the horizon (as_of, as_of + months]: counts, as known by `known_by`.

    Columns: wage_complaints, proven, undecided (complaints); arrears, cleared, not_found, unfinished (inspections),
    all four also, `planned_`, of those that answered no complaint, and, `drawn_`, of those drawn with a chance: a list's
    whose chance the register tells, those listed for certain among them, and all by lot. Of these what they weigh,
    `inverse_arrears` and `inverse_cleared`: the sums of 1 / chance where it is told; and those by lot of which it is not
    told, `even_arrears` and `even_cleared`. Opened: chosen, planned, by_lot, even (by lot, chance not told) and
    untold_list (of a list, not by lot, chance not told). money and workers (found owed; main unit, persons).
    """
    windows = ibis.memtable(
        pa.table(
            {
                "as_of": pa.array(list(days), pa.date32()),
                "until": pa.array([day + relativedelta(months=months) for day in days], pa.date32()),
            }
        )
    )
    parts = [
        engine.fetch(
            _counted(count(standing_rows(lake, engine, register, known_by, version), known_by), windows)
        ).to_pandas()
        for register, count in (("complaints", _complaints), ("inspections", _inspections))
        if lake.has(register, version)
    ]
    together = pd.concat(parts) if parts else pd.DataFrame(columns=["as_of", "employer_id"])
    together["as_of"] = pd.to_datetime(together["as_of"]).dt.date
    summed = together.groupby(["as_of", "employer_id"], as_index=False).sum()
    return summed.reindex(columns=["as_of", "employer_id", *COUNTS]).fillna(dict.fromkeys(COUNTS, 0))


FINDINGS = ("arrears", "cleared", "not_found", "unfinished")
ARMS = ("", "planned_", "drawn_")
OPENED = ("chosen", "planned", "by_lot", "even", "untold_list")
INVERSE = ("inverse_arrears", "inverse_cleared")
EVEN = ("even_arrears", "even_cleared")
COUNTS = (
    "wage_complaints", "proven", "undecided", *[f"{arm}{finding}" for arm in ARMS for finding in FINDINGS], *INVERSE,
    *EVEN, *OPENED, "workers", "money",
)  # fmt: skip


def label_of(counts: pd.DataFrame, label: Label) -> pd.Series:
    """1.0, 0.0, or NaN where it is not known (yet): one for each row of `counts` (0 counts: nothing happened)."""
    if label == "complaint":
        return (counts["wage_complaints"] > 0).astype("float64")
    if label == "finding":
        return finding_of(counts)
    proven = (counts["proven"] + counts["arrears"]) > 0
    open_ = (counts["undecided"] + counts["unfinished"]) > 0
    return proven.astype("float64").where(proven | ~open_)


def finding_of(counts: pd.DataFrame, arm: str = "") -> pd.Series:
    """What inspections found: 1.0 arrears, 0.0 none, NaN where nobody looked, nobody was found or nothing is concluded.

    `arm` of ARMS: all inspections, those that answered no complaint (by lot among them), those drawn with a chance.
    """
    arrears, cleared = counts[f"{arm}arrears"], counts[f"{arm}cleared"]
    return (arrears > 0).astype("float64").where((arrears + cleared) > 0)


def standing_rows(
    lake: Lake, engine: Engine, register: str, known_by: dt.date, version: int | None, since: dt.date | None = None
) -> ir.Table:
    """The rows of `register` as they stood on `known_by`; of one kept by months only those `since` one (its first day)."""
    files = [f for f in lake.files(register, version) if since is None or f.partition >= f"{since:%Y-%m}"]
    rows = engine.read([file.path for file in files], lake.schema(register))
    rows = rows.filter(rows.known_on <= ibis.literal(known_by))
    window = ibis.window(group_by=list(REGISTERS[register].key), order_by=ibis.desc("known_on"))
    rows = rows.mutate(newest=ibis.row_number().over(window))
    return rows.filter(rows.newest == 0)


def _complaints(rows: ir.Table, known_by: dt.date) -> ir.Table:
    decided = (rows.outcome.notnull() & (rows.decided_on <= ibis.literal(known_by))).fill_null(False)
    proven = flag(decided & (rows.outcome == "proven"))
    return rows.select(
        "employer_id",
        happened=rows.filed_on,
        wage_complaints=flag(about_wages(rows.topic)),
        proven=proven,
        undecided=flag(~decided),
        workers=rows.workers.fill_null(1).cast("int64") * proven,
        money=cents(rows.amount_proven) * proven,
    )


def _inspections(rows: ir.Table, known_by: dt.date) -> ir.Table:
    """An inspection whose trigger is not told counts as chosen, and as one that answered no complaint."""
    closed = (rows.finding.notnull() & (rows.closed_on <= ibis.literal(known_by))).fill_null(False)
    by_lot = flag(rows.trigger == "random")
    planned = 1 - flag(rows.trigger == "complaint")
    told = flag(rows.chance.notnull())
    even = by_lot * (1 - told)
    inverse = 1 / rows.chance.fill_null(1.0)
    found = {
        "arrears": flag(closed & (rows.finding == "arrears")),
        "cleared": flag(closed & ~rows.finding.isin(["arrears", "not_found"])),
        "not_found": flag(closed & (rows.finding == "not_found")),
        "unfinished": flag(~closed),
    }
    return rows.select(
        "employer_id",
        happened=rows.opened_on,
        **found,
        **{f"planned_{name}": planned * count for name, count in found.items()},
        **{f"drawn_{name}": (told + even) * count for name, count in found.items()},
        **{f"inverse_{name}": inverse * told * found[name] for name in ("arrears", "cleared")},
        **{f"even_{name}": even * found[name] for name in ("arrears", "cleared")},
        chosen=1 - by_lot,
        planned=planned * (1 - by_lot),
        by_lot=by_lot,
        even=even,
        untold_list=flag(rows.trigger == "watchlist") * (1 - told),
        workers=rows.workers_owed.fill_null(0).cast("int64") * found["arrears"],
        money=cents(rows.amount_owed) * found["arrears"],
    )


def _counted(rows: ir.Table, windows: ir.Table) -> ir.Table:
    inside = rows.join(windows, [rows.happened > windows.as_of, rows.happened <= windows.until])
    sums = {name: total(inside[name]) for name in COUNTS if name in rows.columns and name not in (*INVERSE, "money")}
    weights = {name: inside[name].sum() for name in INVERSE if name in rows.columns}
    return inside.group_by(["as_of", "employer_id"]).agg(**sums, **weights, money=total(inside.money) / 100)
