"""On which days claims are described for learning: those reviewed around their decision, the others at like ages.

Some evidence is there when a claim is filed; some comes months later, as a second job beside the benefit does. Reviews
come in between. So a claim reviewed is described on its last days before the decision, and once more on a later day,
`after` it: then without anything that the decision itself may have changed (see training.claims.hindsight).

A claim that nobody reviewed has no such days. Were it described on any day, it would be older than those reviewed, as
most reviews come soon, and a model would learn who is reviewed, not who is wrong. So its day is drawn by lot, as likely
at each age, and as often `after`, as claims of its scheme are that anybody reviewed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from dateutil.relativedelta import relativedelta

from training.limits import DESCRIBED_BEFORE, LATEST_DAYS, MOST_UNREVIEWED, QUICK_SHARE

MONTH = 30.44  # days
AGES = (0.0, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 60.0)  # lower ends of bands of age, in months
RARE = 1e-6  # chance of an age at which none of the scheme was reviewed, beside those at which some were

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Described:
    """`rows`: as_of, claim_id, after (see above), and weight, which sums to 1 over the days of a claim reviewed and to
    the claims it stands for of one unreviewed; `dropped`: claims left out, by reason (a key of counts.toml)."""

    rows: pd.DataFrame
    dropped: dict[str, int]


def regular_days(as_of: dt.date, first: dt.date) -> list[dt.date]:
    """Days a month apart back from `as_of`, which is the last, but not before `first`; the latest ones if they are many."""
    days, months = [], 0
    while (day := as_of - relativedelta(months=months)) >= first and months < LATEST_DAYS:
        days.append(day)
        months += 1
    return sorted(days)


def describe(claims: pd.DataFrame, days: Sequence[dt.date], settled: dt.date, seed: int) -> Described:
    """The days of `days` on which each of `claims` (as `claims_known` gives them) is described.

    A claim decided is described on its last few days before the decision, and on one drawn by lot from then to `settled`. One that nobody reviewed is described
    once, on a day by `settled`: on a later one it may only be waiting for its review. Where more than QUICK_SHARE are
    decided before any of `days`, these are described on the evening they became known, and as many of the unreviewed.
    """
    regular = np.array(sorted(days), dtype="datetime64[D]")
    decided = claims["decided_on"].notna().to_numpy()
    early = regular[regular <= np.datetime64(settled)]
    reviewed = _both(_before_decision(claims[decided], regular), _after_decision(claims[decided], early, seed))
    quick = _decided_quickly(claims[decided], reviewed)
    quiet = claims[~decided]
    drawn = quiet.sample(min(len(quiet), MOST_UNREVIEWED), random_state=seed)
    regularly, on_filing = _split(drawn, len(quick) / max(int(decided.sum()), 1), seed)
    unreviewed = pd.concat(
        [
            _at_like_ages(regularly, early, reviewed, seed),
            _on_filing(on_filing[_array(on_filing["known_on"]) <= np.datetime64(settled)]),
        ]
    )
    reviewed = pd.concat([reviewed, quick])
    stands_for = quiet.groupby("scheme").size() / drawn.groupby("scheme").size()
    unreviewed["weight"] = unreviewed["scheme"].map(stands_for)
    dropped = {
        "decided_early": int(decided.sum()) - reviewed["claim_id"].nunique(),
        "too_early": len(drawn) - len(unreviewed),
    }
    kept = ["as_of", "claim_id", "after", "weight"]
    rows = pd.concat([reviewed[kept], unreviewed[kept]]).sort_values(["as_of", "claim_id"], ignore_index=True)
    return Described(rows, {reason: count for reason, count in dropped.items() if count})


def _before_decision(claims: pd.DataFrame, days: Days) -> pd.DataFrame:
    """Up to DESCRIBED_BEFORE days of each claim decided; weights of a claim sum to 1."""
    known, decided = _array(claims["known_on"]), _array(claims["decided_on"])
    end, start = np.searchsorted(days, decided, side="left"), np.searchsorted(days, known, side="left")
    first = np.maximum(start, end - DESCRIBED_BEFORE)
    count = np.maximum(end - first, 0)
    row = np.repeat(np.arange(len(claims)), count)
    day = np.repeat(first, count) + np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    return _rows(claims.iloc[row], days[day]).assign(weight=1.0 / count[row])


def _after_decision(claims: pd.DataFrame, days: Days, seed: int) -> pd.DataFrame:
    """One day of each claim decided, of those on which the decision was known."""
    first = np.searchsorted(days, _array(claims["decided_on"]), side="left")
    some = first < len(days)
    day = np.random.default_rng([seed, 2]).integers(first[some], len(days))
    return _rows(claims[some], days[day], after=True).assign(weight=1.0)


def _both(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Both descriptions of claims, each of half the weight where a claim has both."""
    after = after[after["claim_id"].isin(before["claim_id"])]
    halved = before["claim_id"].isin(after["claim_id"])
    before = before.assign(weight=before["weight"].where(~halved, before["weight"] / 2))
    return pd.concat([before, after.assign(weight=after["weight"] / 2)])


def _decided_quickly(claims: pd.DataFrame, reviewed: pd.DataFrame) -> pd.DataFrame:
    """Those of `claims` (decided) that are not among `reviewed`, on the evening they became known; none where few are."""
    missing = claims[~claims["claim_id"].isin(reviewed["claim_id"])]
    before = missing[_array(missing["known_on"]) < _array(missing["decided_on"])]
    return _on_filing(before if len(missing) > QUICK_SHARE * len(claims) else before.head(0))


def _split(claims: pd.DataFrame, share: float, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    chosen = np.random.default_rng([seed, 1]).random(len(claims)) < share
    return claims[~chosen], claims[chosen]


def _on_filing(claims: pd.DataFrame) -> pd.DataFrame:
    return _rows(claims, _array(claims["known_on"])).assign(weight=1.0)


def _at_like_ages(claims: pd.DataFrame, days: Days, reviewed: pd.DataFrame, seed: int) -> pd.DataFrame:
    """One day of each claim that was known on any of `days`, drawn as likely as ages, and `after`, of `reviewed` are."""
    known = _array(claims["known_on"])
    candidates = known[:, None] <= days[None, :]
    band = np.clip(np.digitize((days[None, :] - known[:, None]).astype(float) / MONTH, AGES) - 1, 0, None)
    chance = np.zeros((2, *candidates.shape))  # described before a decision, and after
    for scheme, rows in claims.reset_index(drop=True).groupby("scheme").groups.items():
        own = np.asarray(rows)
        there = np.bincount(band[own][candidates[own]], minlength=len(AGES))
        for after in (0, 1):
            wanted = reviewed[(reviewed["scheme"] == scheme) & (reviewed["after"] == bool(after))]
            by_band = np.bincount(wanted["band"], weights=wanted["weight"], minlength=len(AGES))
            chance[after, own] = (by_band / np.maximum(there, 1) + RARE)[band[own]] * candidates[own]
    picked = _drawn(np.concatenate(chance, axis=1), seed)
    some = picked >= 0
    is_after, day = np.divmod(picked[some], max(len(days), 1))
    return _rows(claims[some], days[day], is_after.astype(bool))


def _drawn(chance: npt.NDArray[np.float64], seed: int) -> npt.NDArray[np.int64]:
    """A column of each row, as likely as `chance` says; -1 where it says never."""
    cumulated = np.cumsum(chance, axis=1)
    whole = cumulated[:, -1] if cumulated.shape[1] else np.zeros(len(chance))
    lot = np.random.default_rng(seed).random(len(chance)) * whole
    return np.where(whole > 0, (cumulated <= lot[:, None]).sum(axis=1), -1)


def _rows(claims: pd.DataFrame, as_of: Days, after: npt.NDArray[np.bool_] | bool = False) -> pd.DataFrame:
    age = (as_of - _array(claims["known_on"])).astype(float) / MONTH
    return pd.DataFrame(
        {
            "as_of": pd.Series(as_of.astype(object), dtype=object),
            "claim_id": claims["claim_id"].to_numpy(),
            "scheme": claims["scheme"].to_numpy(),
            "band": np.clip(np.digitize(age, AGES) - 1, 0, None),
            "after": after,
        }
    )


def _array(days: pd.Series) -> Days:
    return days.to_numpy().astype("datetime64[D]")
