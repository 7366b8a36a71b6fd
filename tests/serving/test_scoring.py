import pyarrow as pa
import pytest

from features.errors import BadInput
from serving.levels import read_levels
from serving.scoring import score_employers
from tests.serving.conftest import AS_OF
from training.artefact import RiskModel


def test_everybody_is_scored_and_the_closed_are_marked(model: RiskModel, snapshot: pa.Table) -> None:
    scores = score_employers(model, snapshot)
    assert scores["employer_id"].equals(snapshot["employer_id"])
    assert scores["closed"].to_pylist() == [i % 10 == 9 for i in range(snapshot.num_rows)]
    for row in scores.to_pylist():
        assert row["level"] == read_levels().level(row["risk"], "event", AS_OF)
    assert len(set(scores["level"].to_pylist())) > 2


def test_a_snapshot_without_a_feature_of_the_model_is_refused_by_its_name(model: RiskModel, snapshot: pa.Table) -> None:
    with pytest.raises(BadInput, match="without capital"):
        score_employers(model, snapshot.drop_columns(["capital"]))


def test_nobody_is_scored_from_an_empty_snapshot(model: RiskModel, snapshot: pa.Table) -> None:
    assert score_employers(model, snapshot.slice(0, 0)).num_rows == 0
