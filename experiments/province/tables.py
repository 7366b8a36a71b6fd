"""The small registers and the truth as tables."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from experiments.province.arrays import Array, Columns, Days, Flags, Ints
from experiments.province.cash import Fortunes
from experiments.province.chance import stream
from experiments.province.columns import dates, money, texts
from experiments.province.conduct import Conduct
from experiments.province.employers import Employers
from experiments.province.kinds import INDUSTRIES, OWNERSHIPS, REGIONS
from experiments.province.ledger import NEVER, Ledger
from experiments.province.months import Months


def employers_table(employers: Employers, closing: Ints, months: Months, seed: int) -> pa.Table:
    """The register `employers`."""
    rng = stream(seed, "employers table")
    lag = rng.integers(0, 8, len(employers)).astype("timedelta64[D]")
    closed_on = months.day(closing, rng.integers(1, 29, len(employers)))
    return pa.table(
        {
            "employer_id": texts(employers.employer_id),
            "name": texts(employers.name),
            "industry": texts(INDUSTRIES["industry"].to_numpy(), employers.industry),
            "region": texts(REGIONS["region"].to_numpy(), employers.region),
            "registered_on": dates(employers.registered_on),
            "closed_on": dates(np.where(closed_on <= months.end, closed_on, NEVER)),
            "ownership": texts(OWNERSHIPS["ownership"].to_numpy(), employers.ownership),
            "registered_capital": money(employers.capital),
            "known_on": dates(np.minimum(employers.registered_on + lag, months.end)),
        }
    )


def complaints_table(complaints: Columns, employers: Employers, months: Months) -> pa.Table:
    """The register `complaints`; what is decided after the end is empty."""
    filed = _known(complaints, "filed_on", months)
    decided = filed["decided_on"] <= months.end
    return pa.table(
        {
            "complaint_id": _numbered("TS", filed["filed_on"]),
            "employer_id": texts(employers.employer_id, filed["employer"]),
            "filed_on": dates(filed["filed_on"]),
            "topic": texts(filed["topic"]),
            "workers": pa.array(filed["workers"]),
            "amount_claimed": money(filed["amount_claimed"]),
            "outcome": _where(decided, texts(filed["outcome"])),
            "amount_proven": _where(decided, money(filed["amount_proven"])),
            "decided_on": dates(np.where(decided, filed["decided_on"], NEVER)),
            "amount_recovered": _where(decided, money(filed["amount_recovered"])),
            "known_on": dates(filed["known_on"]),
        }
    )


def inspections_table(inspections: Columns, employers: Employers, months: Months) -> pa.Table:
    """The register `inspections`; what is found after the end is empty."""
    opened = _known(inspections, "opened_on", months)
    closed = opened["closed_on"] <= months.end
    return pa.table(
        {
            "inspection_id": _numbered("JC", opened["opened_on"]),
            "employer_id": texts(employers.employer_id, opened["employer"]),
            "opened_on": dates(opened["opened_on"]),
            "trigger": texts(opened["trigger"]),
            "chance": pa.array(opened["chance"], mask=np.isnan(opened["chance"])),
            "closed_on": dates(np.where(closed, opened["closed_on"], NEVER)),
            "finding": _where(closed, texts(opened["finding"])),
            "workers_owed": _where(closed, pa.array(opened["workers_owed"])),
            "amount_owed": _where(closed, money(opened["amount_owed"])),
            "amount_recovered": _where(closed, money(opened["amount_recovered"])),
            "known_on": dates(opened["known_on"]),
        }
    )


def kinds_table(employers: Employers, fortunes: Fortunes, address_shared: Flags) -> pa.Table:
    """What each employer is in truth: look-alikes, successions, and what its filings hide."""
    ways, number = employers.ways, len(employers)
    before = np.flatnonzero(fortunes.predecessor >= 0)
    succeeded, phoenix = np.zeros(number, dtype=bool), fortunes.predecessor >= 0
    succeeded[fortunes.predecessor[before]] = True
    flags = {
        "chronic": ways.chronic,
        "seasonal": ways.seasonal,
        "innocent_address": address_shared & ~phoenix & ~succeeded,
        "phoenix": phoenix,
        "succeeded": succeeded,
        "spider": employers.spider >= 0,
        "reports_unmade": ways.reports_unmade,
        "never_files": ways.never_files,
        "stops_filing": ways.stops_filing,
        "underpays": ways.underpays,
        "uninsured": ways.uninsured,
        "minimum_base": ways.minimum_base,
    }
    others = {"predecessor": fortunes.predecessor, "contractor": fortunes.contractor}
    return pa.table(
        {"employer_id": texts(employers.employer_id)}
        | {name: pa.array(flag) for name, flag in flags.items()}
        | {name: texts(employers.employer_id, pa.array(other, mask=other < 0)) for name, other in others.items()}
    )


def truth_table(ledger: Ledger, doing: Conduct, employers: Employers, months: Months) -> pa.Table:
    """What each employer owes at the end of each month, from its first payroll to the month it closes in."""
    present = doing.operates.copy()
    present[:, 1:] |= doing.operates[:, :-1]
    present[:, : months.first] = False
    month, employer = np.nonzero(present.T)
    owed, began = ledger.owed[employer, month], ledger.began[employer, month]
    return pa.table(
        {
            "employer_id": texts(employers.employer_id, employer),
            "month": dates(months.first_days[month]),
            "in_arrears": pa.array(owed > 0),
            "amount_owed": money(owed),
            "began": dates(np.where(began >= 0, months.first_days[began], NEVER)),
        }
    )


def _known(events: Columns, day: str, months: Months) -> Columns:
    """Events of the covered months that are known by the end, in the order of `day`."""
    chosen = (events[day] >= months.first_days[months.first]) & (events["known_on"] <= months.end)
    order = np.argsort(events[day][chosen], kind="stable")
    return {name: column[chosen][order] for name, column in events.items()}


def _numbered(prefix: str, days: Days) -> pa.Array:
    """An authority's numbers: prefix, year, serial."""
    years = days.astype("datetime64[Y]").astype(str)
    return pa.array([f"{prefix}{year}{serial:06d}" for serial, year in enumerate(years, start=1)], pa.string())


def _where(known: Array, column: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(known), column, pa.scalar(None, column.type))
