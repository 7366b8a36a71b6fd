"""Expected harm: how many workers, and how much money, stand behind a risk. The order by harm uses it; levels do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from serving.texts import Sentence, text
from training.artefact import Floats, RiskModel

WORKERS = ("workers_3m", "workers_complaining_12m", "workers_owed_36m")
MONEY = ("unpaid_amount_12m", "still_owed_36m", "amount_claimed_12m")  # of the same wages, often: never added up


@dataclass(frozen=True)
class Harm:
    """Expected workers and money, each of shape (employers,); NaN where no size is known. `rule` says whence."""

    workers: Floats
    money: Floats
    rule: Sentence


def expected_harm(model: RiskModel, snapshot: pa.Table, risk: Floats) -> Harm:
    """By the rule that was measured with the model; where there is none, by that stated in the text `harm_rule`.

    The stated rule: risk times the largest number of workers known, and risk times the largest amount known of
    those that may be owed, or the wages of a month where that is more.
    """
    if model.card.harm is not None:
        measured = model.harm({name: snapshot[name].to_numpy() for name in snapshot.column_names}, risk)
        assert measured is not None
        return Harm(measured.workers, measured.money, text("harm_model"))
    workers = _largest([_column(snapshot, name) for name in WORKERS], len(risk))
    wages = _column(snapshot, "workers_3m") * _column(snapshot, "mean_wage_3m")
    money = _largest([*(_column(snapshot, name) for name in MONEY), wages], len(risk))
    return Harm(risk * workers, risk * money, text("harm_rule"))


def _column(snapshot: pa.Table, name: str) -> Floats:
    if name not in snapshot.column_names:
        return np.full(snapshot.num_rows, np.nan)
    return np.asarray(snapshot[name].to_numpy(), dtype=np.float64)


def _largest(columns: list[Floats], count: int) -> Floats:
    """The largest of what is known and above 0; NaN where nothing is."""
    most = np.zeros(count)
    for column in columns:
        most = np.fmax(most, column)
    return np.where(most > 0, most, np.nan)
