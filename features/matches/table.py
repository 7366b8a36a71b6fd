"""The matches of claims as of their days, as one table expression: both engines run it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.things import thing_column
from features.known import flag, total
from features.limits import LIKELY_MATCH, SUREST_MATCH
from features.matches.measures import MATCHES
from features.matches.pairs import OTHER, others_of
from features.snapshots.claims import filed_before
from features.snapshots.measures import with_measures

KEY = ("as_of", "claim_id")
ACCOUNT = thing_column("account")


def matches_as_of(claims: ir.Table, register: ir.Table, pairs: ir.Table, payouts: ir.Table | None = None) -> ir.Table:
    """(as_of, claim_id, `matches.*`), a row for each of `claims`; of other claims only those active on the day count.

    `claims` come from `claims_known_by`; `register`, `pairs` and `payouts` as in `others_of`.
    """
    return matches_among(claims, others_of(claims, register, pairs, payouts))


def matches_among(claims: ir.Table, there: ir.Table) -> ir.Table:
    """`matches_as_of`, from claims beside those they were compared with, as `others_of` tells them."""
    there = there.filter(there.other_active)
    order = [ibis.desc("probability"), f"{OTHER}claim.filed_on", "other_claim_id"]
    there = there.mutate(place=ibis.row_number().over(ibis.window(group_by=list(KEY), order_by=order)))
    found = _counted(there).join(_with_the_best(there), list(KEY))
    found = found.rename({measure.column: measure.name for measure in MATCHES.values()})
    return with_measures(claims.select(*KEY), found, MATCHES, KEY)


def _counted(there: ir.Table) -> ir.Table:
    same_scheme = there["claim.scheme"] == there[f"{OTHER}claim.scheme"]
    likely = there.probability >= LIKELY_MATCH
    surely = there.probability.clip(upper=SUREST_MATCH)
    elsewhere = there["claim.region"] != there[f"{OTHER}claim.region"]
    return there.group_by(list(KEY)).agg(
        best=surely.max(),
        best_same_scheme=surely.max(where=same_scheme).fill_null(0.0),
        second=surely.max(where=there.place == 1).fill_null(0.0),
        likely=total(flag(likely)),
        likely_other_region=total(flag(likely & same_scheme & elsewhere)),
    )


def _with_the_best(there: ir.Table) -> ir.Table:
    best = there.filter(there.place == 0)
    account, other_account = best[ACCOUNT], best[f"{OTHER}{ACCOUNT}"]
    filed, other_filed = best["claim.filed_on"], best[f"{OTHER}claim.filed_on"]
    amount, other_amount = best["claim.amount"].cast("float64"), best[f"{OTHER}claim.amount"].cast("float64")
    return best.select(
        *KEY,
        overlap_days=_overlap(best),
        days_between_filings=filed.delta(other_filed, unit="day").abs(),
        same_account=ibis.ifelse(
            account.isnull() | other_account.isnull(), ibis.null("int64"), flag(account == other_account)
        ),
        amount_difference=(amount - other_amount).abs() / ibis.greatest(amount, other_amount).nullif(0),
        filed_earlier=flag(filed_before(other_filed, best.other_claim_id, filed, best.claim_id)),
    )


def _overlap(best: ir.Table) -> ir.Value:
    """Days by the day on which both are claimed for. Without a last day a pension goes on, any other benefit is one day's."""
    starts, ends = [], []
    for side in ("", OTHER):
        start = best[f"{side}claim.starts_on"].fill_null(best[f"{side}claim.filed_on"])
        lasts = ibis.ifelse(best[f"{side}claim.scheme"] == "pension", best.as_of, start)
        starts.append(start)
        ends.append(ibis.least(best[f"{side}claim.ends_on"].fill_null(lasts), best.as_of))
    days = ibis.least(*ends).delta(ibis.greatest(*starts), unit="day") + 1
    return ibis.greatest(days, 0)
