"""An employer scored at once: as the night knows it, or as it would be with some facts changed."""

from __future__ import annotations

import numpy as np
import pytest

from features.errors import BadInput, NotFound
from serving.online.employers import AskedEmployer
from serving.online.opened import Online
from tests.serving.api.office import WRITTEN
from tests.training.test_registry import NAME, model


def asked(employer_id: str, **changes: float | None) -> AskedEmployer:
    return AskedEmployer(employer_id, changes)


def test_an_employer_is_scored_by_its_identifier_as_of_the_night(online: Online) -> None:
    (answer,) = online.employers.score([asked("e1")], languages=["en"])
    assert (answer["employer_id"], answer["as_of"], answer["lake_version"]) == ("e1", str(WRITTEN), 1)
    assert (answer["models"], answer["changes"]) == ({"event": "event-1"}, {})
    score = answer["scores"]["event"]
    assert (score["probability"], score["horizon_months"]) == (pytest.approx(model().risk(np.array([[1.0]]))[0]), 6)
    assert [one["feature"] for one in score["reasons"]] == ["nothing_stands_out"]
    assert online.employers.journal.answer(answer["answer_id"]) == ("north", answer)


def test_what_if_changes_this_answer_alone(online: Online) -> None:
    before, otherwise, unknown, after = online.employers.score(
        [asked("e1"), asked("e1", **{NAME: 90}), asked("e1", **{NAME: None}), asked("e1")], reasons=False
    )
    chances = [one["scores"]["event"]["probability"] for one in (before, otherwise, unknown, after)]
    expected = model().risk(np.array([[1.0], [90.0], [np.nan], [1.0]]))
    assert chances == pytest.approx(expected.tolist())
    assert (otherwise["changes"], unknown["changes"], after["changes"]) == ({NAME: 90}, {NAME: None}, {})
    assert "reasons" not in before["scores"]["event"]
    (told,) = online.employers.score([asked("e1", **{NAME: 90})], languages=["zh"])
    (reason,) = told["scores"]["event"]["reasons"]
    assert (reason["feature"], reason["value"], list(reason["sentence"])) == (NAME, 90, ["zh"])


def test_all_that_cannot_be_changed_so_is_said_at_once(online: Online) -> None:
    with pytest.raises(BadInput, match="a change cannot be scored") as refused:
        online.employers.score(
            [asked("e1", shoe_size=44), asked("e2", **{NAME: -5}), asked("e2", unpaid_share_3m=float("inf"))]
        )
    assert refused.value.found.startswith(f"shoe_size: no such feature; {NAME}: -5 is not in 0 to ")
    assert "unpaid_share_3m: inf is not in 0 to 1" in refused.value.found


def test_who_is_not_of_the_night_is_not_there_and_nobody_is_scored(online: Online) -> None:
    with pytest.raises(NotFound, match="no such employer") as missing:
        online.employers.score([asked("e1"), asked("e9")])
    assert missing.value.found == "e9"


def test_the_region_is_the_registers(online: Online) -> None:
    assert [online.employers.region(one) for one in ("e1", "e2", "e3")] == ["north", "north", "south"]
    with pytest.raises(NotFound):
        online.employers.region("e9")
