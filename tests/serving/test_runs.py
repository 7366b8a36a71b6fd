"""A scoring run in the store: whole, once, with reasons for those at highest risk."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import numpy as np
import pyarrow as pa
import pytest
from sqlalchemy import func, select

from serving.alerts.telling import CLAIMS
from serving.claim_scores import score_claims
from serving.facts import told, why_record
from serving.reasons import explain, usual_values
from serving.runs import Scored, is_kept, keep_run
from serving.scoring import features_of, score_employers
from serving.store.opened import Store
from serving.store.runs import ClaimScore, EmployerScore, Run
from serving.telling import EMPLOYERS
from serving.texts import TEXTS
from serving.why import highest, why_claims, why_employers
from tests.serving.alerts import office
from tests.serving.conftest import AS_OF
from training.artefact import RiskModel

RUN = Scored("employers", AS_OF, 4, {"event": "tiny"}, {"levels": "1"}, 0.05, "event", 6)


@pytest.fixture
def scores(model: RiskModel, snapshot: pa.Table) -> pa.Table:
    made = score_employers(model, snapshot)
    why = why_employers(model, snapshot, made["risk"].to_numpy(), RUN.reasons_share)
    return made.append_column("region", snapshot["region"]).append_column("why", why)


def keep(store: Store, run: Scored, scores: pa.Table) -> bool:
    with store.session() as session:
        return keep_run(session, run, scores, "tests")


def test_a_run_is_kept_with_everybodys_score(store: Store, scores: pa.Table) -> None:
    assert keep(store, RUN, scores)
    with store.reading() as session:
        run = session.scalars(select(Run)).one()
        kept = session.scalars(select(EmployerScore).order_by(EmployerScore.employer_id)).all()
    assert (run.run_id, run.subject, run.as_of, run.models, run.scored) == (
        RUN.run_id,
        "employers",
        AS_OF,
        {"event": "tiny"},
        300,
    )
    assert [(s.employer_id, s.risk, s.level, s.closed, s.region, s.why) for s in kept] == [
        (s["employer_id"], s["risk"], s["level"], s["closed"], s["region"], s["why"] and json.loads(s["why"]))
        for s in scores.to_pylist()
    ]


def test_the_same_run_writes_nothing(store: Store, scores: pa.Table) -> None:
    assert keep(store, RUN, scores)
    assert not keep(store, dataclasses.replace(RUN), scores)
    with store.reading() as session:
        assert is_kept(session, RUN) and session.scalar(select(func.count()).select_from(EmployerScore)) == 300


@pytest.mark.parametrize(
    "other", [{"as_of": dt.date(2024, 7, 1)}, {"lake_version": 5}, {"models": {"event": "other"}}, {"tables": {}}, {"reasons_share": 0.1}]
)  # fmt: skip
def test_a_run_made_from_anything_else_is_another(store: Store, scores: pa.Table, other: dict[str, object]) -> None:
    assert keep(store, RUN, scores) and keep(store, dataclasses.replace(RUN, **other), scores)  # type: ignore[arg-type]


def test_a_run_that_fails_half_way_is_not_there(store: Store, scores: pa.Table) -> None:
    twice = pa.concat_tables([scores, scores.slice(299)])
    with pytest.raises(Exception, match=r"(?i)unique"):
        keep(store, RUN, twice)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(EmployerScore)) == 0
        assert not is_kept(session, RUN)


def test_claims_have_both_probabilities_or_none_where_there_is_no_model(store: Store) -> None:
    snapshot, models = office.snapshot(), {"fraud": office.models()["fraud"]}
    made = score_claims(models, snapshot)
    why = why_claims(models, snapshot, made, 0.1)
    rows = made.append_column("region", snapshot["region"]).append_column("scheme", snapshot["scheme"])
    run = Scored("claims", office.AS_OF, 1, {"fraud": "tiny-fraud"}, {}, 0.1)
    assert keep(store, run, rows.append_column("why", why))
    with store.reading() as session:
        kept = session.scalars(select(ClaimScore).order_by(ClaimScore.claim_id)).all()
    told_of = [
        (k.claim_id, k.region, k.scheme, k.filed_on, k.duplicate, k.fraud, k.cluster_id, k.finding) for k in kept
    ]
    names = ("claim_id", "region", "scheme", "filed_on", "duplicate", "fraud", "cluster_id", "finding")
    assert told_of == [tuple(row[name] for name in names) for row in rows.to_pylist()]
    highest_first = sorted(kept, key=lambda k: -k.fraud)
    assert [bool(k.why) for k in highest_first] == [True] * 20 + [False] * 180


def test_reasons_are_those_of_the_open_with_the_highest_risk(model: RiskModel, snapshot: pa.Table) -> None:
    scores = score_employers(model, snapshot)
    why = why_employers(model, snapshot, scores["risk"].to_numpy(), 0.05).to_pylist()
    still = [row for row in zip(scores.to_pylist(), why, strict=True) if not row[0]["closed"]]
    by_risk = sorted(still, key=lambda row: -row[0]["risk"])
    assert [bool(said) for _, said in by_risk] == [True] * 14 + [False] * 256  # 5 % of 270, rounded up
    assert not any(said for row, said in zip(scores.to_pylist(), why, strict=True) if row["closed"])


@pytest.mark.parametrize("share", [0.0, 0.01, 1.0])
def test_the_share_is_rounded_up(share: float) -> None:
    assert len(highest(np.arange(250.0), share)) == {0.0: 0, 0.01: 3, 1.0: 250}[share]


def test_facts_kept_as_numbers_say_again_what_they_said(model: RiskModel, snapshot: pa.Table) -> None:
    rows = features_of(model, snapshot)
    for explanation in explain(model, rows[:60], usual_values(rows)):
        assert told(json.loads(json.dumps(why_record(explanation))), EMPLOYERS) == explanation


def test_a_fact_that_the_code_no_longer_knows_is_said_by_its_name() -> None:
    fact = {"name": "moons", "value": 3.0, "contribution": 1.0, "together": 1.0}
    said = told({"reasons": [fact], "facts_for": []}, CLAIMS).reasons[0].sentence
    assert said.en == TEXTS["fact_of_before"]["en"].format(name="moons", value=3.0) and "moons" in said.zh
