import csv
import json
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from serving.arms import Policy
from serving.columns import COLUMNS, TELLING, TEXT_COLUMNS, sheet_of, titles
from serving.columns import columns as column_names
from serving.export import to_record, write_chances, write_json
from serving.sheets import harmless, write_csv, write_xlsx
from serving.watchlist import Watchlist
from tests.serving.conftest import columns, draw, snapshot_of
from training.artefact import RiskModel

ATTACKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "\t=1+1",
    "http://example.org",
    "东方建筑有限公司",
]


@pytest.fixture(scope="module")
def attacked(model: RiskModel) -> Watchlist:
    count = len(ATTACKS)
    snapshot = snapshot_of(columns(count), name=ATTACKS, employer_id=[f"=00{i}" for i in range(count)])
    return draw(model, snapshot, random_share=0)


def test_csv_opens_in_a_spreadsheet_without_running_anything(attacked: Watchlist, tmp_path: Path) -> None:
    write_csv(sheet_of(attacked, "zh"), tmp_path / "list.csv")
    assert (tmp_path / "list.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == titles("zh")
    assert {row["名称"] for row in rows} == {harmless(name) for name in ATTACKS}
    for row in rows:
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row.values())
        assert row["单位编号"].startswith("'=00")


def test_xlsx_holds_ids_and_names_as_text(attacked: Watchlist, tmp_path: Path) -> None:
    write_xlsx(sheet_of(attacked, "both"), tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    heading, *rows = book.worksheets[0].iter_rows()
    assert [cell.value for cell in heading] == titles("both")
    assert {row[COLUMNS.index("name")].value for row in rows} == set(ATTACKS)
    for row in rows:
        for name, cell in zip(COLUMNS, row, strict=True):
            if name in TEXT_COLUMNS:
                assert (cell.data_type, cell.number_format, cell.hyperlink) == ("s", "@", None)
            else:
                assert cell.data_type == "n"
    assert any("proves nothing" in str(row[1].value) for row in book.worksheets[1].iter_rows())


def test_json_holds_both_languages_and_nothing_that_json_has_not(
    model: RiskModel, snapshot: pa.Table, tmp_path: Path
) -> None:
    drawn = draw(model, snapshot, capacity=400)
    write_json(drawn, tmp_path / "list.json")
    record = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))
    assert (record["as_of"], record["created"], record["seed"]) == ("2024-06-30", "2024-07-01T00:00:00+00:00", 7)
    assert len(record["items"]) == 270 and record["dropped"]["closed"] == 30
    first = record["items"][0]
    assert first["employer_id"] == drawn.items[0].employer_id and first["reasons"][0]["sentence"]["zh"]
    assert set(first["level_name"]) == {"en", "zh"}
    assert first["action_name"]["zh"] and first["level_change"]["sentence"]["zh"] and "chances" not in record


def test_a_blind_sheet_tells_nothing_of_how_an_employer_was_chosen(
    model: RiskModel, snapshot: pa.Table, tmp_path: Path
) -> None:
    drawn = draw(model, snapshot)
    write_csv(sheet_of(drawn, "en", blind=True), tmp_path / "list.csv")
    write_xlsx(sheet_of(drawn, "en", blind=True), tmp_path / "list.xlsx")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    kept = [name for name in COLUMNS if name not in TELLING]
    assert rows[0] == [cell.value for cell in sheet[1]] == titles("en", blind=True) and len(rows[0]) == len(kept)
    assert {"arm", "drawing_probability", "risk", "level"} <= TELLING and column_names(True) == kept
    told = [cell for row in rows[1:] for cell in row] + [str(cell.value) for row in sheet.iter_rows(2) for cell in row]
    assert not any(cell in ("by lot", "by risk", "random") or "by lot" in cell for cell in told)
    assert [row[kept.index("employer_id")] for row in rows[1:]] == [item.employer_id for item in drawn.items]


@pytest.mark.parametrize("policy", ["fixed", "bins"])
def test_the_record_tells_the_probability_of_everybody_not_listed(
    model: RiskModel, snapshot: pa.Table, policy: Policy
) -> None:
    drawn = draw(model, snapshot, random_policy=policy)
    lots = to_record(drawn)["lots"]
    assert (len({row["drawing_probability"] for row in lots}) == 1) == (policy == "fixed") and len(lots) > 1
    for row in drawn.chances.to_pylist():
        if row["arm"] in (None, "random"):
            (told,) = (
                lot for lot in lots
                if (lot["risk_from"] or 0) <= row["risk"] and (lot["risk_below"] is None or row["risk"] < lot["risk_below"])
            )  # fmt: skip
            assert told["drawing_probability"] == row["drawing_probability"]
    assert sum(lot["drawn"] for lot in lots) == drawn.drawn_by_lot
    assert sum(lot["employers"] for lot in lots) == drawn.population - sum(i.arm == "risk" for i in drawn.items)


def test_how_it_was_drawn_is_told_of_the_policy_it_was_drawn_by(
    model: RiskModel, snapshot: pa.Table, tmp_path: Path
) -> None:
    write_chances(draw(model, snapshot, random_policy="fixed"), tmp_path / "chances.parquet")
    said = pq.read_schema(tmp_path / "chances.parquet").metadata[b"design"]
    assert b"over bins" not in said and b"n / N" in said


def test_the_probability_of_everybody_is_kept(model: RiskModel, snapshot: pa.Table, tmp_path: Path) -> None:
    drawn = draw(model, snapshot, random_policy="bins")
    write_chances(drawn, tmp_path / "chances.parquet")
    table = pq.read_table(tmp_path / "chances.parquet")
    rows = {row["employer_id"]: row for row in table.to_pylist()}
    assert len(rows) == drawn.population == 270
    assert sum(row["drawing_probability"] for row in rows.values()) == pytest.approx(20)
    for item in drawn.items:
        row = rows.pop(item.employer_id)
        assert (row["arm"], row["drawing_probability"], row["risk"]) == (item.arm, item.drawing_probability, item.risk)
    assert all(row["arm"] is None and 0 < row["drawing_probability"] < 1 for row in rows.values())
    assert (
        table.schema.metadata[b"random_policy"] == b"bins"
        and b"systematic sampling" in table.schema.metadata[b"design"]
    )
