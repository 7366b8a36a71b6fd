"""Wage claims of US states in a newspaper's one schema; several rows may be one case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from features.adapters.canonical import Case
from features.adapters.outcomes import Printed, first_day, habits_of
from features.adapters.resolve import Party
from features.adapters.source_files import Row, UnreadableSource, columns_of, rows_of

COLUMNS = frozenset(
    {
        "case_uuid",
        "violation_uuid",
        "state_name",
        "employer_name",
        "employer_dba_name",
        "employer_city",
        "violation_category",
        "case_status",
        "date_opened",
        "date_paid",
        "date_closed",
        "amount_claimed",
        "amount_assessed",
        "amount_paid",
    }
)

NO_DATE = "row without a usable date_opened"
NO_NUMBER = "row without a case_uuid"
REPEATED = "row repeated (same violation_uuid)"
SAME_CASE = "row joined to another of its case"


@dataclass
class _Gathering:
    """The rows of one case while they come in."""

    first: Row
    printed: Printed
    parties: dict[Party, None] = field(default_factory=dict)


def read(files: list[Path], read_rows: Counter[str], dropped: Counter[str]) -> Iterator[Case]:
    """The cases of one or more states; UnreadableSource for a file of other columns."""
    for file in files:
        missing = COLUMNS - columns_of(file)
        if missing:
            raise UnreadableSource(
                f"{file}: not a state's wage claims, missing the columns {', '.join(sorted(missing))}"
            )
    cases: dict[tuple[str, str], _Gathering] = {}
    seen: set[str] = set()
    for row in rows_of(files):
        read_rows[f"{row['state_name'] or 'no state'} rows"] += 1
        _gather(row, cases, seen, dropped)
    for (_, number), case in cases.items():
        state = case.first["state_name"]
        region = case.first["employer_city"] or state
        yield Case(number, case.printed, tuple(case.parties), habits_of(state), region)


def _gather(row: Row, cases: dict[tuple[str, str], _Gathering], seen: set[str], dropped: Counter[str]) -> None:
    printed, violation = _printed(row), row["violation_uuid"]
    if printed is None or not row["case_uuid"] or (violation and violation in seen):
        dropped[NO_DATE if printed is None else REPEATED if row["case_uuid"] else NO_NUMBER] += 1
        return
    seen.add(violation)
    number = (row["state_name"], row["case_uuid"])
    if number in cases:
        dropped[SAME_CASE] += 1
        _join(cases[number].printed, printed)
    case = cases.setdefault(number, _Gathering(row, printed))
    case.parties[Party(row["employer_name"], row["employer_dba_name"])] = None


def _printed(row: Row) -> Printed | None:
    filed_on = first_day(row["date_opened"])
    if filed_on is None:
        return None
    printed = Printed(
        filed_on,
        status=row["case_status"].casefold(),
        violation=row["violation_category"].casefold(),
        decided_on=first_day(row["date_closed"], row["date_paid"]),
    )
    printed.read_amounts(row["amount_claimed"], row["amount_assessed"], row["amount_paid"])
    return printed


def _join(case: Printed, violation: Printed) -> None:
    """Another violation of one case: amounts add up, the earliest filing and the latest decision stand."""
    case.filed_on = min(case.filed_on, violation.filed_on)
    case.status = case.status or violation.status
    case.violation = case.violation or violation.violation
    case.decided_on = max(filter(None, (case.decided_on, violation.decided_on)), default=None)
    case.claimed = _sum(case.claimed, violation.claimed)
    case.assessed = _sum(case.assessed, violation.assessed)
    case.paid = _sum(case.paid, violation.paid)
    case.garbled = case.garbled or violation.garbled
    case.oddities += violation.oddities


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else one + other
