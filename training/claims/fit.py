"""Fit the two models of claims: small monotone trees, no class weights, calibrated on claims described later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version as installed
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.errors import BadInput
from features.feature import Feature
from features.lake.lake import Lake
from training.artefact import Card, Floats, RiskModel, identified
from training.claims.calibrate import Sigmoid, calibration
from training.claims.dataset import described_claims, labelled_claims, unreviewed_weight
from training.claims.notes import notes
from training.claims.prevalence import Prevalence, prevalence
from training.claims.reviewed import KINDS, Kind
from training.claims.split import split_claims
from training.claims.texts import TEXTS
from training.counts import card_rows
from training.dataset import Dataset, Progress, float_matrix, used_features
from training.limits import FEWEST_FOUND, REVIEWS_SETTLE_MONTHS
from training.metrics import Judged, figures
from training.trees import PARAMETERS, fit_trees

# Few claims are found of a kind, and often the same few things tell them: leaves may be small, and each tree sees a third
# of the features, for many say nearly the same. A penalty counts in units of p (1 - p), the chance of a claim to be found:
# at .3 % what is 20 employers' worth for their model would be 1,700 claims here.
CLAIM_PARAMETERS = {
    **PARAMETERS, "min_data_in_leaf": 20, "lambda_l2": 0.2, "feature_fraction": 0.3, "learning_rate": 0.03,
}  # fmt: skip
CLAIM_TREES = 100


@dataclass(frozen=True)
class ClaimTraining:
    """One model with the rows it learned from (`label` and `weight` beside the features), `later` those that calibrated it."""

    model: RiskModel
    rows: pd.DataFrame
    later: pd.DataFrame
    earlier: lgb.Booster

    @property
    def figures(self) -> dict[str, float]:
        """Of trees that learned from the earlier claims, on the later ones; unreviewed claims count as not found."""
        card = self.model.card
        margin = margin_of(self.earlier, self.later, card.features)
        risk = Sigmoid(card.slope, card.intercept).apply(margin)
        judged = Judged(risk, self.later["label"].to_numpy(dtype=np.float64), {}, probability=True)
        return figures(judged, min(100, len(risk)), self.later["stands_for"].to_numpy(dtype=np.float64))

    def report(self) -> dict[str, object]:
        """What is recorded with the model: what it learned from, what was left out, how it did, what that does not show."""
        return {
            "card": asdict(self.model.card),
            "figures": self.figures,
            "what_figures": TEXTS["says"]["later"]["en"],
            "does_not_show": TEXTS["does_not_show"],
        }


@dataclass(frozen=True)
class ClaimsTraining:
    """The models of a day by kind, why a kind has none (in both languages), and all `rows` described for learning."""

    models: dict[Kind, ClaimTraining]
    without: dict[Kind, dict[str, str]]
    described: Dataset


def train_claims(
    lake: Lake,
    engine: Engine,
    as_of: dt.date,
    *,
    seed: int = 1,
    version: int | None = None,
    matches: Path | None = None,
    matcher: str | None = None,
    features: Iterable[Feature] = CLAIM_FEATURES,
    on_progress: Progress | None = None,
) -> ClaimsTraining:
    """The models of KINDS that could have been trained on `as_of`: nothing known later is used, labels included.

    `matches`: same-person pairs by the matcher called `matcher`; None where claims were not compared. A kind that
    reviews found too rarely has no model, and `without` says so; BadInput where that is all of them.
    """
    version = lake.version() if version is None else version
    wanted = list(features)
    described = described_claims(
        lake, engine, as_of, wanted, seed=seed, version=version, matches=matches, on_progress=on_progress
    )
    names = used_features(described.learned.rows, wanted)
    models: dict[Kind, ClaimTraining] = {}
    without: dict[Kind, dict[str, str]] = {}
    for kind in KINDS:
        common = prevalence(described.claims, kind)
        rows = labelled_claims(described.learned.rows, kind, common)
        too_few = _too_few(rows, kind)
        if too_few:
            without[kind] = too_few
            continue
        card = _card(kind, as_of, version, seed, names, matcher, described.learned)
        models[kind] = _fitted(card, rows, described.today, common)
    if not models:
        raise BadInput(
            f"there are too few reviewed claims to learn from as of {as_of}",
            found="; ".join(why["en"] for why in without.values()),
            expected=f"at least {FEWEST_FOUND} claims found duplicate, or {FEWEST_FOUND} found fraudulent, before they were decided",
            do="choose a later --as-of, or ingest more claim_decisions",
        )
    return ClaimsTraining(models, without, described.learned)


def _too_few(rows: pd.DataFrame, kind: Kind) -> dict[str, str] | None:
    """Why `rows` teach nothing of `kind`; None where they do."""
    found = rows.loc[rows["label"] == 1, "claim_id"].nunique()
    others = rows.loc[rows["label"] == 0, "claim_id"].nunique()
    if min(found, others) >= FEWEST_FOUND:
        return None
    said: dict[str, str] = TEXTS["says"]["too_few_to_learn"]
    names: dict[str, str] = TEXTS["findings"][kind]
    return {
        language: text.format(kind=names[language], found=found, others=others, fewest=FEWEST_FOUND)
        for language, text in said.items()
    }


def _fitted(card: Card, rows: pd.DataFrame, today: pd.DataFrame, common: Prevalence) -> ClaimTraining:
    """Trees of all `rows`; the sigmoid's slope is learned from claims that earlier trees have not seen, its height is such
    that probabilities of all claims as they are `today` come to what is expected."""
    fit, later = split_claims(rows)
    earlier = claim_trees(fit, card.features, card.seed)
    trees = claim_trees(rows, card.features, card.seed)
    margins = margin_of(trees, today, card.features)
    sigmoid = calibration(margin_of(earlier, later, card.features), later, margins, common)
    found = rows[rows["label"] == 1]
    told = {
        "described": len(rows),
        "claims": rows["claim_id"].nunique(),
        "reviewed": rows.loc[rows["reviewed"], "claim_id"].nunique(),
        "found": found["claim_id"].nunique(),
        "calibrated": len(later),
        "found_calibrating": later.loc[later["label"] == 1, "claim_id"].nunique(),
    }
    days = {"fit": _days(fit), "calibrate": _days(later)}
    whole = Card(
        **{
            **asdict(card),
            "slope": sigmoid.slope,
            "intercept": sigmoid.intercept,
            "rows": {**told, **card.rows},
            "days": days,
            "weighting": common.record(),
            "notes": notes(common, unreviewed_weight(rows["stands_for"], rows["reviewed"], common)),
        }
    )
    return ClaimTraining(RiskModel(identified(whole, trees), trees), rows, later, earlier)


def claim_trees(rows: pd.DataFrame, names: Sequence[str], seed: int) -> lgb.Booster:
    """The trees of one kind: `rows` have label and weight."""
    return fit_trees(rows, names, seed, CLAIM_TREES, catalogue=CLAIM_FEATURES, parameters=CLAIM_PARAMETERS)


def margin_of(booster: lgb.Booster, rows: pd.DataFrame, names: Sequence[str]) -> Floats:
    """Uncalibrated log-odds of `rows`, shape (rows,)."""
    return np.asarray(booster.predict(float_matrix(rows, names), raw_score=True, num_threads=1), dtype=np.float64)


def _days(rows: pd.DataFrame) -> list[str]:
    return sorted({day.isoformat() for day in rows["as_of"]})


def _card(
    kind: Kind, as_of: dt.date, version: int, seed: int, names: list[str], matcher: str | None, described: Dataset
) -> Card:
    return Card(
        f"claims-{kind}-{as_of}-v{version}-s{seed}",
        "claims", kind, REVIEWS_SETTLE_MONTHS, as_of.isoformat(), version, seed, names,
        {name: CLAIM_FEATURES[name].fingerprint for name in names}, 1.0, 0.0,
        rows=card_rows(described.dropped),
        versions={name: installed(name) for name in ("lightgbm", "numpy", "duckdb", "ibis-framework")},
        matcher=matcher,
    )  # fmt: skip
