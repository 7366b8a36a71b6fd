"""The employer that a claim names, and the employers that insured its person."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.things import thing_column
from features.known import KNOWN_UNTIL, flag, standing, total
from features.limits import CLAIMING_THERE_DAYS, WORK_BEFORE_MONTHS
from features.registers import REGISTERS
from features.snapshots.claims import claims_as_written
from features.work.asked import KEY, month_of
from features.work.while_claiming import YEAR

EMPLOYER, AGENT, PERSON = (thing_column(kind) for kind in ("employer", "agent", "person"))


def named_not_last(asked: ir.Table, months: ir.Table) -> ir.Table:
    """KEY and `named_not_last`: 0 where the employer named had the person in the newest month before, else 1."""
    rows = months.filter((months.number < months.begins_month) & months.named.notnull())
    rows = rows.mutate(newest=rows.number.max().over(ibis.window(group_by=list(KEY))))
    rows = rows.filter(rows.number == rows.newest)
    return rows.group_by(list(KEY)).agg(named_not_last=1 - flag(rows.employer_id == rows.named).max())


def insured_unpaid(months: ir.Table, payroll_cells: ir.Table) -> ir.Table:
    """KEY and `insured_unpaid_share`: of the months insured before the benefit, those without a wage there.

    Only months for which the employer filed payroll by the day (cells of the fold `payroll`) are counted.
    """
    rows = months.filter((months.insured > 0) & (months.begins_month - months.number).between(1, WORK_BEFORE_MONTHS))
    filed = _filed(rows, payroll_cells)
    found = filed.group_by(list(KEY)).agg(unpaid=total(1 - filed.on_payroll), months=filed.count())
    return found.select(*KEY, insured_unpaid_share=found.unpaid / found.months)


def insured_there(asked: ir.Table, contribution_cells: ir.Table) -> ir.Table:
    """KEY and `insured_there`: workers whom the employer named insured in the month before the benefit.

    Told from the cells of the fold `contributions`.
    """
    named = asked.filter(asked.employer_id.notnull())
    cells = contribution_cells.select("learned_on", "insured", "employer_id", month=month_of(contribution_cells.event))
    before = named.mutate(month=named.begins_month - 1)
    by_then = before.join(cells, ["employer_id", "month", cells.learned_on <= before.as_of])
    found = by_then.group_by(list(KEY)).agg(workers=total(by_then.insured))
    rows = named.left_join(found, list(KEY)).drop("as_of_right", "claim_id_right")
    return rows.select(*KEY, insured_there=rows.workers.fill_null(0))


def _filed(rows: ir.Table, cells: ir.Table) -> ir.Table:
    """`rows` whose employer had filed for any worker in that month by the day."""
    own = cells.select("employer_id", "learned_on", "workers", month=cells.event)
    by_then = rows.join(own, ["employer_id", "month", own.learned_on <= rows.as_of])
    filed = by_then.group_by([*KEY, "employer_id", "month", "on_payroll"]).agg(workers=total(by_then.workers))
    return filed.filter(filed.workers > 0)


def claiming_there(claims: ir.Table, register: ir.Table) -> ir.Table:
    """KEY, `claiming_there` and `same_agent_there`: other persons who named the employer in claims of the last half year.

    `same_agent_there` are those of them whose claims name the same agent; null where the claim names none. A claim that
    names no employer has no row. `register`: the rows of `claims`.
    """
    return less_itself(claims, persons_there(claims, register))


def persons_there(claims: ir.Table, register: ir.Table) -> ir.Table:
    """(as_of, employer, agent, persons, same): all persons who named the employer lately, and those with the same agent."""
    named = claims.filter(claims[EMPLOYER].notnull())
    asked = named.select("as_of", employer=named[EMPLOYER], agent=named[AGENT]).distinct()
    written = claims_as_written(register)
    theirs = written.select(
        KNOWN_UNTIL,
        employer=written[EMPLOYER],
        their_agent=written[AGENT],
        person=written[PERSON].fill_null(ibis.literal("claim ") + written.claim_id),
        filed_on=written["claim.filed_on"],
        known_on=written["claim.known_on"],
    )
    until = theirs[KNOWN_UNTIL]
    by_then = asked.join(theirs, ["employer", theirs.known_on <= asked.as_of, until.isnull() | (until > asked.as_of)])
    by_then = by_then.filter(by_then.as_of.delta(by_then.filed_on, unit="day") < CLAIMING_THERE_DAYS)
    persons = by_then.group_by(["as_of", "employer", "agent", "person"]).agg(
        same=flag(by_then.their_agent == by_then.agent).max()
    )
    return persons.group_by(["as_of", "employer", "agent"]).agg(persons=persons.count(), same=total(persons.same))


def less_itself(claims: ir.Table, found: ir.Table) -> ir.Table:
    """The claim's own person is one of those counted (`persons_there`) while its claim is as new."""
    named = claims.filter(claims[EMPLOYER].notnull())
    rows = named.left_join(
        found,
        [
            named.as_of == found.as_of,
            named[EMPLOYER] == found.employer,
            named[AGENT].fill_null("") == found.agent.fill_null(""),
        ],
    )
    own = flag(rows.as_of.delta(rows["claim.filed_on"], unit="day") < CLAIMING_THERE_DAYS)
    same = ibis.greatest(rows.same.fill_null(0) - own, 0)
    return rows.select(
        *KEY,
        claiming_there=ibis.greatest(rows.persons.fill_null(0) - own, 0),
        same_agent_there=ibis.ifelse(rows[AGENT].isnull(), ibis.null("int64"), same),
    )


def regions_at_once(months: ir.Table, employers: ir.Table) -> ir.Table:
    """KEY and `regions_at_once`: the most regions whose employers insured the person in one month of the last twelve."""
    rows = months.filter((months.insured > 0) & (months.number > months.as_of_month - YEAR))
    known = standing(employers, REGISTERS["employers"].key)
    known = known.select("known_on", KNOWN_UNTIL, at=known.employer_id, of=known.region)
    until = known[KNOWN_UNTIL]
    by_then = rows.join(
        known,
        [rows.employer_id == known["at"], known.known_on <= rows.as_of, until.isnull() | (until > rows.as_of)],
    )
    monthly = by_then.group_by([*KEY, "number"]).agg(regions=by_then["of"].nunique())
    return monthly.group_by(list(KEY)).agg(regions_at_once=monthly.regions.max())
