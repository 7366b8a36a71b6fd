"""Which claims are reviewed, when, why, and what is found; and what was paid until then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Array, Columns, Days, Flags, Ints
from experiments.province.benefits.claims import DAY, Claims
from experiments.province.benefits.people import People
from experiments.province.chance import waiting_days
from experiments.province.knobs import Knobs
from experiments.province.ledger import NEVER
from experiments.province.months import Months

FINDINGS = {  # the truth about a kind; all others are genuine
    "refiled": "duplicate",
    "second_pension": "duplicate",
    "working": "fraud",
    "concealed_death": "fraud",
    "ring": "fraud",
    "sham": "fraud",
    "late_death": "error",
}
DEATHS = ("late_death", "concealed_death")  # reviewed when the death becomes known


@dataclass(frozen=True)
class Reviews:
    """One value a claim: NaT and empty where it was not reviewed."""

    opened_on: Days
    decided_on: Days
    finding: Array
    trigger: Array
    stops: Flags  # the decision ends what is paid


def truths(kind: Array) -> Array:
    """What a perfect review of claims of these kinds would find."""
    return np.array([FINDINGS.get(each, "genuine") for each in kind], dtype=object)


def draw_reviews(claims: Claims, people: People, months: Months, knobs: Knobs, rng: np.random.Generator) -> Reviews:
    """Tips, which know more than chance; large amounts by routine; some by lot; late deaths when they are known."""
    number, truth = len(claims), truths(claims.kind)
    tip = np.select([truth == "fraud", truth == "duplicate"], [knobs.tips, 1.5 * knobs.tips], knobs.tips / 100)
    large = claims.amount > np.quantile(claims.amount, 0.9)
    by_routine = knobs.routine_reviews * (1 + 4 * large)
    lot = rng.random(number)
    trigger = np.select(
        [lot < tip, lot < tip + by_routine, lot < tip + by_routine + knobs.random_reviews],
        ["tip", "routine", "random"],
        "",
    ).astype(object)
    began = np.maximum(claims.filed_at.astype("datetime64[D]"), months.first_days[months.first])
    opened_on = began + rng.integers(1, 60, number).astype("timedelta64[D]")
    dead = np.isin(claims.kind, DEATHS)
    trigger[dead] = "routine"
    opened_on[dead] = people.death_known_on[claims.person[dead]] + DAY
    decided_on = opened_on + waiting_days(knobs.review_days, 1.0, number, rng).astype("timedelta64[D]")
    right = rng.random(number) < knobs.review_right
    slip = np.where(rng.random(number) < 0.01, "error", "genuine")
    finding = np.where(right & (truth != "genuine"), truth, slip)
    reviewed = (trigger != "") & (opened_on <= months.end)
    return Reviews(
        opened_on=np.where(reviewed, opened_on, NEVER),
        decided_on=np.where(reviewed & (decided_on <= months.end), decided_on, NEVER),
        finding=np.where(reviewed, finding, ""),
        trigger=np.where(reviewed, trigger, ""),
        stops=reviewed & (finding != "genuine"),
    )


def draw_payouts(claims: Claims, reviews: Reviews, months: Months, rng: np.random.Generator) -> Columns:
    """What was paid in covered months: monthly for pensions and unemployment, else once. `claim` is a row number.

    The last month of an unemployment benefit is paid by its days. A decision against the claim ends it.
    """
    monthly = np.isin(claims.scheme, ("pension", "unemployment"))
    first = np.maximum(
        months.number_of(np.maximum(claims.starts_on, claims.filed_at.astype("datetime64[D]"))), months.first
    )
    last = np.where(np.isnat(claims.stops_on), months.number - 1, months.number_of(claims.stops_on))
    length = np.where(monthly, np.clip(last, None, months.number - 1) - first + 1, 1).clip(0)
    claim = np.repeat(np.arange(len(claims)), length)
    month = first[claim] + np.arange(len(claim)) - np.repeat(np.cumsum(length) - length, length)
    waits = rng.integers(12, 46, len(claim)).astype("timedelta64[D]")
    paid_on = np.where(
        monthly[claim],
        months.first_days[np.minimum(month + 1, months.number)]
        + rng.integers(8, 13, len(claim)).astype("timedelta64[D]"),
        claims.filed_at.astype("datetime64[D]")[claim] + waits,
    )
    ended = reviews.stops[claim] & (paid_on > reviews.decided_on[claim])
    kept = (paid_on >= months.first_days[months.first]) & (paid_on <= months.end) & ~ended
    claim, month, paid_on = claim[kept], month[kept], paid_on[kept]
    return {
        "claim": claim,
        "paid_at": paid_on.astype("datetime64[s]") + rng.integers(0, 86_400, len(claim)).astype("timedelta64[s]"),
        "amount": _amounts(claims, claim, month, months),
        "period": np.where(monthly[claim], months.first_days[np.minimum(month, months.number - 1)], NEVER),
    }


def _amounts(claims: Claims, claim: Ints, month: Ints, months: Months) -> Ints:
    """Cents; by days in the month in which an unemployment benefit stops."""
    stops = claims.stops_on[claim]
    partly = (claims.scheme[claim] == "unemployment") & (months.number_of(stops) == month)
    days = (stops - stops.astype("datetime64[M]").astype("datetime64[D]")).astype(int) + 1
    share = np.where(partly, np.minimum(days, 30) / 30, 1.0)
    return np.rint(claims.amount[claim] * share).astype(np.int64)
