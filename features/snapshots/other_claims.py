"""The claim against the other claims under its identity number, one by one, as they stood on the day.

Each is set against the newest COMPARED_CLAIMS of its person, itself among them, so that a number under which fifty
thousand claims were filed costs no more than fifty thousand times that many.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from features.benefits import is_monthly
from features.folds.things import thing_column
from features.known import KNOWN_UNTIL, flag, total
from features.limits import COMPARED_CLAIMS
from features.snapshots.claims import claims_as_written, filed_before

NAME = "others"
COMPARED = ("scheme", "region", "filed_on", "starts_on", "ends_on", "amount")
DAYS = ("overlap_days", "overlap_days_same_scheme", "days_apart_same_scheme")
COUNTS = ("active", "active_same_scheme", "same_scheme_elsewhere", "same_start", "same_start_earlier", "same_amount")


def with_other_claims(table: ir.Table, asked: ir.Table, claims: ir.Table) -> ir.Table:
    """`table` of the claims `asked` about with `others.*` columns, told from the register's rows `claims`.

    Counts are 0 where there is no other claim, days are null; all are null where no person is named.
    """
    person = thing_column("person")
    named = asked.filter(asked[person].notnull())
    theirs = _newest_by(numbered(claims), named.select("as_of", person=named[person]).distinct())
    return with_told_others(table, asked, theirs)


def with_told_others(table: ir.Table, asked: ir.Table, theirs: ir.Table) -> ir.Table:
    """`with_other_claims`, from the claims that each person has: asked_on, of_person, other_id, `other_*` of COMPARED."""
    person = thing_column("person")
    own = compared(asked.filter(asked[person].notnull()))
    pairs = own.join(
        theirs,
        [own.as_of == theirs.asked_on, own.person == theirs.of_person, own.claim_id != theirs.other_id],
    )
    told = _told(pairs)
    table = table.left_join(told, ["as_of", "claim_id"]).drop("as_of_right", "claim_id_right")
    counts = {name: table[f"{NAME}.{name}"].fill_null(0) for name in COUNTS}
    unnamed = ibis.null("int64")
    return table.mutate(
        **{f"{NAME}.{name}": ibis.ifelse(table[person].isnull(), unnamed, v) for name, v in counts.items()}
    )


def numbered(claims: ir.Table) -> ir.Table:
    """All that was ever written on claims that name a person, numbered (`number`, of `person`) by when it was known."""
    rows = claims_as_written(claims)
    rows = compared(rows.mutate(as_of=ibis.null("date")), KNOWN_UNTIL, "claim.known_on").drop("as_of")
    rows = rows.filter(rows.person.notnull()).rename(known_on="claim.known_on")
    order = ibis.window(group_by="person", order_by=["known_on", "claim_id"])
    return rows.mutate(number=ibis.row_number().over(order).cast("int64"))


def compared(rows: ir.Table, *more: str) -> ir.Table:
    """What is compared of claims (`claim.*`, `thing.*`): as_of, claim_id, `more`, person, begins, ends and COMPARED."""
    begins = rows["claim.starts_on"].fill_null(rows["claim.filed_on"])
    monthly = is_monthly(rows["claim.scheme"])
    ends = rows["claim.ends_on"].fill_null(ibis.ifelse(monthly, ibis.null("date"), begins))
    columns = {name: rows[f"claim.{name}"] for name in COMPARED}
    return rows.select(
        "as_of", "claim_id", *more, person=rows[thing_column("person")], begins=begins, ends=ends, **columns
    )


def _newest_by(written: ir.Table, asked: ir.Table) -> ir.Table:
    """For each day and person asked about, what stood then of the newest COMPARED_CLAIMS rows known by the day."""
    last = _last_number(written, asked)
    back = last.cross_join(ibis.memtable(pa.table({"back": pa.array(range(COMPARED_CLAIMS), pa.int64())})))
    back = back.select("as_of", "person", number=back.last_number - back.back)
    back = back.filter(back.number >= 0)
    rows = back.join(written, ["person", "number"])
    rows = rows.filter(rows[KNOWN_UNTIL].isnull() | (rows[KNOWN_UNTIL] > rows.as_of))
    return as_theirs(rows)


def as_theirs(rows: ir.Table) -> ir.Table:
    """Rows of `compared` as the other claims of a person: asked_on, of_person, other_id, `other_*`."""
    columns = {f"other_{name}": rows[name] for name in ("begins", "ends", *COMPARED)}
    return rows.select(asked_on="as_of", of_person="person", other_id="claim_id", **columns)


def _last_number(written: ir.Table, asked: ir.Table) -> ir.Table:
    """The number of the last row of the person known by each day asked about: one pass in order of days."""
    rows = written.select("person", day="known_on", number="number", asked=ibis.literal(0, "int64"))
    days = asked.select("person", day="as_of", number=ibis.null("int64"), asked=ibis.literal(1, "int64"))
    both = ibis.union(rows, days)
    until_then = ibis.window(group_by="person", order_by=["day", "asked", "number"], preceding=None, following=0)
    both = both.mutate(last_number=both.number.max().over(until_then))
    return both.filter(both.asked == 1).select("person", "last_number", as_of="day")


def _told(pairs: ir.Table) -> ir.Table:
    same_scheme = pairs.scheme == pairs.other_scheme
    active = (pairs.other_begins <= pairs.as_of) & (pairs.other_ends.isnull() | (pairs.other_ends >= pairs.as_of))
    apart = pairs.filed_on.delta(pairs.other_filed_on, unit="day").abs()
    same_start = same_scheme & (pairs.begins == pairs.other_begins)
    earlier = filed_before(pairs.other_filed_on, pairs.other_id, pairs.filed_on, pairs.claim_id)
    told = {
        "active": total(flag(active)),
        "active_same_scheme": total(flag(active & same_scheme)),
        "same_scheme_elsewhere": total(flag(active & same_scheme & (pairs.region != pairs.other_region))),
        "same_start": total(flag(same_start)),
        "same_start_earlier": total(flag(same_start & earlier)),
        "same_amount": total(flag(same_scheme & (pairs.amount > 0) & (pairs.amount == pairs.other_amount))),
        "overlap_days": _overlap(pairs).max(),
        "overlap_days_same_scheme": _overlap(pairs).max(where=same_scheme),
        "days_apart_same_scheme": apart.min(where=same_scheme),
    }
    return pairs.group_by(["as_of", "claim_id"]).agg(**{f"{NAME}.{name}": value for name, value in told.items()})


def _overlap(pairs: ir.Table) -> ir.Value:
    """Days up to the day that lie in both benefits."""
    last = ibis.least(pairs.as_of, pairs.ends.fill_null(pairs.as_of), pairs.other_ends.fill_null(pairs.as_of))
    first = ibis.greatest(pairs.begins, pairs.other_begins)
    return ibis.greatest(last.delta(first, unit="day") + 1, 0).cast("int64")
