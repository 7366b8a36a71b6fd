"""A small authority in which bad payers are complained of again: enough rows to learn from, in a second."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit

from training.labels import COUNTS

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2022, 12, 31)


def write_registers(folder: Path, employers: int = 300, seed: int = 0) -> Path:
    """employers.csv and complaints.csv over three years in `folder`; a fifth of the employers are complained of often."""
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    rate = np.where(random.random(employers) < 0.2, 3.0, 0.15)
    with (folder / "employers.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["employer_id", "name", "industry", "region", "registered_on", "closed_on"])
        for e in range(employers):
            closed = "2021-06-30" if e % 50 == 0 else ""
            rows.writerow([f"e{e:04}", f"Employer {e}", "ABC"[e % 3], ["North", "South"][e % 2], "2015-01-01", closed])
    with (folder / "complaints.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            [
                "complaint_id",
                "employer_id",
                "filed_on",
                "topic",
                "amount_claimed",
                "outcome",
                "amount_proven",
                "decided_on",
            ]
        )
        days = (LAST - FIRST).days
        for e in range(employers):
            for n in range(random.poisson(rate[e] * 3)):
                filed = FIRST + dt.timedelta(days=int(random.integers(0, days)))
                decided = filed + dt.timedelta(days=int(random.integers(20, 90)))
                proven = random.random() < 0.6
                known = (
                    ["proven" if proven else "unproven", "500" if proven else "", decided]
                    if decided <= LAST
                    else ["", "", ""]
                )
                rows.writerow([f"c{e}-{n}", f"e{e:04}", filed, "wages", "1000", *known])
    return folder


def write_inspections(folder: Path, employers: int = 300, seed: int = 1) -> Path:
    """inspections.csv beside `write_registers`' files: bad payers are visited thrice as often, a few visits are by lot."""
    random = np.random.default_rng(seed)
    bad = np.random.default_rng(0).random(employers) < 0.2
    with (folder / "inspections.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            [
                "inspection_id",
                "employer_id",
                "opened_on",
                "trigger",
                "closed_on",
                "finding",
                "workers_owed",
                "amount_owed",
            ]
        )
        for e in range(employers):
            for n in range(random.poisson(4.5 if bad[e] else 1.5)):
                opened = FIRST + dt.timedelta(days=int(random.integers(0, (LAST - FIRST).days - 40)))
                trigger = str(random.choice(["routine", "complaint", "random"], p=[0.5, 0.3, 0.2]))
                owes = bad[e] and random.random() < 0.7
                found = ["arrears", "5", "2000"] if owes else ["clean", "", ""]
                rows.writerow([f"i{e}-{n}", f"e{e:04}", opened, trigger, opened + dt.timedelta(days=30), *found])
    return folder


def inspected_world(employers: int, days: int, seed: int) -> pd.DataFrame:
    """Rows as `observed` makes them, of which everything is known: `owes` (the truth) and `chance` of being chosen.

    Inspectors choose by `sign`, which also goes with owing; a thirtieth is drawn by lot; findings are never mistaken.
    """
    random = np.random.default_rng(seed)
    parts = []
    for day in range(days):
        sign, noise = random.normal(size=employers), random.normal(size=employers)
        owes = random.random(employers) < expit(-3 + 1.2 * sign)
        chance = expit(-2.5 + 1.2 * sign)
        chosen, by_lot = random.random(employers) < chance, random.random(employers) < 1 / 30
        counts = {name: np.zeros(employers) for name in COUNTS}
        counts |= {"chosen": chosen * 1.0, "planned": chosen * 1.0, "by_lot": by_lot * 1.0, "even": by_lot * 1.0}
        for arm, seen in (("", chosen | by_lot), ("planned_", chosen | by_lot), ("drawn_", by_lot), ("even_", by_lot)):
            counts |= {f"{arm}arrears": (seen & owes) * 1.0, f"{arm}cleared": (seen & ~owes) * 1.0}
        ids = [f"e{e:05}" for e in range(employers)]
        as_of = FIRST + dt.timedelta(days=30 * day)
        known = {"as_of": as_of, "employer_id": ids, "sign": sign, "noise": noise, "owes": owes * 1.0, "chance": chance}
        parts.append(pd.DataFrame({**known, **counts}))
    return pd.concat(parts, ignore_index=True)


def listed_world(employers: int, seed: int) -> pd.DataFrame:
    """Rows as `observed` makes them, after a list in each of two regions: the first by `sign` for certain, others by lot.

    Regions differ in how many owe and in how many places their lists have; `owes` is the truth, found without mistake.
    """
    random = np.random.default_rng(seed)
    north = random.random(employers) < 0.4
    sign = random.normal(size=employers)
    owes = random.random(employers) < expit(-3.4 + 1.2 * sign + 1.2 * north)
    chance = np.zeros(employers)
    for region, sure, lots in ((north, 40, 400), (~north, 60, 100)):
        own = np.flatnonzero(region)
        chance[own] = lots / (len(own) - sure)
        chance[own[np.argsort(-sign[own])[:sure]]] = 1.0
    seen = random.random(employers) < chance
    counts = {name: np.zeros(employers) for name in COUNTS}
    by_lot = seen & (chance < 1)
    counts |= {"chosen": (seen & ~by_lot) * 1.0, "planned": (seen & ~by_lot) * 1.0, "by_lot": by_lot * 1.0}
    for name, found in (("arrears", seen & owes), ("cleared", seen & ~owes)):
        counts |= {f"{arm}{name}": found * 1.0 for arm in ("", "planned_", "drawn_")}
        counts[f"inverse_{name}"] = np.where(found, 1 / chance, 0.0)
    ids = [f"e{e:05}" for e in range(employers)]
    known = {
        "as_of": FIRST,
        "employer_id": ids,
        "sign": sign,
        "owes": owes * 1.0,
        "told": np.where(seen, chance, np.nan),
    }
    return pd.DataFrame({**known, **counts})
