"""A claim scored as it is filed: from what the night knows and what came in since, kept before it is answered."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from features.errors import BadInput, NotFound
from features.online.not_known import NOT_KNOWN_ONLINE
from serving.claim_scores import after_review
from serving.online.asked import claim_of
from serving.online.claims import Begun, Wanted
from serving.online.folder import journal_path
from serving.online.journal import Journal
from serving.online.opened import Online
from tests.serving.api.office import WRITTEN
from tests.serving.online.conftest import claims_model

# the person of the night's claims k1 and k2 (tests/serving/api/office.py), at a third office
CLAIM = {
    "claim_id": "new", "scheme": "unemployment", "filed_at": "2024-07-01T09:00:00", "person_id": "110101199001011234",
    "name": "Li Wei", "born_on": "1990-01-01", "region": "north", "amount": 1500, "account": "6222020000001111",
}  # fmt: skip
NOBODY = {**CLAIM, "person_id": "110101198505052345", "name": "Zhang San", "born_on": "1985-05-05", "account": "1"}


def claim(claim_id: str, of: dict[str, Any] = CLAIM) -> dict[str, Any]:
    return {**of, "claim_id": claim_id}


def test_one_claim_is_answered_with_all_that_its_score_rests_on(online: Online) -> None:
    (answer,) = online.claims.score([CLAIM])
    assert (answer["claim_id"], answer["known"], answer["night"]) == ("new", False, str(WRITTEN))
    assert (answer["as_of"], answer["lake_version"]) == ("2024-07-01", 1)  # the day it was filed
    assert answer["models"] == {"duplicate": "duplicate-1"}
    assert {one["claim_id"] for one in answer["candidates"]} == {"k1", "k2"}
    assert {one["feature"] for one in answer["not_known"]} <= set(NOT_KNOWN_ONLINE)
    assert answer["probability"] == max(one["probability"] for one in answer["scores"].values())


def test_what_came_since_the_night_raises_a_score_and_is_its_reason(online: Online) -> None:
    answers = online.claims.score([claim(name, NOBODY) for name in ("first", "second", "third")], languages=["zh"])
    chances = [one["scores"]["duplicate"]["probability"] for one in answers]
    assert chances == pytest.approx(claims_model().risk(np.array([[0.0], [1.0], [2.0]])).tolist())
    assert chances[0] < chances[2]
    (reason,) = answers[2]["reasons"]
    assert (reason["feature"], reason["value"], list(reason["sentence"])) == ("other_active", 2, ["zh"])
    assert "2" in reason["sentence"]["zh"]


def test_reasons_are_left_out_where_nobody_asks_for_them(online: Online) -> None:
    (answer,) = online.claims.score([CLAIM], reasons=False)
    assert not {"reasons", "facts_for"} & set(answer)


def test_many_are_answered_in_their_order_and_each_is_told_of_those_before(online: Online) -> None:
    names = [f"n{number}" for number in range(5)]
    answers = online.claims.score([claim(name, NOBODY) for name in names])
    assert [one["claim_id"] for one in answers] == names
    assert [sorted(one["claim_id"] for one in answer["candidates"]) for answer in answers] == [
        names[:number] for number in range(5)
    ]
    assert len({one["answer_id"] for one in answers}) == 5


def test_claims_begun_together_are_answered_as_each_is_alone(online: Online) -> None:
    """Persons of the night and nobody's, a claim of the night, one whose reasons nobody asks for, and one in Chinese."""
    records = [CLAIM, claim("nobody", NOBODY), claim("k1"), claim("bare", NOBODY), claim("zh")]
    wanted = [Wanted(claim_of(record)) for record in records]
    wanted[3], wanted[4] = replace(wanted[3], reasons=False), replace(wanted[4], languages=("zh",))

    def told(begun: list[Begun]) -> list[dict[str, Any]]:
        for _, kept in begun:
            kept.result()
        online.claims.journal.forget(lambda _: True)  # so that none is told of those before
        return [{**answer, "answer_id": ""} for answer, _ in begun]

    together = told(online.claims.begin(wanted))
    assert together == [told(online.claims.begin([one]))[0] for one in wanted]
    assert [len(answer["candidates"]) for answer in together] == [2, 0, 0, 0, 2]
    assert ["reasons" in answer for answer in together] == [True, True, True, False, True]


def test_a_claim_of_the_night_is_answered_from_the_nights_facts(online: Online) -> None:
    (answer,) = online.claims.score([{**claim("k1", NOBODY), "region": "south"}])
    assert (answer["known"], answer["as_of"], answer["not_known"]) == (True, str(WRITTEN), [])
    own = online.claims.known
    expected = claims_model().risk(own.row("k1")[[own.names.index("other_active")]][None, :])
    reviewed = after_review(expected, [own.beside("k1")["newest_finding"]], "duplicate")
    assert answer["scores"]["duplicate"]["probability"] == pytest.approx(reviewed[0])
    assert online.claims.regions_of("k1") == {"north"}  # as the register has it, whatever was sent
    assert online.claims.score([claim("another", NOBODY)])[0]["candidates"] == []


def test_a_claim_sent_again_is_one_claim(online: Online) -> None:
    online.claims.score([claim("same", NOBODY)])
    (again,) = online.claims.score([{**claim("same", NOBODY), "region": "south"}])
    assert again["candidates"] == []
    assert online.claims.regions_of("same") == {"south"}
    (other,) = online.claims.score([claim("other", NOBODY)])
    assert [one["claim_id"] for one in other["candidates"]] == ["same"]


def test_an_answer_can_be_asked_again_by_another_process(online: Online) -> None:
    (answer,) = online.claims.score([CLAIM])
    assert online.claims.answered(answer["answer_id"]) == ("north", answer)
    another = Journal(journal_path(online.home), online.claims.journal.fields, online.claims.journal.cap)
    assert another.answer(answer["answer_id"]) == ("north", answer)
    another.close()
    with pytest.raises(NotFound, match="no such answer"):
        online.claims.answered("none")


def test_nobody_is_answered_before_it_is_kept(online: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: Future[None] = Future()
    monkeypatch.setattr(online.claims.journal, "keep", lambda entry: kept)
    with ThreadPoolExecutor() as threads:
        scoring = threads.submit(online.claims.score, [CLAIM])
        with pytest.raises(NotYet):
            scoring.result(0.5)
        kept.set_result(None)
        assert scoring.result(5)[0]["claim_id"] == "new"


def test_what_cannot_be_kept_is_not_answered(online: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: Future[None] = Future()
    kept.set_exception(OSError("no space left on device"))
    monkeypatch.setattr(online.claims.journal, "keep", lambda entry: kept)
    with pytest.raises(OSError, match="no space"):
        online.claims.score([CLAIM])


def test_where_one_cannot_be_read_none_is_scored(online: Online) -> None:
    with pytest.raises(BadInput, match="the claim cannot be read") as refused:
        online.claims.score(
            [claim("first"), {**claim("second"), "amount": "much", "filed_at": dt.date.max, "colour": 1}]
        )
    assert all(name in refused.value.found for name in ("amount", "colour"))
    assert online.claims.regions_of("first") == set()
