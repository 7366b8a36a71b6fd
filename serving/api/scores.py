"""Scores at once: of claims as they are filed, of employers as of the night or as they might be; and those given before.

Each is kept before it is answered, and can be asked again by its `answer_id`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Annotated, Any

from fastapi import Depends
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from serving.api.bodies import Sent
from serving.api.caller import CallerIs, permitted
from serving.api.claims_sent import ClaimsSent, records_of
from serving.api.deployment import Here
from serving.api.languages import In, said_in
from serving.api.measured import SCORED
from serving.api.routes import resource
from serving.limits import MOST_AT_ONCE
from serving.online.asked import claim_of
from serving.online.claims import OnlineClaims, Wanted
from serving.online.employers import NO_EMPLOYER, AskedEmployer
from serving.online.journal import NO_ANSWER
from serving.online.shown import shown_to
from serving.people.callers import Caller

router = resource("scores")
OfClaims = Annotated[Caller, Depends(permitted("claims.score"))]
OfEmployers = Annotated[Caller, Depends(permitted("employers.score"))]
FeatureName = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9_]{0,79}$")
]  # said back where there is none: no number, no name
Probability = Annotated[float, Field(ge=0, le=1)]


class EmployerSent(Sent):
    """An employer by its identifier; `changes`: features that are otherwise than they are known, null for not known."""

    employer_id: str = Field(min_length=1, max_length=200)
    changes: dict[FeatureName, float | None] = Field(default_factory=dict, max_length=200)


class EmployersSent(Sent):
    """Employers to be scored, one or many; without `reasons` the answer is sooner there."""

    employers: list[EmployerSent] = Field(min_length=1, max_length=MOST_AT_ONCE)
    reasons: bool = True


class Answer(BaseModel):
    """What is common to all answers: what they rest on, and by what they can be asked again."""

    model_config = ConfigDict(extra="allow")

    answer_id: str = Field(description="GET /v1/scores/{answer_id} says the same again")
    as_of: dt.date = Field(description="The day the score is of")
    lake_version: int
    models: dict[str, str] = Field(description="The model used, by its label")
    scores: dict[str, Any] = Field(description="By label: probability, level, for employers reasons too")


class ClaimAnswer(Answer):
    """How likely a review would find the claim wrong, and why; who may be the same person; rules that hold."""

    claim_id: str
    known: bool = Field(description="Whether the night's registers have it: then its facts are the night's")
    night: dt.date = Field(description="The day the registers were prepared for")
    kind: str
    probability: Probability | None
    level: str
    rules: list[dict[str, Any]]
    candidates: list[dict[str, Any]] = Field(description="Claims that are likely the same person's; masked")
    not_known: list[dict[str, Any]] = Field(description="Facts that cannot be told before the night, and why")


class EmployerAnswer(Answer):
    """How likely wages are in arrears within the model's horizon, by label, and why."""

    employer_id: str
    closed_on: dt.date | None
    changes: dict[str, float | None]


class ClaimAnswers(BaseModel):
    """An answer for each claim, in their order."""

    items: list[ClaimAnswer]


class EmployerAnswers(BaseModel):
    """An answer for each employer, in their order."""

    items: list[EmployerAnswer]


async def scorer(here: Here) -> OnlineClaims:
    """What scores claims, as a dependency. A night or a model that is new is opened in a thread: that takes seconds."""
    if not (here.online.fresh and here.shelf.fresh):
        await run_in_threadpool(here.shelf.models)
        return await run_in_threadpool(lambda: here.online.claims)
    return here.online.claims


@router.post("/claims/score", response_model=ClaimAnswers)
async def score_claims(
    caller: OfClaims, here: Here, online: Annotated[OnlineClaims, Depends(scorer)], spoken: In, sent: ClaimsSent
) -> JSONResponse:
    """Score claims as they are filed. Each is then in the index, for the next one."""
    # They are worked out between two waits, in the thread of the process: threads that work out claims side by side take
    # Python's one lock from each other a hundred times a claim, which cost twice what the work does.
    records = records_of(sent, dt.datetime.now(dt.UTC).date())
    for record in records:
        caller.scope.must_hold(record["region"], "no such claim", record["claim_id"])
    answers = []
    for claim in [claim_of(record) for record in records]:
        answer, kept = await here.together.begin(online, Wanted(claim, sent.reasons, spoken, caller.scope))
        await asyncio.wrap_future(kept)  # on disk; and the next of a batch is told of this one
        answers.append(answer)
    SCORED.labels("claims").inc(len(answers))
    return JSONResponse({"items": [shown_to(caller.scope, online, answer) for answer in answers]})


@router.post("/employers/score", response_model=EmployerAnswers)
def score_employers(caller: OfEmployers, here: Here, spoken: In, sent: EmployersSent) -> JSONResponse:
    """Score employers as of the night, or as they would be with some features changed."""
    online = here.online.employers
    for one in sent.employers:
        caller.scope.must_hold(online.region(one.employer_id), NO_EMPLOYER, one.employer_id)
    asked = [AskedEmployer(one.employer_id, one.changes) for one in sent.employers]
    answers = online.score(asked, sent.reasons, spoken)
    SCORED.labels("employers").inc(len(answers))
    return JSONResponse({"items": answers})


@router.get("/scores/{answer_id}", response_model=ClaimAnswer | EmployerAnswer)
def answered(caller: CallerIs, here: Here, spoken: In, answer_id: str) -> JSONResponse:
    """A score that was given before, as it was given."""
    online = here.online.claims
    region, answer = online.answered(answer_id)
    caller.scope.must_hold(region, NO_ANSWER, answer_id)  # before all else: else a refusal would tell that it is there
    caller.must(f"{answer['subject']}s.score")
    return JSONResponse(said_in(shown_to(caller.scope, online, answer), spoken))
