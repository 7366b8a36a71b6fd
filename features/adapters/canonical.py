"""Complaints against resolved employers, gathered and written as the canonical registers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
        self.employers: dict[str, Row] = {}
        self.corrections: dict[str, Row] = {}
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
        return sum(row["ownership"] == "natural_person" for row in self.employers.values())

    def write(self, out: Path) -> None:
        """`employers.csv` and `complaints.csv` in `out`, in the order in which rows became known."""
        out.mkdir(parents=True, exist_ok=True)
        employers = [*self.employers.values(), *self.corrections.values()]
        _write(
            out,
            "employers",
            sorted(employers, key=lambda row: (str(row["known_on"]), str(row["employer_id"]))),
        )
        _write(out, "complaints", self.complaints)

    def _know(self, case: Case, employer: Resolved, employer_id: str) -> None:
        """Known from the first case on; an industry first printed later is a correction from then on."""
        known = self.employers.get(employer_id)
        if known is None:
            self.employers[employer_id] = {
                "employer_id": employer_id,
                "name": employer.name,
                "industry": case.industry,
                "region": case.region,
                "ownership": "natural_person" if employer.is_person else "company",
                "known_on": case.printed.filed_on,
            }
        elif case.industry and not known["industry"]:
            if known["known_on"] == case.printed.filed_on:
                known["industry"] = case.industry
            elif employer_id not in self.corrections:
                corrected = {**known, "industry": case.industry, "known_on": case.printed.filed_on}
                self.corrections[employer_id] = corrected


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
