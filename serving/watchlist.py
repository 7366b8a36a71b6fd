"""The watchlist: employers in order of risk, cut at the visits that can be made, with a share drawn by lot."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from serving.levels import LevelTable, read_levels
from serving.lots import lots
from serving.population import Population, open_employers
from serving.reasons import Fact, explain, usual_values
from serving.scoring import features_of
from serving.stakes import at_stake, liveness
from serving.texts import Sentence, text
from serving.wishes import refuse_bad_wishes
from training.artefact import Floats, RiskModel

Arm = Literal["risk", "random"]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Item:
    """One employer to visit.

    `risk` is the calibrated probability of the label. `drawing_probability` is that of being on the list,
    given the scores: 1 in the arm `risk` (chosen for certain), n_random over the rest in the arm `random`;
    its inverse weighs an outcome when rates are estimated from visits. `expected_hits` is the sum of risks
    of this and all places above.
    """

    rank: int
    employer_id: str
    name: str
    region: str | None
    industry: str | None
    risk: float
    level: str
    arm: Arm
    drawing_probability: float
    expected_hits: float
    reasons: tuple[Fact, ...]
    facts_for: tuple[Fact, ...]
    at_stake: tuple[Fact, ...]
    liveness: Sentence


@dataclass(frozen=True)
class Watchlist:
    """The list with all that is needed to draw it again. `dropped` counts by reason those not on it.

    `region` None: all regions. `lake_version` is that of the snapshot; None where it was not given.
    """

    as_of: dt.date
    region: str | None
    capacity: int
    random_share: float
    seed: int
    model_id: str
    label: str
    horizon_months: int
    lake_version: int | None
    levels_version: str
    created: dt.datetime
    population: int
    dropped: dict[str, int]
    expected_hits: dict[str, float]
    notes: tuple[Sentence, ...]
    items: tuple[Item, ...]

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
    lake_version: int | None = None,
    levels: LevelTable | None = None,
    created: dt.datetime | None = None,
) -> Watchlist:
    """The `capacity` employers of `region` (None: all) to visit, as of a day that `snapshot` holds.

    round(capacity * random_share) places, halves upwards, are drawn by lot from those that risk did not
    choose; equal risks are ordered by lot too, not by id. BadInput for wishes that cannot be met.
    """
    refuse_bad_wishes(capacity, random_share)
    levels = levels or read_levels()
    people = open_employers(snapshot, as_of, region)
    matrix = features_of(model, people.listed)
    risk = model.risk(matrix) if len(matrix) else np.empty(0)
    ids = people.listed["employer_id"].to_pylist()
    by_risk, by_lot, probability = _chosen(risk, ids, capacity, random_share, seed, as_of)
    order = _mixed(by_risk, by_lot, seed, as_of)
    drawn = set(by_lot.tolist())
    items = _items(model, people, matrix[order], risk[order], order, drawn, probability, levels, as_of)
    return Watchlist(
        as_of, region, capacity, random_share, seed,
        model.card.model_id, model.card.label, model.card.horizon_months, lake_version, levels.version,
        created or dt.datetime.now(dt.UTC),
        people.listed.num_rows,
        {**people.dropped, "beyond_capacity": people.listed.num_rows - len(items)},
        _expected(items),
        _notes(capacity, people.listed.num_rows),
        tuple(items),
    )  # fmt: skip


def _chosen(
    risk: Floats, ids: list[str], capacity: int, random_share: float, seed: int, as_of: dt.date
) -> tuple[Places, Places, float]:
    """Rows chosen by risk (highest first), rows drawn by lot from the rest, and the chance each of the rest had."""
    wanted = int(capacity * random_share + 0.5)
    order = np.lexsort((lots(seed, "ties", as_of, ids), -risk))
    by_risk, rest = order[: capacity - wanted], order[capacity - wanted :]
    by_lot = rest[np.argsort(lots(seed, "arm", as_of, (ids[i] for i in rest)), kind="stable")][:wanted]
    return by_risk, by_lot, len(by_lot) / len(rest) if len(rest) else 0.0


def _mixed(by_risk: Places, by_lot: Places, seed: int, as_of: dt.date) -> Places:
    """Both arms in one order: those drawn by lot at places drawn by lot, the others around them by risk."""
    total = len(by_risk) + len(by_lot)
    places = np.argsort(lots(seed, "places", as_of, map(str, range(total))), kind="stable")[: len(by_lot)]
    mixed = np.empty(total, dtype=np.intp)
    free = np.ones(total, dtype=bool)
    free[places] = False
    mixed[places], mixed[free] = by_lot, by_risk
    return mixed


def _items(
    model: RiskModel, people: Population, rows: Floats, risk: Floats, order: Places, drawn: set[int],
    probability: float, levels: LevelTable, as_of: dt.date,
) -> list[Item]:  # fmt: skip
    explained = explain(model, rows, usual_values(features_of(model, people.compared)))
    told: list[dict[str, Any]] = people.listed.take(pa.array(order)).to_pylist()
    hits = np.cumsum(risk)
    return [
        Item(
            rank=place + 1,
            employer_id=row["employer_id"],
            name=row["name"] or "",
            region=row["region"],
            industry=row["industry"],
            risk=float(risk[place]),
            level=levels.level(float(risk[place]), model.card.label, as_of),
            arm="random" if order[place] in drawn else "risk",
            drawing_probability=probability if order[place] in drawn else 1.0,
            expected_hits=float(hits[place]),
            reasons=explained[place].reasons,
            facts_for=explained[place].facts_for,
            at_stake=at_stake(row),
            liveness=liveness(row, as_of),
        )
        for place, row in enumerate(told)
    ]


def _expected(items: list[Item]) -> dict[str, float]:
    arms = {arm: sum(item.risk for item in items if item.arm == arm) for arm in ("risk", "random")}
    return {**arms, "all": sum(arms.values())}


def _notes(capacity: int, population: int) -> tuple[Sentence, ...]:
    return (text("all_listed", capacity=capacity, population=population),) if capacity > population else ()
