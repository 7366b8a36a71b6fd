"""The cells of a fold month by month: the same as folded at once, and made again only where something changed."""

import datetime as dt

import pytest

from features.engine import DuckDB
from features.fingerprint import definition
from features.folds import FOLDS
from features.folds.files import fold_files
from tests.features.lake.office import Office
from tests.features.worlds import random_world, table

MONTHS = [dt.date(2023, 6, 1), *(dt.date(2024, month, 1) for month in (3, 4, 6))]
MONTHLY = [fold for fold in FOLDS.values() if fold.monthly]


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def cells(rows):
    """Rows as text in order; a cell of nothing but zeros tells nothing."""
    keys = ("employer_id", "from_employer", "event", "learned_on")
    return sorted(str(row) for row in rows if any(value for name, value in row.items() if name not in keys))


@pytest.mark.parametrize("fold", MONTHLY, ids=lambda fold: fold.name)
def test_months_folded_apart_are_all_folded_at_once(duckdb: DuckDB, office: Office, fold):
    world = random_world(seed=5, employers=12)
    registers = {
        name: table(name, [row for row in world[name] if row["month"] in MONTHS])
        for name in ("payroll", "contributions")
    }
    office.ingest(**registers)
    files = fold_files(office.lake, duckdb, fold, 1)
    apart = [row for file in files for row in duckdb.con.read_parquet(str(file)).to_pyarrow().to_pylist()]
    read = [
        duckdb.read([file.path for file in office.lake.files(name)], office.lake.schema(name))
        for name in fold.registers
    ]
    months = {row["event"] for row in apart}
    at_once = [row for row in duckdb.fetch(fold.expression(*read)).to_pylist() if row["event"] in months]
    assert cells(apart) == cells(at_once) != []


@pytest.mark.parametrize(("fold", "again"), [("payroll", {1}), ("people", {1, 2, 13}), ("moves", {1, 2, 3, 4})])
def test_only_months_that_got_rows_and_those_that_look_back_on_them_are_folded_again(duckdb, office, fold, again):
    """Payroll of January 2023 to January 2024, and a late row for January 2023."""
    months = [f"{2023 + n // 12}-{1 + n % 12:02}-01" for n in range(13)]
    head = "employer_id,worker_id,month,wage_due,known_on\n"
    office.ingest(payroll=head + "".join(f"a,1,{month},100,2024-02-01\n" for month in months))
    first = fold_files(office.lake, duckdb, FOLDS[fold], 1)
    office.hands_in("payroll/late.csv", head + "a,2,2023-01-01,100,2024-02-02\n")
    (office.folder / "payroll.csv").unlink()
    office.ingest()
    second = fold_files(office.lake, duckdb, FOLDS[fold], 2)
    assert {place for place, (one, two) in enumerate(zip(first, second, strict=True), 1) if one != two} == again
    assert fold_files(office.lake, duckdb, FOLDS[fold], 1) == first  # the older version still has its own


def test_a_definition_covers_what_it_rests_on_and_no_more(monkeypatch):
    import features.fingerprint as fingerprint

    rests = fingerprint._rests_on("features.folds.contributions")
    assert {"features.folds.payroll", "features.known", "features.registers.pay", "features.limits"} <= rests
    assert "features.employers.pay" not in rests
    before = definition("features.folds.contributions")
    monkeypatch.setattr(fingerprint, "LIMITS", {**fingerprint.LIMITS, "pay_due_days": 31})
    definition.cache_clear()
    assert definition("features.folds.contributions") != before
    monkeypatch.undo()
    definition.cache_clear()
    assert definition("features.folds.contributions") == before
