"""The watchlist for a terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from serving.columns import action_name, hits, left_out
from serving.items import Item
from serving.levels import level_name
from serving.texts import Language, Sentence, label_name, text, told_money
from serving.watchlist import Watchlist

STYLES = {"red": "bold white on red", "orange": "black on dark_orange", "yellow": "black on yellow", "none": "dim"}
INDENT = 4


def rendered(watchlist: Watchlist, language: Language = "en", blind: bool = False) -> RenderableType:
    """The list with its head and foot, for `rich.console.Console.print`.

    `blind` leaves out how each was chosen and what would tell it, for those who make the visits.
    """
    items = [_item(item, language, blind) for item in watchlist.items]
    return Group(*_head(watchlist, language), *items, Rule(style="dim"), Text(text("foot").say(language), "dim"))


def printable(said: str) -> str:
    """`said` without characters that steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in said)


def _head(watchlist: Watchlist, language: Language) -> Iterator[RenderableType]:
    region = watchlist.region or text("everywhere").say(language)
    yield Rule(Text(printable(f"{text('title').say(language)} · {region} · {watchlist.as_of}"), "bold"))
    for line in _head_lines(watchlist):
        yield Text(printable(line.say(language)))
    yield Text(_left_out(watchlist).say(language), "dim")
    yield Rule(style="dim")


def _head_lines(watchlist: Watchlist) -> Iterator[Sentence]:
    listed, random = len(watchlist.items), watchlist.drawn_by_lot
    yield text("head_places", listed=listed, population=watchlist.population, random=random)
    yield hits(watchlist)
    order, policy = text(f"order_{watchlist.order}"), text(f"random_policy_{watchlist.random_policy}")
    yield text("head_order", order=order, policy=policy)
    yield text(
        "head_model",
        model_id=watchlist.model_id,
        label=label_name(watchlist.label),
        horizon_months=watchlist.horizon_months,
        lake_version="–" if watchlist.lake_version is None else watchlist.lake_version,
        levels=watchlist.levels_version,
        actions=watchlist.actions_version,
    )
    yield from watchlist.notes


def _left_out(watchlist: Watchlist) -> Sentence:
    counts = left_out(watchlist)
    en = ", ".join(f"{reason.en} {count:,}" for reason, count in counts)
    zh = "，".join(f"{reason.zh}{count:,}家" for reason, count in counts)
    return text("head_left_out", counts=Sentence(en, zh))


def _item(item: Item, language: Language, blind: bool) -> RenderableType:
    scored = [
        (f" {level_name(item.level).say(language)} ", STYLES[item.level]),
        (f" {item.risk:.0%} ", "bold"),
    ]
    line = Text.assemble(
        (f"{item.rank:>3} ", "bold"),
        *([] if blind else scored),
        (printable(item.name), "bold"),
        (f"  {printable(item.employer_id)}", "cyan"),
        (f"  {printable(' · '.join(filter(None, [item.region, item.industry])))}", "dim"),
        ("" if blind else f"  {text(f'arm_{item.arm}').say(language)}", "dim"),
    )
    facts = Table.grid(padding=(0, 1))
    facts.add_column(style="dim", no_wrap=True, min_width=15 if language == "en" else 8)
    facts.add_column(ratio=1, overflow="fold")  # Chinese has no blanks to break a line at
    for mark, said in _facts(item, language, blind):
        facts.add_row(text(f"mark_{mark}").say(language), Text(said))
    return Group(line, Padding(facts, (0, 0, 1, INDENT)))


def _facts(item: Item, language: Language, blind: bool) -> Iterator[tuple[str, str]]:
    if not blind:  # an employer drawn by lot is always visited: the action would tell who was not
        yield "action", text("proposed", action=action_name(item.action), because=item.action_because).say(language)
    marked = {
        "note": [fact for fact in item.reasons if fact.contribution is None],
        "reasons": [fact for fact in item.reasons if fact.contribution is not None],
        "facts_for": item.facts_for,
        "at_stake": item.at_stake,
    }
    for mark, facts in marked.items():
        if facts:
            yield mark, "\n".join(printable(fact.sentence.say(language)) for fact in facts)
    if not blind:
        yield "expected", _expected(item).say(language)
        yield "level_change", item.level_change.sentence.say(language)
    yield "liveness", item.liveness.say(language)


def _expected(item: Item) -> Sentence:
    workers = item.expected_workers
    told = text("size_unknown") if workers is None else f"{workers:,.1f}"
    return text("expected_harm", workers=told, money=told_money(item.expected_money))
