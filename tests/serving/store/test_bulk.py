"""Rows in bulk say the same as rows one by one: empty texts, nulls, quotes, characters of any language."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest
from sqlalchemy import select

from serving.store import bulk
from serving.store.base import now
from serving.store.bulk import insert
from serving.store.opened import Store
from serving.store.runs import ClaimScore, Run

WORDS = ["", None, '"', "a,b", "line\nbreak", "\\N", "\\", "'; DROP TABLE runs; --", "暂缓发放", "\t", " ", "NULL"]


@pytest.mark.parametrize("at_a_time", [1, 5, 1000])
def test_what_is_written_is_what_is_read(store: Store, monkeypatch: pytest.MonkeyPatch, at_a_time: int) -> None:
    monkeypatch.setattr(bulk, "ROWS", at_a_time)
    count = len(WORDS)
    rows = pa.table(
        {
            "run": pa.array([1] * count, pa.int32()),
            "claim_id": [f"{number:02}" for number in range(count)],
            "filed_on": pa.array([dt.date(1969, 12, 31), dt.date(2024, 2, 29)] * (count // 2), pa.date32()),
            "region": pa.array(WORDS, pa.string()),
            "fraud": pa.array([0.1 + 0.2, None, 1e-300, 1.0] * (count // 4), pa.float64()),
            "why": pa.array(['{"name":"他说\\"好\\""}', None] * (count // 2), pa.string()),
        }
    )
    with store.session() as session:
        session.add(run())
        assert insert(session, ClaimScore, rows) == count
    with store.reading() as session:
        kept = session.scalars(select(ClaimScore).order_by(ClaimScore.claim_id)).all()
    assert [one.region for one in kept] == WORDS
    assert [one.fraud for one in kept] == rows["fraud"].to_pylist()
    assert [one.filed_on for one in kept] == rows["filed_on"].to_pylist()
    assert [one.why for one in kept] == [{"name": '他说"好"'}, None] * (count // 2)
    assert {one.finding for one in kept} == {None}


def run() -> Run:
    return Run(
        number=1, run_id="1", subject="claims", as_of=dt.date(2024, 6, 30), models={}, tables={}, reasons_share=0,
        scored=0, created=now(), created_by="tests",
    )  # fmt: skip
