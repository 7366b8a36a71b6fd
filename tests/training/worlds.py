"""A small authority in which bad payers are complained of again: enough rows to learn from, in a second."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np

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
