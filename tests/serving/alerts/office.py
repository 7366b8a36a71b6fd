"""An office of made-up claims: two tiny models over real features, two rules, and lists drawn from them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pyarrow as pa

from features.claims import CLAIM_FEATURES
from features.rules.read import read_rules
from features.rules.rule import RuleBook
from serving.alerts.alert import Alerts
from serving.alerts.asked import Asked, Scored
from serving.alerts.draw import draw_alerts
from serving.alerts.evidence import Evidence, Likely
from serving.alerts.news import News
from serving.scoring import features_of
from training.artefact import Card, RiskModel

AS_OF = dt.date(2024, 6, 30)
NAMES = ["persons_of_account", "claims_of_account_30d", "amount_claimed", "days_since_filed"]
CLAIMS = 200
RULES = """\
rules:
  - name: shared_account
    valid_from: 2020-01-01
    severity: high
    legal_basis: {en: "Law, art. 1", zh: 法律第一条}
    when: persons_of_account >= 6
    says: {en: "{persons_of_account} persons on the account", zh: "收款账户涉及{persons_of_account}人"}
  - name: large
    valid_from: 2020-01-01
    severity: low
    schemes: [medical]
    legal_basis: {en: "Law, art. 2", zh: 法律第二条}
    when: amount_claimed > 9000
    says: {en: "{amount_claimed} claimed", zh: "申领{amount_claimed}元"}
"""


def snapshot(count: int = CLAIMS, **columns: object) -> pa.Table:
    """Claims 0000, 0001, ... as of AS_OF: every third in South, every tenth decided genuine; `columns` in place of these."""
    rng = np.random.default_rng(3)
    persons = rng.choice([1, 1, 1, 2, 3, 7], count).astype(float)
    made: dict[str, object] = {
        "as_of": pa.array([AS_OF] * count, pa.date32()),
        "claim_id": [f"{i:04d}" for i in range(count)],
        "scheme": ["pension" if i % 2 else "medical" for i in range(count)],
        "region": ["South" if i % 3 == 0 else "North" for i in range(count)],
        "filed_on": pa.array([AS_OF - dt.timedelta(days=i) for i in range(count)], pa.date32()),
        "person_id": [f"11010119900101{i:04d}" for i in range(count)],
        "amount": rng.integers(500, 10_000, count).astype(float),
        "paid_so_far": rng.integers(0, 3, count) * 1000.0,
        "newest_finding": pa.array(["genuine" if i % 10 == 9 else None for i in range(count)], pa.string()),
        "decided_on": pa.array([dt.date(2024, 3, 1) if i % 10 == 9 else None for i in range(count)], pa.date32()),
        "persons_of_account": persons,
        "claims_of_account_30d": persons + rng.integers(0, 2, count),
        "amount_claimed": rng.integers(500, 10_000, count).astype(float),
        "days_since_filed": np.arange(count, dtype=float),
        "still_to_be_paid": rng.integers(1, 5, count) * 500.0,
    }
    return pa.table({**made, **columns})


@cache
def models() -> dict[str, RiskModel]:
    """A model a kind: fraud goes with persons on the account, duplicates with large amounts."""
    rng = np.random.default_rng(4)
    table = snapshot(600)
    x = np.column_stack([table[name].to_numpy() for name in NAMES])
    pull = {"fraud": x[:, 0] - 4, "duplicate": (x[:, 2] - 7000) / 1500}
    made = {}
    for kind, margin in pull.items():
        y = (rng.random(len(x)) < 1 / (1 + np.exp(-margin))).astype(int)
        directions = [CLAIM_FEATURES[name].direction for name in NAMES]
        settings = {
            "objective": "binary", "num_leaves": 7, "min_data_in_leaf": 10, "verbose": -1, "seed": 1, "num_threads": 1,
            "deterministic": True, "monotone_constraints": directions,
        }  # fmt: skip
        booster = lgb.train(settings, lgb.Dataset(x, y, feature_name=NAMES), num_boost_round=30)
        prints = {name: CLAIM_FEATURES[name].fingerprint for name in NAMES}
        made[kind] = RiskModel(
            Card(f"tiny-{kind}", "claims", kind, 6, "2024-01-01", 3, 1, NAMES, prints, 1.0, 0.0), booster
        )
    return made


def book(folder: Path) -> RuleBook:
    """RULES as read from a file."""
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    return read_rules(CLAIM_FEATURES, folder / "rules.yaml")


def evidence(leads: list[str], others: list[str]) -> Evidence:
    """Every claim's record, and claim 0001 as likely the same person's as claim 0000."""
    records = {
        claim: {"claim_id": claim, "name": f"Name {claim}", "filed_on": AS_OF, "scheme": "medical"}
        for claim in [*leads, *others, "0001"]
    }
    return Evidence(records, {"0000": [Likely("0001", 0.9, dt.date(2024, 5, 1))]})


def scored(table: pa.Table, kinds: tuple[str, ...] = ("duplicate", "fraud"), **others: object) -> Scored:
    """The claims of `table`, scored by the models of `kinds`; each claim a cluster of its own unless `others` say more."""
    used = {kind: models()[kind] for kind in kinds}
    scores = {kind: model.risk(features_of(model, table)) for kind, model in used.items()}
    ids = table["claim_id"].to_pylist()
    usual: dict[str, object] = {"clusters": ids, "rings": [None] * len(ids), "news": {}, "lake_version": 5}
    return Scored(table, used, scores, **{**usual, **others})  # type: ignore[arg-type]


def draw(folder: Path, claims: Scored, **wishes: object) -> Alerts:
    """A list of 20, a fifth of it by lot, unless `wishes` say otherwise."""
    usual: dict[str, object] = {"as_of": AS_OF, "region": None, "capacity": 20, "random_share": 0.2, "seed": 7}
    asked = Asked(**{**usual, **wishes})  # type: ignore[arg-type]
    return draw_alerts(claims, book(folder), asked, evidence, created=dt.datetime(2024, 7, 1, tzinfo=dt.UTC))


NEWS = News("something new", "有新情况")
