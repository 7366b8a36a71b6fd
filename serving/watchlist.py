"""The watchlist: employers in order of risk or harm, cut at the visits that can be made, with a share drawn by lot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pyarrow as pa

from features.lake.gaps import Gaps
from serving.actions import read_actions
from serving.arms import Places, Policy, choose, mixed
from serving.chances import chances, looked_at
from serving.harm import Harm, expected_harm
from serving.items import Chosen, Item, make_items
from serving.levels import LevelTable, read_levels
from serving.lots import Lots, lots
from serving.population import open_employers
from serving.proposals import ProposalTable
from serving.reasons import usual_values
from serving.scoring import features_of
from serving.texts import Sentence, text
from serving.wishes import refuse_bad_wishes
from training.artefact import Floats, RiskModel

Order = Literal["risk", "harm"]


@dataclass(frozen=True)
class Watchlist:
    """The list with all that is needed to draw it again. `dropped` counts by reason those not on it.

    `chances` holds the drawing probability of everybody who could be chosen (see serving.chances). `region` None:
    all regions. `lake_version` is that of the snapshot; None where it was not
    given.
    """

    as_of: dt.date
    region: str | None
    capacity: int
    random_share: float
    random_policy: Policy
    order: Order
    seed: int
    model_id: str
    label: str
    horizon_months: int
    lake_version: int | None
    levels_version: str
    actions_version: str
    harm_rule: Sentence
    created: dt.datetime
    population: int
    dropped: dict[str, int]
    expected_hits: dict[str, float]
    notes: tuple[Sentence, ...]
    items: tuple[Item, ...]
    chances: pa.Table = field(repr=False)

    @property
    def drawn_by_lot(self) -> int:
        """Items of the random arm."""
        return sum(item.arm == "random" for item in self.items)


def draw_watchlist(
    model: RiskModel,
    snapshot: pa.Table,
    *,
    as_of: dt.date,
    region: str | None,
    capacity: int,
    random_share: float,
    seed: int,
    random_policy: Policy = "fixed",
    order: Order = "risk",
    lake_version: int | None = None,
    levels: LevelTable | None = None,
    actions: ProposalTable | None = None,
    created: dt.datetime | None = None,
    gaps: Gaps | None = None,
) -> Watchlist:
    """The `capacity` employers of `region` (None: all) to visit, as of a day that `snapshot` holds.

    Places for certain go by `order`; round(capacity * random_share) places, halves upwards, are drawn by lot
    from those it did not choose; equals are ordered by lot too, not by id. Levels go by risk, whatever the
    order. `gaps`: of the registers on the day, to be told. BadInput for wishes that cannot be met.
    """
    refuse_bad_wishes(capacity, random_share)
    levels, actions = levels or read_levels(), actions or read_actions()
    people = open_employers(snapshot, as_of, region)
    matrix = features_of(model, people.listed)
    risk = model.risk(matrix) if len(matrix) else np.empty(0)
    harm = expected_harm(model, people.listed, risk)
    ids = people.listed["employer_id"].to_pylist()
    arms = choose(
        _in_order(order, risk, harm, lots(seed, "ties", as_of, ids)), risk, looked_at(people.listed), ids,
        capacity=capacity, random_share=random_share, policy=random_policy, seed=seed, as_of=as_of,
    )  # fmt: skip
    places = mixed(arms.certain, arms.by_lot, seed, as_of)
    drawn = set(arms.by_lot.tolist())
    chosen = Chosen(
        people.listed.take(pa.array(places)).to_pylist(), matrix[places], risk[places],
        harm.workers[places], harm.money[places],
        ["random" if place in drawn else order for place in places.tolist()], arms.probability[places],
    )  # fmt: skip
    items = make_items(model, chosen, usual_values(features_of(model, people.compared)), levels, actions, as_of)
    return Watchlist(
        as_of, region, capacity, random_share, random_policy, order, seed,
        model.card.model_id, model.card.label, model.card.horizon_months, lake_version,
        levels.version, actions.version, harm.rule,
        created or dt.datetime.now(dt.UTC),
        people.listed.num_rows,
        {**people.dropped, "beyond_capacity": people.listed.num_rows - len(items)},
        _expected(items),
        _notes(capacity, people.listed.num_rows, gaps or Gaps(as_of)),
        tuple(items),
        chances(people.listed, risk, arms, order),
    )  # fmt: skip


def _in_order(order: Order, risk: Floats, harm: Harm, ties: Lots) -> Places:
    """Rows by risk, or by expected money and then workers (where no size is known last); equals by lot."""
    if order == "risk":
        return np.lexsort((ties, -risk))
    return np.lexsort((ties, -risk, -np.nan_to_num(harm.workers), -np.nan_to_num(harm.money)))


def _expected(items: Sequence[Item]) -> dict[str, float]:
    by_lot = sum(item.risk for item in items if item.arm == "random")
    everybody = sum(item.risk for item in items)
    return {"chosen": everybody - by_lot, "random": by_lot, "all": everybody}


def _notes(capacity: int, population: int, gaps: Gaps) -> tuple[Sentence, ...]:
    notes = [text("all_listed", capacity=capacity, population=population)] if capacity > population else []
    if gaps.missing:
        notes.append(text("registers_missing", registers=", ".join(gaps.missing), as_of=gaps.as_of))
    notes += [text("register_ended", register=name, newest=day) for name, day in gaps.ended.items()]
    return tuple(notes)
