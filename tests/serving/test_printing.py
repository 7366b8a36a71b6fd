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
    whole, shown = (_items(printed(drawn, "en", 80, blind)) for blind in (False, True))
    telling = [
        "by lot",
        "by risk",
        "%  ",
        "estimate for",
        "would lower it",
        "drawn by lot",
        "red level",
        "proposed",
        "visit",
    ]
    assert all(item.employer_id in shown for item in drawn.items)
    assert (
        "by lot" in whole
        and "would lower it" in whole
        and "proposed" in whole
        and not any(one in shown for one in telling)
    )


def _items(page: str) -> str:
    """The page without head and foot, and without the facts of the registers."""
    body = page.split("not on the list")[1].split("A score only says")[0]
    facts = ("raises the score", "speaks for it", "at stake", "    " * 5)
    return "\n".join(line for line in body.splitlines() if not line.strip().startswith(facts) and line[4:20].strip())


def test_a_screen_shows_what_is_proposed_expected_and_would_change(model: RiskModel, snapshot: pa.Table) -> None:
    drawn = draw(model, snapshot)
    english, chinese = (" ".join(printed(drawn, language, 300).split()) for language in ("en", "zh"))
    for item in drawn.items:
        assert item.level_change.sentence.en in english and item.level_change.sentence.zh in chinese
        assert item.action_because.en in english and item.action_because.zh in chinese
    assert "what is known of overdue wages, payroll, claims" in english and "workers who may be owed" in english
    assert "已知的逾期工资、工资总额、投诉金额" in chinese and "可能被欠人数" in chinese
    assert "Employers drawn by lot are always visited" in english and "随机抽取的单位一律检查" in chinese


def test_a_name_can_neither_steer_the_terminal_nor_style_the_text(model: RiskModel) -> None:
    drawn = draw(model, snapshot_of(columns(1), name=["\x1b[2J[red]Works[/red]"]), capacity=1)
    shown = printed(drawn, "en", 80)
    assert "\x1b" not in shown and "[red]Works[/red]" in shown
