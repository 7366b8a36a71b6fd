"""What a case came to, from printed statuses, amounts and dates; what is not printed stays unknown."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files

from features.adapters.source_files import amount, day

_HABITS = tomllib.loads(files(__package__).joinpath("habits.toml").read_text(encoding="utf-8"))
ASSUMED_DAYS: int = _HABITS["assumed_days"]["value"]

AMOUNT_LEFT_OUT = "amount left out (not a number, negative or absurd)"
DATE_ASSUMED = f"decision dated {ASSUMED_DAYS} days after filing (none printed)"
DATE_IMPOSSIBLE = f"decision printed before filing, dated {ASSUMED_DAYS} days after filing instead"

LARGEST_AMOUNT: int = _HABITS["largest_amount"]["value"]
NOTES: tuple[str, ...] = tuple(_HABITS["every_office"]["notes"])


@dataclass(frozen=True)
class Habits:
    """How one office writes down what a case came to; the rows of `habits.toml`."""

    office: str
    """Prefix of the identifiers of its employers."""
    undecided: frozenset[str] = frozenset()
    """Statuses under which nothing is decided, whatever amounts are printed."""
    proven: frozenset[str] = frozenset()
    unproven: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    violations: frozenset[str] = frozenset()
    """Violation categories that are themselves a finding."""
    decided: frozenset[str] | None = None
    """Where given, no other status counts as decided."""
    closed: frozenset[str] = frozenset()
    """Statuses of a case that is over: unproven where no amount was awarded."""
    paid_is_wages: bool = True
    """False where `amount_paid` is a penalty to the state."""
    notes: tuple[str, ...] = ()


@cache
def habits_of(name: str) -> Habits:
    """The habits of an office by its name (`Montana`); the careful default for one not studied."""
    slug = "_".join(name.casefold().split())
    table = _HABITS.get(slug, _HABITS["default"])
    return Habits(
        office=table.get("office", f"us-{slug}"),
        undecided=frozenset(table.get("undecided", ())),
        proven=frozenset(table.get("proven", ())),
        unproven=frozenset(table.get("unproven", ())),
        withdrawn=frozenset(table.get("withdrawn", ())),
        violations=frozenset(table.get("violations", ())),
        decided=frozenset(table["decided"]) if "decided" in table else None,
        closed=frozenset(table.get("closed", ())),
        paid_is_wages=table.get("paid_is_wages", True),
        notes=tuple(table["notes"]),
    )


@dataclass
class Printed:
    """What is printed of a case. Amounts in main units; None where empty."""

    filed_on: date
    status: str = ""
    violation: str = ""
    claimed: Decimal | None = None
    assessed: Decimal | None = None
    paid: Decimal | None = None
    decided_on: date | None = None
    silent: bool = False
    """Nothing was printed about the outcome (California: no issue lines)."""
    garbled: bool = False
    """An award was printed that is no amount, so that none can be told from one."""
    oddities: Counter[str] = field(default_factory=Counter)

    def read_amounts(self, claimed: str, assessed: str, paid: str) -> None:
        """Take the amounts over from text; what is no amount is left out and counted."""
        self.claimed = self._amount(claimed)
        before = self.oddities[AMOUNT_LEFT_OUT]
        self.assessed = self._amount(assessed)
        self.paid = self._amount(paid)
        self.garbled = self.oddities[AMOUNT_LEFT_OUT] > before

    def _amount(self, text: str) -> Decimal | None:
        try:
            return amount(text, LARGEST_AMOUNT)
        except ValueError:
            self.oddities[AMOUNT_LEFT_OUT] += 1
            return None


@dataclass(frozen=True)
class Ruling:
    """The canonical end of a complaint; `outcome` is empty where it is unknown, and then so is the rest."""

    outcome: str = ""
    proven: Decimal | None = None
    recovered: Decimal | None = None
    decided_on: date | None = None


def ruling(case: Printed, habits: Habits) -> Ruling:
    """What the case came to, and from which day that may count as known."""
    outcome = _outcome(case, habits)
    if not outcome:
        return Ruling()
    recovered = case.paid if habits.paid_is_wages else None
    decided_on = _decided_on(case)
    if outcome != "proven":
        return Ruling(outcome, None, recovered or None, decided_on)
    return Ruling(outcome, case.assessed or recovered or None, recovered, decided_on)


def _outcome(case: Printed, habits: Habits) -> str:
    if case.silent or case.status in habits.undecided:
        return ""
    if habits.decided is not None and case.status not in habits.decided:
        return ""
    if _is_awarded(case, habits) or case.status in habits.proven or case.violation in habits.violations:
        return "proven"
    if case.status in habits.withdrawn:
        return "withdrawn"
    if case.garbled:
        return ""
    return "unproven" if case.status in habits.unproven | habits.closed else ""


def _is_awarded(case: Printed, habits: Habits) -> bool:
    return (case.assessed or 0) > 0 or (habits.paid_is_wages and (case.paid or 0) > 0)


def _decided_on(case: Printed) -> date:
    """The printed day; without one, or with one before the filing, ASSUMED_DAYS after the filing.

    That may lie after the extract's end: the outcome is then simply not known within it.
    """
    if case.decided_on is not None and case.decided_on >= case.filed_on:
        return case.decided_on
    case.oddities[DATE_ASSUMED if case.decided_on is None else DATE_IMPOSSIBLE] += 1
    return case.filed_on + timedelta(days=ASSUMED_DAYS)


def first_day(*texts: str) -> date | None:
    """The first of several columns that holds a date."""
    return next((found for text in texts if (found := day(text)) is not None), None)
