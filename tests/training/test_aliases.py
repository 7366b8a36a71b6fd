"""Which model is to be served."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import BadInput, NotFound
from tests.training.test_registry import model, registry
from training.aliases import by_alias, give_alias, models


def test_an_alias_goes_from_model_to_model_of_one_label(tmp_path: Path) -> None:
    own = registry(tmp_path)
    for seed in (1, 2):
        own.record(model(seed=seed), {})
    assert by_alias(own, "employers", None, "champion") is None
    give_alias(own, "event-1", "champion")
    give_alias(own, "event-2", "challenger")
    champion = by_alias(own, "employers", None, "champion")
    assert champion is not None
    assert champion.card.model_id == "event-1"
    give_alias(own, "event-2", "champion")
    give_alias(own, "event-2", "champion")
    said = {one["model_id"]: sorted(one["aliases"]) for one in models(own)}
    assert said == {"event-2": ["challenger", "champion"], "event-1": []}


def test_a_model_that_is_not_there_gets_no_alias(tmp_path: Path) -> None:
    own = registry(tmp_path)
    own.record(model(), {})
    with pytest.raises(NotFound, match="event-1"):
        give_alias(own, "event-9", "champion")


def test_the_beginning_of_an_identifier_names_a_model_where_no_other_begins_so(tmp_path: Path) -> None:
    own = registry(tmp_path)
    for digest in ("0a1b2c3d", "4e5f6a7b"):
        own.record(model(seed=1, digest=digest), {})
    own.record(model(seed=2, digest="8c9d0e1f"), {})
    assert give_alias(own, "event-2", "champion") == "event-2-8c9d0e1f"
    with pytest.raises(BadInput, match="several models are called event-1") as refused:
        give_alias(own, "event-1", "champion")
    assert "event-1-0a1b2c3d, event-1-4e5f6a7b" in str(refused.value)
    assert give_alias(own, "event-1-4e5f6a7b", "champion") == "event-1-4e5f6a7b"


def test_a_home_without_models_has_no_aliases(tmp_path: Path) -> None:
    assert by_alias(registry(tmp_path / "none"), "employers", "event", "champion") is None
    assert models(registry(tmp_path / "none")) == []
    assert not (tmp_path / "none").exists()
