import io

import pyarrow as pa
import pytest
from rich.console import Console

from serving.printing import rendered
from serving.texts import Language
from serving.watchlist import Watchlist
from tests.serving.conftest import columns, draw, snapshot_of
from training.artefact import RiskModel


def printed(watchlist: Watchlist, language: Language, width: int, blind: bool = False) -> str:
    """What a terminal of that width shows."""
    out = io.StringIO()
    Console(file=out, width=width).print(rendered(watchlist, language, blind))
    return out.getvalue()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "it proves nothing"), ("zh", "不证明任何事实"), ("both", "按风险")]
)
@pytest.mark.parametrize("width", [80, 100])
def test_a_terminal_shows_every_employer(
    model: RiskModel, snapshot: pa.Table, language: Language, said: str, width: int
) -> None:
    drawn = draw(model, snapshot)
    lines = printed(drawn, language, width)
    assert all(item.employer_id in lines for item in drawn.items)
    assert said in lines.replace("\n", " ")


def test_who_visits_need_not_know_how_each_was_chosen(model: RiskModel, snapshot: pa.Table) -> None:
    drawn = draw(model, snapshot)
    assert "000" in printed(drawn, "en", 80, blind=True)
    shown = printed(drawn, "en", 80, blind=True).split("not on the list")[1].split("A score orders")[0]
    assert "by lot" not in shown and "by risk" not in shown


def test_a_name_can_neither_steer_the_terminal_nor_style_the_text(model: RiskModel) -> None:
    drawn = draw(model, snapshot_of(columns(1), name=["\x1b[2J[red]Works[/red]"]), capacity=1)
    shown = printed(drawn, "en", 80)
    assert "\x1b" not in shown and "[red]Works[/red]" in shown
