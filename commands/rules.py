"""`plumbline rules`: the policy rules there are, and a rule tried over history before it is switched on."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.deployment import engine_of, lake_of, out, print_json, progress, registry_of, settings
from commands.options import Home, Json, Language, Version, checked_file, day
from commands.same_person import compared_claims
from features.errors import NotFound
from features.settings import Settings

rules_app = typer.Typer(
    no_args_is_help=True, help="Policy rules beside the models: what they are, and what they would do."
)

Progress = Callable[[str, int, int], None]
RulesFile = Annotated[
    Path | None,
    typer.Option("--rules", help="File of rules; else PLUMBLINE_RULES, else those that come with Plumbline."),
]
RuleNames = Annotated[list[str] | None, typer.Option("--rule", help="Only this rule; may be given several times.")]
PageLanguage = Annotated[Language, typer.Option(help="Language of the page.")]


@rules_app.command("list")
def list_rules(
    rules: RulesFile = None,
    rule: RuleNames = None,
    language: PageLanguage = Language.EN,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page of rules in both languages.")] = False,
    as_json: Json = False,
) -> None:
    """The rules there are: when each holds, what it says, what law it rests on, and since when.

    Example: plumbline rules list --language zh
    """
    from serving.rule_printing import rendered_rules

    book = rule_book(settings(None), rules, rule)
    if as_json:
        return print_json({"version": book.version, "rules": [one.record() for one in book.rules]})
    if markdown:
        from features.rules.page import rules_page

        sys.stdout.write(rules_page(book))
        return None
    out.print(rendered_rules(book, language.value))


@rules_app.command("test")
def try_over_history(
    first: Annotated[str, typer.Option("--from", help="First day to try the rules on.")],
    last: Annotated[str, typer.Option("--to", help="Last day to try them on.")],
    every: Annotated[int, typer.Option(help="Days from one day tried to the next.", min=1)] = 7,
    rules: RulesFile = None,
    rule: RuleNames = None,
    capacity: Annotated[int, typer.Option(help="Claims of a day that the models' own list holds.", min=1)] = 200,
    to: Annotated[Path | None, typer.Option("--out", help="JSON file to write as well.", callback=checked_file)] = None,
    language: PageLanguage = Language.EN,
    version: Version = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """What rules would have hit on regular days, what reviews found of it later, and the reviews a week they would add.

    Example: plumbline rules test --rules own.yaml --rule paid_after_death --from 2023-01-01 --to 2024-06-30
    """
    from features.rules.findings import decisions_of
    from features.rules.report import trial_report
    from features.rules.trial import regular_days, try_rules
    from serving.rule_printing import rendered_trial

    configured = settings(home)
    book = rule_book(configured, rules, rule)
    days = regular_days(day(first), day(last), every)
    lake, engine = lake_of(configured), engine_of(configured)
    number = lake.version() if version is None else version
    models = models_of(configured, days[0])
    tops: dict[Any, Any] = {}
    with progress() as report_progress:
        pairs = compared_claims(configured, lake, engine, days[-1], number, report_progress).pairs
        taken = _snapshots(lake, engine, number, _wanted(book, models), days, pairs, report_progress)
        trial = try_rules(book, _seen_by_models(taken, models, capacity, tops))
    report = {
        "lake_version": number,
        "models": {kind: model.card.model_id for kind, model in models.items()},
        "compared": pairs is not None,
        **trial_report(book, trial, decisions_of(lake, engine, number), tops if models else None),
    }
    if to:
        to.write_text(_json(report), encoding="utf-8")
    if as_json:
        return print_json(report)
    out.print(rendered_trial(report, language.value))


def rule_book(configured: Settings, path: Path | None, names: list[str] | None = None) -> Any:
    """The rules of the call, of the office or those shipped; NotFound names the rules there are."""
    from features.claims import CLAIM_FEATURES
    from features.rules.read import read_rules

    book = read_rules(CLAIM_FEATURES, path or configured.rules)
    there = [rule.name for rule in book.rules]
    missing = [name for name in names or [] if name not in there]
    if missing:
        raise NotFound(
            "no such rule",
            found=", ".join(missing),
            expected=", ".join(there),
            do="choose among these, or leave out --rule",
        )
    return book.named(tuple(names or ()))


def models_of(configured: Settings, as_of: dt.date) -> dict[str, Any]:
    """The models that may speak of the day, by kind; none where none was trained by then."""
    from serving.claim_scores import KINDS

    try:
        return dict(registry_of(configured).find_each(as_of, KINDS, "claims"))
    except NotFound:
        return {}


def _wanted(book: Any, models: dict[str, Any]) -> list[Any]:
    """The features that the rules and the models read, and what is at stake."""
    from features.claims import CLAIM_FEATURES
    from features.rules.trial import TO_PAY
    from serving.alerts.stakes import PAID

    read = {*book.reads, TO_PAY, *PAID, *(name for model in models.values() for name in model.card.features)}
    return [feature for feature in CLAIM_FEATURES if feature.name in read]


def _snapshots(
    lake: Any, engine: Any, version: int, features: list[Any], days: list[Any], pairs: Path | None, report: Progress
) -> Iterator[Any]:
    """A snapshot a query's worth of days, with what the rules read and no more."""
    from features.snapshots.claim_take import take_claim_snapshot
    from features.snapshots.portions import DAYS_A_QUERY

    for start in range(0, len(days), DAYS_A_QUERY):
        some = days[start : start + DAYS_A_QUERY]
        yield take_claim_snapshot(lake, engine, some, features, version, pairs)
        report("days", start + len(some), len(days))


def _seen_by_models(
    snapshots: Iterator[Any], models: dict[str, Any], capacity: int, tops: dict[Any, Any]
) -> Iterator[Any]:
    """The same snapshots; on the way what the models alone would list of each day is put into `tops`."""
    from serving.alerts.tops import top_claims

    for snapshot in snapshots:
        if models:
            tops.update(top_claims(models, snapshot, capacity))
        yield snapshot


def _json(report: dict[str, Any]) -> str:
    import json

    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
