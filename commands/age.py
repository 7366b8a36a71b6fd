"""Say on the terminal where registers end long before the day asked for, or a model has outlived its horizon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from commands.deployment import err


def say_age(models: Iterable[Any], lake: Any, engine: Any, version: int, as_of: dt.date) -> None:
    """One line for each thing that is old; `models` are of one subject. None where nothing is, or there are no models."""
    from training.age import said_of_age
    from training.dataset import first_and_last_day

    cards = [model.card for model in models]
    if not cards:
        return
    last = first_and_last_day(lake, engine, version, cards[0].subject)[1]
    for note in dict.fromkeys(note for card in cards for note in said_of_age(card, as_of, last)):
        err.print(f"• {note}", markup=False, highlight=False)
