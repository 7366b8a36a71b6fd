"""Complaints against resolved employers, gathered and written as the canonical registers."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path

from features.adapters.outcomes import Habits, Printed, Ruling, ruling
from features.adapters.resolve import Party, Resolved, employers_of
from features.registers import REGISTERS

Row = dict[str, date | Decimal | str | None]

NO_DEFENDANT = "case without a defendant"
NO_EMPLOYER_LEFT = "case of which no defendant names an employer"


@dataclass(frozen=True)
class Case:
    """One case as read: its number, what is printed of it, and who is complained of."""

    number: str
    printed: Printed
    parties: tuple[Party, ...]
    habits: Habits
    region: str
    industry: str = ""


class Gathered:
    """The two registers while they grow. Cases come by day filed and number: file order changes nothing."""

    def __init__(self) -> None:
        self.cases = 0
        self.complaints: list[Row] = []
        self.employers: defaultdict[str, list[Row]] = defaultdict(list)
        self.industries: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.dropped: Counter[str] = Counter()
        self.oddities: Counter[str] = Counter()

    def take(self, cases: Iterable[Case]) -> None:
        """Enter every case; one whose defendants name no employer is dropped and counted."""
        for case in sorted(cases, key=lambda case: (case.printed.filed_on, case.number)):
            found = employers_of(case.parties, self.dropped)
            if not found:
                self.dropped[NO_EMPLOYER_LEFT if case.parties else NO_DEFENDANT] += 1
                continue
            self.cases += 1
            end = ruling(case.printed, case.habits)
            self.oddities.update(case.printed.oddities)
            for place, employer in enumerate(found, start=1):
                employer_id = employer.employer_id(case.habits.office)
                self._know(case, employer, employer_id)
                complaint_id = case.number if place == 1 else f"{case.number}-{place}"
                self.complaints.append(_complaint(complaint_id, employer_id, case, end))

    @property
    def natural_persons(self) -> int:
        """Employers that are natural persons."""
        return sum(rows[0]["ownership"] == "natural_person" for rows in self.employers.values())

    @property
    def corrections(self) -> int:
        """Rows of employers beyond the first of each."""
        return sum(len(rows) - 1 for rows in self.employers.values())

    def write(self, out: Path) -> None:
        """`employers.csv` and `complaints.csv` in `out`, in the order in which rows became known."""
        out.mkdir(parents=True, exist_ok=True)
        employers = chain.from_iterable(self.employers.values())
        _write(
            out,
            "employers",
            sorted(employers, key=lambda row: (str(row["known_on"]), str(row["employer_id"]))),
        )
        _write(out, "complaints", self.complaints)

    def _know(self, case: Case, employer: Resolved, employer_id: str) -> None:
        """Known from the first case on, in the industry most often printed of it by each day.

        A code is printed of the case, not of the employer: a retailer's first case may be one of a cleaner
        it hired out. Where another industry comes to be printed most often, that is a correction from then on.
        """
        rows, printed = self.employers[employer_id], self.industries[employer_id]
        filed_on = case.printed.filed_on
        first = rows[0] if rows else _newcomer(case, employer, employer_id)
        if case.industry:
            printed[case.industry] += 1
        if rows and rows[-1]["known_on"] == filed_on:
            rows.pop()  # the day is not over: what stood before it decides a tie
        industry = _most_often(printed, str(rows[-1]["industry"]) if rows else "")
        if not rows or rows[-1]["industry"] != industry:
            rows.append({**first, "industry": industry, "known_on": filed_on})


def _newcomer(case: Case, employer: Resolved, employer_id: str) -> Row:
    return {
        "employer_id": employer_id,
        "name": employer.name,
        "region": case.region,
        "ownership": "natural_person" if employer.is_person else "company",
    }


def _most_often(printed: Counter[str], present: str) -> str:
    """The industry printed most often; of several the present one, else the first by name. '' where none is printed."""
    most = max(printed.values(), default=0)
    leading = sorted(industry for industry, count in printed.items() if count == most)
    return present if present in leading or not leading else leading[0]


def _complaint(complaint_id: str, employer_id: str, case: Case, end: Ruling) -> Row:
    return {
        "complaint_id": complaint_id,
        "employer_id": employer_id,
        "filed_on": case.printed.filed_on,
        "topic": "wages",
        "amount_claimed": case.printed.claimed,
        "outcome": end.outcome,
        "amount_proven": end.proven,
        "decided_on": end.decided_on,
        "amount_recovered": end.recovered,
        "known_on": case.printed.filed_on,
    }


def _write(out: Path, register: str, rows: Iterable[Row]) -> None:
    with (out / f"{register}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, REGISTERS[register].names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
