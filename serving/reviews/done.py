"""What somebody does with an alert, as it is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from features.errors import BadInput
from features.registers import REGISTERS
from serving.reviews.transitions import Act

FINDINGS: tuple[str, ...] = next(
    tuple(column.choices) for column in REGISTERS["claim_decisions"].columns if column.name == "finding"
)


@dataclass(frozen=True)
class Found:
    """What a review found of a claim: `finding` as in the register claim_decisions, money in minor units."""

    claim_id: str
    finding: str
    duplicate_of: str | None = None
    amount_lost: int | None = None
    amount_recovered: int | None = None


@dataclass(frozen=True)
class Done:
    """`facts`: names of facts and rules that the alert told and that it rests on. `until`: the last day of a hold.

    `findings`: of the alert's own claim, and of others listed with it. `decided_on`: the day of the decision, where it
    is entered later.
    """

    act: str
    by: str
    note: str = ""
    facts: tuple[str, ...] = ()
    until: dt.date | None = None
    findings: tuple[Found, ...] = ()
    decided_on: dt.date | None = None


def refuse_unfit(done: Done, act: Act, claim_id: str, today: dt.date) -> None:
    """BadInput lists all that is missing or wrong."""
    faults = [f"{name} is missing" for name in act.needs if not getattr(done, name)]
    if "until" not in act.needs and done.until:
        faults.append("until is for a hold")
    if "findings" not in act.needs and (done.findings or done.decided_on):
        faults.append("findings are for a decision")
    if done.decided_on and done.decided_on > today:
        faults.append(f"decided_on {done.decided_on} has not come yet")
    faults += _faults_of_findings(done.findings, claim_id)
    if faults:
        raise BadInput(
            f"this is not enough to {act.name}",
            found="; ".join(faults),
            expected=", ".join(act.needs) or "nothing more",
            do="put it right",
        )


def _faults_of_findings(findings: tuple[Found, ...], claim_id: str) -> Iterator[str]:
    claims = [found.claim_id for found in findings]
    if findings and claim_id not in claims:
        yield f"no finding of {claim_id}, the alert's own claim"
    if len(set(claims)) < len(claims):
        yield "two findings of one claim"
    for found in findings:
        if found.finding not in FINDINGS:
            yield f"finding {found.finding} is none of {', '.join(FINDINGS)}"
        if found.duplicate_of and (found.finding != "duplicate" or found.duplicate_of == found.claim_id):
            yield f"{found.claim_id} cannot be a duplicate of {found.duplicate_of}"
        if any(amount is not None and amount < 0 for amount in (found.amount_lost, found.amount_recovered)):
            yield f"an amount below 0 for {found.claim_id}"
