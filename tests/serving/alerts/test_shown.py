"""A list of alerts on screen and as files, blind or not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from features.errors import BadInput
from features.rings.evidence import KINDS
from serving.alerts.alert import Alerts
from serving.alerts.columns import ABOUT, COLUMNS, FORMS, TELLING, columns
from serving.alerts.export import to_record, write_chances, writer_for
from serving.alerts.printing import rendered
from serving.arms import Policy
from serving.texts import FILES, TEXTS, Language
from tests.serving.alerts.office import draw, scored, snapshot


def page(alerts: Alerts, language: Language, blind: bool = False, width: int = 100) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(rendered(alerts, language, blind))
    return " ".join(out.getvalue().split())


@pytest.fixture
def drawn(tmp_path: Path) -> Alerts:
    return draw(tmp_path, scored(snapshot()))


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.parametrize("width", [80, 120])
def test_a_terminal_shows_every_claim_and_that_people_decide(drawn: Alerts, language: Language, width: int) -> None:
    shown = page(drawn, language, width=width)
    assert all(item.claim_id in shown for item in drawn.items)
    assert ("people decide" if language == "en" else "由工作人员决定") in shown.replace(
        " ", "" if language == "zh" else " "
    )


def test_blind_tells_nothing_of_how_a_claim_was_chosen(drawn: Alerts, tmp_path: Path) -> None:
    whole, blind = page(drawn, "en"), page(drawn, "en", blind=True)
    items = blind.split("beyond capacity")[1].split("An alert orders")[0]
    assert "by lot" in whole and "seed 7" in whole and "seed 7" not in blind
    # what a rule says of earlier reviews by lot is of other claims
    assert not any(word in items.replace("reviewed by lot", "") for word in ("by lot", "by order", "proposed", "%,"))
    writer_for(tmp_path / "list.csv", "en", blind=True)(drawn)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20 and len(rows[0]) == len(columns(blind=True)) == len(COLUMNS) - len(TELLING)
    assert not {TEXTS[f"column_{name}"]["en"] for name in TELLING} & set(rows[0])


def test_a_spreadsheet_has_numbers_as_numbers_and_the_rest_as_text(drawn: Alerts, tmp_path: Path) -> None:
    writer_for(tmp_path / "list.xlsx", "zh")(drawn)
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    for row in book.worksheets[0].iter_rows(2):
        for name, cell in zip(COLUMNS, row, strict=True):
            assert cell.data_type == ("n" if name in FORMS or cell.value is None else "s")
    assert "姓名" in [cell.value for cell in book.worksheets[0][1]]  # of a person; an employer has a 名称
    assert any("不停发待遇" in str(row[1].value) for row in book.worksheets[1].iter_rows())


def test_the_record_is_whole_and_its_identifiers_are_masked(drawn: Alerts, tmp_path: Path) -> None:
    writer_for(tmp_path / "list.json")(drawn)
    said = (tmp_path / "list.json").read_text(encoding="utf-8")
    record = json.loads(said)
    assert record["seed"] == 7 and len(record["items"]) == 20 and "chances" not in record
    first = record["items"][0]
    assert first["action_name"]["zh"] and first["kind_name"]["en"] and first["rules"] is not None
    assert not any(person in said for person in snapshot()["person_id"].to_pylist())


def test_every_chance_is_written_with_how_it_was_drawn(drawn: Alerts, tmp_path: Path) -> None:
    write_chances(drawn, tmp_path / "chances.parquet")
    table = pq.read_table(tmp_path / "chances.parquet")
    assert table.num_rows == 180 and b"systematic sampling" in table.schema.metadata[b"design"]


@pytest.mark.parametrize("policy", ["fixed", "bins"])
def test_the_record_tells_the_probability_of_every_group_not_listed(tmp_path: Path, policy: Policy) -> None:
    rings = ["ring" if 4 <= number < 14 else None for number in range(200)]
    alerts = draw(tmp_path, scored(snapshot(), ("duplicate",), rings=rings), random_policy=policy)
    told = to_record(alerts)["lots"]
    assert (len({row["drawing_probability"] for row in told}) == 1) == (policy == "fixed") and len(told) > 1
    for row in alerts.chances.filter(alerts.chances["leads"]).to_pylist():
        if row["arm"] in (None, "random"):
            chance = row["probability"] or 0
            (lot,) = (
                lot for lot in told
                if (lot["probability_from"] or 0) <= chance and (lot["probability_below"] is None or chance < lot["probability_below"])
            )  # fmt: skip
            assert lot["drawing_probability"] == row["drawing_probability"]
    assert sum(lot["drawn"] for lot in told) == alerts.drawn_by_lot
    assert sum(lot["groups"] for lot in told) == alerts.groups - sum(item.arm == "order" for item in alerts.items)


def test_how_it_was_drawn_is_told_of_the_policy_it_was_drawn_by(drawn: Alerts, tmp_path: Path) -> None:
    write_chances(drawn, tmp_path / "chances.parquet")
    said = pq.read_schema(tmp_path / "chances.parquet").metadata[b"design"]
    assert drawn.random_policy == "fixed" and b"over bins" not in said and b"in groups" in said


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(BadInput, match=r"\.csv, \.xlsx or \.json"):
        writer_for(Path("list.pdf"))


def test_every_column_has_a_title_and_no_text_is_said_twice() -> None:
    assert all(f"column_{name}" in TEXTS for name in COLUMNS) and all(f"about_{name}" in TEXTS for name in ABOUT)
    assert len(TEXTS) == sum(len(keys) for keys in _keys())


def test_whatever_ties_a_ring_has_a_name() -> None:
    assert all(f"thing_{kind.replace(' ', '_')}" in TEXTS for kind in KINDS)


def _keys() -> list[list[str]]:
    import tomllib
    from importlib.resources import files

    return [list(tomllib.loads(files(package).joinpath(name).read_text("utf-8"))) for package, name in FILES]
