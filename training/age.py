"""How old the registers and a model are on the day of a score: nobody should take an old list for a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dateutil.relativedelta import relativedelta

from features.errors import BadInput
from training.artefact import Card

FRESH_DAYS = 31  # registers come monthly: what is younger needs no word


def refuse_days_to_come(as_of: dt.date, today: dt.date) -> None:
    """BadInput where `as_of` is a day that nobody can know anything of yet; tomorrow is somewhere today."""
    if as_of > today + dt.timedelta(days=1):
        raise BadInput(
            f"{as_of} has not come yet",
            found=f"{(as_of - today).days} days from today, {today}",
            expected="today or an earlier day: a score uses what was known on its day",
            do=f"use --as-of {today}, or the last day of the registers",
        )


def said_of_age(card: Card, as_of: dt.date, last_day: dt.date) -> Iterator[str]:
    """A sentence for registers that end well before `as_of`, and one for a model whose horizon has run out since."""
    behind = (as_of - last_day).days
    if behind > FRESH_DAYS:
        yield f"The registers end on {last_day}, {behind:,} days before {as_of}: nothing that happened since is in the scores."
    trained = dt.date.fromisoformat(card.as_of)
    if as_of > trained + relativedelta(months=card.horizon_months):
        days = (as_of - trained).days
        yield (
            f"The model was trained as of {card.as_of}, {days:,} days before {as_of} and more than its horizon of "
            f"{card.horizon_months} months: train again with `plumbline train {card.subject} --as-of {as_of}`."
        )
