"""Policy rules, and their trials over history, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from features.rules.rule import Rule, RuleBook
from serving.texts import Language, Sentence, text, told_money

INDENT = 2
UNKNOWN = "–"


def rendered_rules(book: RuleBook, language: Language) -> RenderableType:
    """The rules of a book, each with what it asks, says and rests on."""
    head = Line(Text(f"{text('rules_title').say(language)} · {book.version}", "bold"))
    rules = [_block(rule.record(), language, _told(rule, language)) for rule in book.rules]
    return Group(head, *rules, Text(text("rules_foot").say(language), "dim"))


def rendered_trial(report: Mapping[str, Any], language: Language) -> RenderableType:
    """The report of a trial, a block a rule, then all together, then what the figures do not show."""
    head = Line(Text(text("trial_title").say(language), "bold"))
    days = report["days"]
    said = text(
        "trial_days",
        days=len(days),
        first=days[0],
        last=days[-1],
        claims=report["claims"],
        version=report["rules_version"],
    )
    rules = [_block(rule, language, _tried(rule, len(days), language)) for rule in report["rules"]]
    together = Text.assemble((text("trial_any").say(language) + " ", "bold"), _any(report["any_rule"]).say(language))
    notes = [Text(f"• {note}", "dim") for shown in _languages(language) for note in report["notes"][shown]]
    return Group(head, Text(said.say(language)), Text(), *rules, together, Text(), *notes)


def rule_heading(rule: Mapping[str, Any]) -> Sentence:
    """Severity, schemes and validity of a rule's record, in one line."""
    schemes = [text(f"scheme_{scheme}") for scheme in rule["schemes"]] or [text("scheme_all")]
    listed = Sentence(", ".join(s.en for s in schemes), "、".join(s.zh for s in schemes))
    key = "rule_until" if rule["valid_until"] else "rule_since"
    since = text(key, valid_from=rule["valid_from"], valid_until=rule["valid_until"])
    parts = (text(f"severity_{rule['severity']}"), listed, since)
    return Sentence(" · ".join(p.en for p in parts), " · ".join(p.zh for p in parts))


def _block(rule: Mapping[str, Any], language: Language, lines: Iterator[tuple[str, str]]) -> RenderableType:
    title = Text.assemble((rule["name"], "bold"), ("  " + rule_heading(rule).say(language), "dim"))
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True, min_width=11 if language == "en" else 8)
    grid.add_column(ratio=1, overflow="fold")
    for mark, said in lines:
        grid.add_row(text(mark).say(language), Text(said))
    return Group(title, Padding(grid, (0, 0, 1, INDENT)))


def _told(rule: Rule, language: Language) -> Iterator[tuple[str, str]]:
    yield "rule_when", rule.when.text
    yield "rule_says", Sentence(rule.says.en, rule.says.zh).say(language)
    yield "rule_basis", Sentence(rule.legal_basis.en, rule.legal_basis.zh).say(language)


def _tried(rule: Mapping[str, Any], days: int, language: Language) -> Iterator[tuple[str, str]]:
    yield "rule_when", rule["when"]
    yield "rule_basis", Sentence(**rule["legal_basis"]).say(language)
    if rule["days_in_force"] < days:
        key = "trial_partly_in_force" if rule["days_in_force"] else "trial_not_in_force"
        yield "trial_days_in_force", text(key, own=rule["days_in_force"], all=days).say(language)
    if not rule["days_in_force"]:
        return
    yield "trial_hits", _hits(rule).say(language)
    yield "trial_decided", _found(rule).say(language)
    yield "trial_money", _money(rule).say(language)
    if rule["other_rules"]:
        shared = [text("trial_other", **one).say(language) for one in rule["other_rules"]]
        yield "trial_others", ("；" if language == "zh" else "; ").join(shared)
    yield (
        "trial_model",
        (text("trial_model_said", **rule["model"]) if rule["model"] else text("trial_no_model")).say(language),
    )


def _hits(rule: Mapping[str, Any]) -> Sentence:
    return text(
        "trial_hits_said",
        hits=rule["hits"],
        standing=rule["standing_on_the_first_day"],
        added=rule["hits_added"],
        weekly=_weekly(rule["reviews_a_week"]),
    )


def _found(rule: Mapping[str, Any]) -> Sentence:
    if not rule["decided_after"]:
        return text("trial_nothing_decided", before=rule["decided_before"])
    found = [(text(f"finding_{name}"), count) for name, count in rule["findings"].items()]
    listed = Sentence(
        ", ".join(f"{name.en} {count:,}" for name, count in found),
        "、".join(f"{name.zh}{count:,}件" for name, count in found),
    )
    return text(
        "trial_decided_said",
        share=_share(rule["precision"]),
        lot=_share(rule["precision_by_lot"]),
        findings=listed,
        before=rule["decided_before"],
    )


def _share(share: Mapping[str, Any]) -> Sentence:
    return text("trial_share", **share) if share["of"] else text("trial_nothing")


def _money(rule: Mapping[str, Any]) -> Sentence:
    return text(
        "trial_money_said",
        paid=_amount(rule["paid_so_far"]),
        to_pay=_amount(rule["still_to_pay"]),
        lost=told_money(rule["found_lost"]),
    )


def _any(rule: Mapping[str, Any]) -> Sentence:
    return text(
        "trial_any_said",
        hits=rule["hits"],
        weekly=_weekly(rule["reviews_a_week"]),
        share=_share(rule["precision"]),
        lot=_share(rule["precision_by_lot"]),
    )


def _weekly(reviews: float | None) -> str:
    return UNKNOWN if reviews is None else f"{reviews:.1f}"


def _amount(amount: float | None) -> Sentence | str:
    return UNKNOWN if amount is None else told_money(amount)


def _languages(language: Language) -> tuple[str, ...]:
    return ("en", "zh") if language == "both" else (language,)
