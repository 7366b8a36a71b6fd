"""A small fund in which eight people who claim to one account within days are a ring: enough claims to learn from, in a second."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import expit

FIRST, LAST = dt.date(2023, 1, 1), dt.date(2024, 12, 31)
CLAIM = ["claim_id", "scheme", "filed_at", "person_id", "region", "amount", "account"]
DECISION = ["claim_id", "opened_on", "decided_on", "finding", "amount_lost", "trigger"]
PAYOUT = ["payout_id", "claim_id", "paid_at", "amount"]


def write_claims(folder: Path, claims: int = 1500, rings: int = 60, seed: int = 0) -> Path:
    """claims.csv, payouts.csv and claim_decisions.csv over two years in `folder`.

    A third of the ring's claims are reviewed, on tips; of the others one in fifteen, half of them by lot. Reviews are
    decided 40 days after filing, and find what is wrong.
    """
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    filed = [(int(day), f"a{n:05}", False) for n, day in enumerate(random.integers(0, 730, claims))]
    for ring, day in enumerate(random.integers(0, 730, rings)):
        filed += [(min(729, int(day) + int(late)), f"ring{ring}", True) for late in random.integers(0, 10, 8)]
    made, decided, paid = [], [], []
    for n, (after, account, wrong) in enumerate(filed):
        day = FIRST + dt.timedelta(days=after)
        made.append(
            [f"c{n:05}", "medical", f"{day}T10:00:00", f"p{n:05}", ["North", "South"][n % 2], 500 + n % 100, account]
        )
        paid.append([f"f{n:05}", f"c{n:05}", f"{day + dt.timedelta(days=60)}T10:00:00", 500 + n % 100])
        if random.random() < (1 / 3 if wrong else 1 / 15):
            found = ["fraud", 500] if wrong else ["genuine", 0]
            trigger = "tip" if wrong and n % 2 else str(random.choice(["random", "routine"]))
            decided.append([f"c{n:05}", day + dt.timedelta(days=10), day + dt.timedelta(days=40), *found, trigger])
    over = [row for row in decided if row[2] <= LAST]
    for name, header, rows in (("claims", CLAIM, made), ("claim_decisions", DECISION, over), ("payouts", PAYOUT, paid)):
        with (folder / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([header, *[row for row in rows if str(row[2])[:10] <= str(LAST)]])
    return folder


def listed_claims(claims: int, seed: int, lists: int = 12) -> pd.DataFrame:
    """Claims of two regions as `followed` tells them, after a list a week in each: the first by `sign` for certain, others by lot.

    What is listed is decided within days, tips decide others, and neither is listed again. Regions differ in how many are
    wrong and how many are drawn; `wrong` is the truth, found without mistake.
    """
    random = np.random.default_rng(seed)
    north, sign = random.random(claims) < 0.4, random.normal(size=claims)
    wrong = random.random(claims) < expit(-3.8 + 1.5 * sign + 1.2 * north)
    chance, listed, decided = np.full(claims, np.nan), np.full(claims, -1), np.full(claims, -1)
    tipped = np.zeros(claims, dtype=bool)
    for week in range(lists):
        for own in (north, ~north):
            open_ones = np.flatnonzero(own & (decided < 0))
            open_ones = open_ones[np.argsort(-sign[open_ones])]
            lots = 24 if own is north else 8
            drawn = random.choice(open_ones[30:], lots, replace=False)
            chance[open_ones[:30]], chance[drawn] = 1.0, lots / (len(open_ones) - 30)
            both = np.r_[open_ones[:30], drawn]
            listed[both], decided[both] = 7 * week, 7 * week + random.integers(0, 6, len(both))
        tips = (decided < 0) & (random.random(claims) < np.where(wrong, 0.02, 0.001))
        tipped |= tips
        decided[tips] = 7 * week + 3
    day = lambda after: FIRST + dt.timedelta(days=int(after)) if after >= 0 else None  # noqa: E731
    trigger = np.where(tipped, "tip", np.where(chance < 1, "random", "alert")).astype(object)
    return pd.DataFrame(
        {
            "claim_id": [f"c{n:05}" for n in range(claims)], "region": np.where(north, "North", "South"),
            "sign": sign, "wrong": wrong, "chance": chance, "listed_on": [day(d) for d in listed],
            "decided_on": [day(d) for d in decided], "first_trigger": np.where(decided < 0, None, trigger),
            "finding": np.where(decided < 0, None, np.where(wrong, "fraud", "genuine").astype(object)),
        }
    )  # fmt: skip
