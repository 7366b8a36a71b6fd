"""The list of alerts for a terminal, readable at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from serving.alerts.alert import Alert, Alerts
from serving.alerts.columns import left_out, models_named
from serving.alerts.said import chance, found_by_scores, money, parts
from serving.limits import BIN_EDGES
from serving.printing import INDENT, printable
from serving.texts import Language, Sentence, text

STYLES = {
    "duplicate": "black on dark_orange", "fraud": "bold white on red", "rule": "black on yellow", "none": "dim",
}  # fmt: skip
TOLD_FROM = 2  # the bin of scores from which the kind is coloured


def rendered(alerts: Alerts, language: Language = "en", blind: bool = False) -> RenderableType:
    """The list with its head and foot; `blind` leaves out how each was chosen and what would tell it."""
    items = [_item(item, language, blind) for item in alerts.items]
    foot = Text(text("alerts_foot").say(language), "dim")
    return Group(*_head(alerts, language, blind), *items, Rule(style="dim"), foot)


def _head(alerts: Alerts, language: Language, blind: bool) -> Iterator[RenderableType]:
    region = alerts.region or text("everywhere").say(language)
    yield Rule(Text(printable(f"{text('alerts_title').say(language)} · {region} · {alerts.as_of}"), "bold"))
    for line in _head_lines(alerts, blind):
        yield Text(printable(line.say(language)))
    yield Text(_left_out(alerts).say(language), "dim")
    yield Rule(style="dim")


def _head_lines(alerts: Alerts, blind: bool) -> Iterator[Sentence]:
    yield text(
        "alerts_places",
        listed=len(alerts.items),
        groups=alerts.groups,
        claims=alerts.claims,
        random=alerts.drawn_by_lot,
    )
    if not blind:
        yield found_by_scores(alerts)
    yield text("alerts_order", order=text(f"order_{alerts.order}"))
    yield text(
        "alerts_from_blind" if blind else "alerts_from",
        models=models_named(alerts),
        rules=alerts.rules_version,
        actions=alerts.actions_version,
        lake_version="–" if alerts.lake_version is None else alerts.lake_version,
        seed=alerts.seed,
    )
    yield from alerts.notes


def _left_out(alerts: Alerts) -> Sentence:
    counts = left_out(alerts)
    en = ", ".join(f"{reason.en} {count:,}" for reason, count in counts)
    zh = "，".join(f"{reason.zh}{count:,}" for reason, count in counts)
    return text("alerts_left_out", counts=Sentence(en, zh))


def _item(item: Alert, language: Language, blind: bool) -> RenderableType:
    shown = "" if item.probability is None else f" {item.probability:.0%} "
    style = STYLES[item.kind] if (item.probability or 0) >= BIN_EDGES[TOLD_FROM] else "dim"
    scored = [(f" {text(f'kind_{item.kind}').say(language)} ", style), (shown, "bold")]
    described = [text(f"scheme_{item.scheme}").say(language), item.region, f"{item.filed_on}"]
    line = Text.assemble(
        (f"{item.rank:>3} ", "bold"),
        *([] if blind else scored),
        (" " + printable(item.claim_id), "bold"),
        (f"  {printable(item.name)} {printable(item.person or '')}", "cyan"),
        (f"  {printable(' · '.join(filter(None, described)))}", "dim"),
        ("" if blind else f"  {text(f'arm_{item.arm}').say(language)}", "dim"),
    )
    facts = Table.grid(padding=(0, 1))
    facts.add_column(style="dim", no_wrap=True, min_width=15 if language == "en" else 8)
    facts.add_column(ratio=1, overflow="fold")
    for mark, said in _facts(item, language, blind):
        facts.add_row(text(f"mark_{mark}").say(language), Text(said))
    return Group(line, Padding(facts, (0, 0, 1, INDENT)))


def _facts(item: Alert, language: Language, blind: bool) -> Iterator[tuple[str, str]]:
    if not blind:
        yield "kind", chance(item).say(language)
        yield (
            "action",
            text("proposed", action=text(f"alert_action_{item.action}"), because=item.action_because).say(language),
        )
    yield "money", money(item).say(language)
    told = parts(item)
    marked = {
        "news": told["news"],
        "note": [fact.sentence for fact in item.reasons if fact.contribution is None],
        "reasons": [fact.sentence for fact in item.reasons if fact.contribution is not None],
        "for_claimant": [fact.sentence for fact in item.facts_for],
        **{mark: told[mark] for mark in ("rules", "other", "work", "companions")},
    }
    for mark, lines in marked.items():
        if lines:
            yield mark, "\n".join(printable(line.say(language)) for line in lines)
