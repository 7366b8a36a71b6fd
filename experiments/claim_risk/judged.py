"""All claims known on one day of one province, scored as an office would, and judged on the truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from commands.same_person import Compared
from experiments.employer_risk.world import World
from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.snapshots.claim_take import take_claim_snapshot
from serving.claim_scores import score_claims
from training.artefact import Floats
from training.claims.baselines import claim_baselines
from training.claims.fit import ClaimsTraining, claim_trees, margin_of, train_claims
from training.claims.reviewed import KINDS, Kind
from training.dataset import float_matrix
from training.metrics import Judged

ORACLE, REVIEWED_ONLY, AS_NEGATIVES = "oracle", "without_unreviewed", "unreviewed_as_negatives"
EVERY, OPEN = "every claim", "open claims"


@dataclass(frozen=True)
class ClaimDay:
    """One as-of day of a province: its training, and every claim known by it with features, scores and truth.

    `rows` have `duplicate`, `fraud` and `finding` (see score_claims), `cluster_id`, and of the truth `kind` and `truth`.
    """

    world: World
    training: ClaimsTraining
    rows: pd.DataFrame
    seed: int

    def label(self, kind: Kind) -> Floats:
        """1.0 where the claim is in truth of `kind`, shape (claims,)."""
        return np.asarray(self.rows["truth"] == kind, dtype=np.float64)

    def among(self, whom: str) -> np.ndarray:
        """EVERY claim, or the OPEN ones that no review had decided by the day, as flags."""
        return np.ones(len(self.rows), dtype=bool) if whom == EVERY else self.rows["finding"].isna().to_numpy()

    @cached_property
    def model(self) -> dict[Kind, Floats]:
        """The models' probabilities before any finding is heeded."""
        models = {kind: one.model for kind, one in self.training.models.items()}
        return {kind: one.risk(float_matrix(self.rows, one.card.features)) for kind, one in models.items()}

    @cached_property
    def scores(self) -> dict[Kind, dict[str, tuple[Floats, bool]]]:
        """By kind what is written (`model`), every baseline, other ways of using the unreviewed, and an oracle."""
        return {kind: self._scores(kind) for kind in self.training.models}

    def _scores(self, kind: Kind) -> dict[str, tuple[Floats, bool]]:
        training = self.training.models[kind]
        names = training.model.card.features
        others = {
            REVIEWED_ONLY: training.rows[training.rows["reviewed"]],
            AS_NEGATIVES: training.rows.assign(weight=training.rows["stands_for"]),
            ORACLE: self._taught(training.rows, kind),
        }
        trees = {name: margin_of(claim_trees(fit, names, self.seed), self.rows, names) for name, fit in others.items()}
        return {
            "model": (self.rows[kind].to_numpy(dtype=np.float64), True),
            **claim_baselines(training.rows, self.rows, names, kind),
            **{name: (margin, False) for name, margin in trees.items()},
        }

    def judged(self, kind: Kind, whom: str) -> dict[str, Judged]:
        """Every ranking of scores against the truth, among `whom` (EVERY, OPEN); money is what was wrongly paid by the end."""
        kept, label = self.among(whom), self.label(kind)
        money = {"money": (label * self.rows["amount_lost"].to_numpy(dtype=np.float64))[kept]}
        return {
            name: Judged(score[kept], label[kept], money, is_risk)
            for name, (score, is_risk) in self.scores[kind].items()
        }

    def _taught(self, rows: pd.DataFrame, kind: Kind) -> pd.DataFrame:
        truth = rows["claim_id"].map(self.world.claims_truth["finding"])
        return rows.assign(label=(truth == kind).astype("float64"))


def the_claims(
    world: World, engine: Engine, as_of: dt.date, compared: Compared, seed: int = 1, leave_out: Sequence[str] = ()
) -> ClaimDay:
    """Train as of a day, score every claim known by it, and join the truth; without the features `leave_out`."""
    features = [feature for feature in CLAIM_FEATURES if feature.name not in leave_out]
    version = world.lake.version()
    training = train_claims(
        world.lake, engine, as_of, seed=seed, version=version, matches=compared.pairs, matcher=compared.matcher,
        features=features,
    )  # fmt: skip
    snapshot = take_claim_snapshot(world.lake, engine, [as_of], features, version, compared.pairs)
    models = {str(kind): one.model for kind, one in training.models.items()}
    scores = score_claims(models, snapshot, compared.clusters).to_pandas(date_as_object=True)
    features_table: pa.Table = snapshot.select(["region", "scheme", *[feature.name for feature in features]])
    truth = world.claims_truth.reindex(scores["claim_id"])[["kind", "finding", "amount_lost"]].reset_index(drop=True)
    truth = truth.rename(columns={"finding": "truth"}).assign(amount_lost=truth["amount_lost"].astype("float64"))
    rows = pd.concat([scores, features_table.to_pandas(), truth], axis=1)
    return ClaimDay(world, training, rows, seed)


__all__ = ["EVERY", "KINDS", "OPEN", "ClaimDay", "the_claims"]
