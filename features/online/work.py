"""The work of a claim's person: the months that the night keeps of the worker, and the employer that the claim names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from features.folds.things import thing_column
from features.limits import CLAIMING_THERE_DAYS
from features.online.expressions import ClaimExpressions
from features.online.night import Claim, Night
from features.online.night_claims import there_key
from features.online.since import NOTHING, NamedSince
from features.online.tables import SCHEMAS
from features.registers import REGISTERS

PERSON, EMPLOYER, AGENT = (thing_column(kind) for kind in ("person", "employer", "agent"))
MONTHS, TOGETHER = tuple(SCHEMAS["months"]), tuple(SCHEMAS["together"])
LAKE = ("source_file", "source_line")


class WorkOfClaim:
    """Tells `work.*` of claims, from one night."""

    def __init__(self, night: Night, expressions: ClaimExpressions) -> None:
        self._night, self._told = night, expressions
        self._employers = (*REGISTERS["employers"].names, *LAKE)
        self._beginning = [] if night.beginning is None else [(night.beginning, night.as_of)]

    def tell(
        self, written: Mapping[str, Any], asked: tuple[Any, ...], as_of: dt.date, theirs: Sequence[Claim],
        came: Mapping[str, NamedSince],
    ) -> dict[str, Any]:  # fmt: skip
        """The measures by column. `asked`: the claim's row; `theirs`: its person's other claims."""
        months = self._months(written, as_of)
        given = {
            "asked": [asked],
            "months": [tuple(month[name] for name in MONTHS) for month in months],
            "there": self._there(written, as_of, theirs, came),
            "claims": (),
            "payouts": (),  # a claim that has just come was paid nothing
            "beginning": self._beginning,
            "employers": self._regions(months),
            "payroll_filed": [(month["employer_id"], month["month"], as_of, 1) for month in months if month["filed"]],
            "insured_there": self._insured_there(written, as_of),
        }
        made = self._told.work
        return dict(zip(made.columns, made.rows(given)[0], strict=True))

    def _months(self, written: Mapping[str, Any], as_of: dt.date) -> list[dict[str, Any]]:
        """The worker's months under the identity number as written and as it is told apart, put together where both are there."""
        ids = dict.fromkeys(number for number in (written["claim.person_id"], written[PERSON]) if number is not None)
        of_each = [months for months in map(self._night.months, ids) if months]
        claim = {"as_of": as_of, "claim_id": written["claim_id"]}
        if len(of_each) < 2:
            return [month | claim for months in of_each for month in months]
        filed = {(m["employer_id"], m["month"]): m["filed"] for months in of_each for m in months}
        rows = [tuple((month | claim)[name] for name in TOGETHER) for months in of_each for month in months]
        made = self._told.months
        both = [dict(zip(made.columns, row, strict=True)) for row in made.rows({"together": rows})]
        return [month | {"filed": filed[month["employer_id"], month["month"]]} for month in both]

    def _regions(self, months: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        named = dict.fromkeys(month["employer_id"] for month in months)
        told = [{"employer_id": e, "region": self._night.region(e), "known_on": self._night.as_of} for e in named]
        return [tuple(row.get(name) for name in self._employers) for row in told]

    def _insured_there(self, written: Mapping[str, Any], as_of: dt.date) -> list[tuple[Any, ...]]:
        employer = written["claim.employer_id"]
        begins = written["claim.starts_on"] or written["claim.filed_on"]
        if employer is None:
            return []
        number = begins.year * 12 + begins.month - 2  # the month before
        month = dt.date(number // 12, number % 12 + 1, 1)
        return [(employer, month, as_of, self._night.insured_there(employer, number))]

    def _there(
        self, written: Mapping[str, Any], as_of: dt.date, theirs: Sequence[Claim], came: Mapping[str, NamedSince]
    ) -> list[tuple[Any, ...]]:
        """All persons who named the employer lately, this claim's among them, and those of them with its agent."""
        employer, agent = written[EMPLOYER], written[AGENT]
        if employer is None:
            return []
        first = as_of.toordinal() - CLAIMING_THERE_DAYS + 1
        since, new = came.get(f"employer:{employer}", NOTHING), new_there(written, as_of, theirs)
        persons = self._night.there(employer, first) + since.there + new[0]
        same = 0
        if agent is not None:
            same = self._night.there(there_key(employer, agent), first) + since.there_by_agent + new[1]
        return [(as_of, employer, agent, persons, same)]


def new_there(written: Mapping[str, Any], as_of: dt.date, theirs: Sequence[Claim]) -> tuple[bool, bool]:
    """Whether the claim's person is new among those who lately named its employer, and among those who did by its agent."""
    employer, agent, first = written[EMPLOYER], written[AGENT], as_of.toordinal() - CLAIMING_THERE_DAYS + 1
    if employer is None or written["claim.filed_on"].toordinal() < first:
        return False, False
    own = [c for c in theirs if c[EMPLOYER] == employer and c["claim.filed_on"].toordinal() >= first]
    return not own, agent is not None and not any(claim[AGENT] == agent for claim in own)
