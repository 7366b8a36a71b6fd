"""What is at stake at an employer, and when it was last heard of: facts for planning a visit, not for its score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from features.employers import EMPLOYER_FEATURES
from serving.circumstances import number
from serving.limits import SILENT_AFTER_DAYS
from serving.reasons import Fact, plain, say
from serving.texts import Sentence, text

STAKES = (
    "unpaid_amount_12m", "contributions_unpaid_12m", "still_owed_36m", "amount_undecided_36m", "undecided_complaints_36m",
    "workers_owed_36m", "workers_3m",
)  # fmt: skip


def at_stake(row: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Money (the currency's main unit) and workers, where above 0; amounts may overlap and must not be added up."""
    known = [(name, value) for name in STAKES if (value := number(row, name)) is not None and value > 0]
    facts = tuple(Fact(name, value, None, None, say(EMPLOYER_FEATURES[name], value)) for name, value in known)
    return facts or (plain("nothing_at_stake", text("nothing_at_stake")),)


def liveness(row: Mapping[str, Any], as_of: dt.date) -> Sentence:
    """The month in which anything was last heard of the employer, and whether that is long ago."""
    silent = number(row, "silent_days")
    if silent is None:
        return text("never_said_when")
    month = f"{as_of - dt.timedelta(days=int(silent)):%Y-%m}"
    return text("nothing_heard_since" if silent > SILENT_AFTER_DAYS else "last_heard", month=month)
