"""Which registers the lake lacks on a day, and which ended long before it: each register speaks for itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from features.employers import EMPLOYER_FEATURES
from features.engine import DuckDB
from features.lake.gaps import Gaps, gaps
from features.lake.ingest import ingest
from features.lake.lake import Lake

PAYROLL = "".join(f"e,w,2024-{month:02}-01,{known},100\n" for month, known in ((5, "2024-06-10"), (6, "2024-07-10")))


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Payroll of May and June with a late correction, complaints until October and after, employers without a day."""
    return _lake(
        tmp_path_factory.mktemp("office"),
        payroll="employer_id,worker_id,month,known_on,wage_due\n" + PAYROLL + "e,w,2024-05-01,2024-10-20,90\n",
        complaints="complaint_id,employer_id,filed_on\nc1,e,2024-01-08\nc2,e,2024-10-08\nc3,e,2024-12-08\n",
        employers="employer_id,name\ne,Works\n",
    )


def _lake(folder: Path, **registers: str) -> Lake:
    (folder / "in").mkdir()
    for name, text in registers.items():
        (folder / "in" / f"{name}.csv").write_text(text)
    lake = Lake(folder / "lake")
    assert ingest(folder / "in", lake).aside == 0
    return lake


def found(lake: Lake, as_of: dt.date) -> Gaps:
    return gaps(lake, DuckDB(), EMPLOYER_FEATURES, as_of)


def test_registers_that_are_not_there_are_missing(lake: Lake) -> None:
    assert found(lake, dt.date(2024, 10, 31)).missing == ("employer_ties", "contributions", "inspections")


def test_one_of_which_nothing_was_known_yet_is_missing_too(lake: Lake) -> None:
    assert "payroll" in found(lake, dt.date(2024, 6, 9)).missing
    assert "payroll" not in found(lake, dt.date(2024, 6, 10)).missing


@pytest.mark.parametrize(
    ("as_of", "ended"),
    [
        (dt.date(2024, 8, 31), {"complaints": dt.date(2024, 1, 8)}),
        (dt.date(2024, 9, 1), {"complaints": dt.date(2024, 1, 8), "payroll": dt.date(2024, 6, 30)}),
        (dt.date(2024, 10, 31), {"payroll": dt.date(2024, 6, 30)}),
    ],
)
def test_each_ends_with_its_newest_row_whatever_the_others_do(
    lake: Lake, as_of: dt.date, ended: dict[str, dt.date]
) -> None:
    assert found(lake, as_of).ended == ended


def test_what_stands_does_not_end(tmp_path: Path) -> None:
    """Nobody files ties or employers every month: an old newest row of theirs is no gap."""
    old = _lake(
        tmp_path,
        employers="employer_id,name,registered_on\ne,Works,2010-01-01\n",
        employer_ties="employer_id,tie,value,since\ne,phone,1,2015-01-01\n",
        payroll="employer_id,worker_id,month,known_on,wage_due\n" + PAYROLL,
    )
    assert found(old, dt.date(2024, 12, 31)).ended == {"payroll": dt.date(2024, 6, 30)}
