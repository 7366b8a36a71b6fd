"""Say on the terminal where registers end long before the day asked for, or a model has outlived its horizon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from commands.deployment import err


def say_age(models: Iterable[Any], lake: Any, engine: Any, version: int, as_of: dt.date) -> None:
    """One line for each thing that is old; none where nothing is, or there are no models."""
    from training.age import said_of_age
    from training.dataset import first_and_last_day

    cards = [model.card for model in models]
    said: dict[str, None] = {}
    for subject in dict.fromkeys(card.subject for card in cards):
        last = first_and_last_day(lake, engine, version, subject)[1]
        said |= dict.fromkeys(
            note for card in cards if card.subject == subject for note in said_of_age(card, as_of, last)
        )
    for note in said:
        err.print(f"• {note}", markup=False, highlight=False)
