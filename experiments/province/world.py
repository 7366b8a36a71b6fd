"""What the parts of the province know of one another, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.province.arrays import Floats, Ints
from experiments.province.cash import cash_by_month
from experiments.province.conduct import Conduct, conduct
from experiments.province.employers import Employers, make_employers
from experiments.province.knobs import Knobs
from experiments.province.months import Months, months_of
from experiments.province.staff import Lives, heads_by_month, live


@dataclass(frozen=True)
class World:
    """Employers and what becomes of them before anybody looks; matrices are by employer and month."""

    knobs: Knobs
    months: Months
    employers: Employers
    cash: Floats
    lives: Lives
    heads: Ints
    conduct: Conduct


def make_world(knobs: Knobs, seed: int) -> World:
    """The world of a seed."""
    months = months_of(knobs)
    employers = make_employers(knobs, months, seed)
    cash = cash_by_month(knobs, months, employers, seed)
    lives = live(knobs, months, employers, cash, seed)
    heads = heads_by_month(knobs, months, employers, lives, cash)
    return World(knobs, months, employers, cash, lives, heads, conduct(knobs, months, employers, cash, seed))
