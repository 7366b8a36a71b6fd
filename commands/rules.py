"""`plumbline rules`: the policy rules there are, and a rule tried over history before it is switched on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.deployment import engine_of, lake_of, out, print_json, progress, settings
from commands.options import Home, Json, Language, Version, checked_file, day
from features.errors import NotFound
from features.settings import Settings

rules_app = typer.Typer(
    no_args_is_help=True, help="Policy rules beside the models: what they are, and what they would do."
)

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
    as_json: Json = False,
) -> None:
    """The rules there are: when each holds, what it says, what law it rests on, and since when.

    Example: plumbline rules list --language zh
    """
    from serving.rule_printing import rendered_rules

    book = rule_book(settings(None), rules, rule)
    if as_json:
        return print_json({"version": book.version, "rules": [one.record() for one in book.rules]})
    out.print(rendered_rules(book, language.value))


@rules_app.command("test")
def try_over_history(
    first: Annotated[str, typer.Option("--from", help="First day to try the rules on.")],
    last: Annotated[str, typer.Option("--to", help="Last day to try them on.")],
    every: Annotated[int, typer.Option(help="Days from one day tried to the next.", min=1)] = 7,
    rules: RulesFile = None,
    rule: RuleNames = None,
    matches: Annotated[
        Path | None, typer.Option(help="Parquet of same-person pairs, for rules that compare claims.")
    ] = None,
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
    with progress() as report_progress:
        trial = try_rules(book, _snapshots(lake, engine, number, book, days, matches, report_progress))
    report = {"lake_version": number, **trial_report(book, trial, decisions_of(lake, engine, number))}
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


def _snapshots(
    lake: Any, engine: Any, version: int, book: Any, days: list[Any], matches: Path | None, report: Callable[..., None]
) -> Iterator[Any]:
    """A snapshot a query's worth of days, with what the rules read and no more."""
    from features.claims import CLAIM_FEATURES
    from features.rules.trial import TO_PAY
    from features.snapshots.claim_take import DAYS_A_QUERY, take_claim_snapshot

    read = {*book.reads, TO_PAY}
    features = [feature for feature in CLAIM_FEATURES if feature.name in read]
    for start in range(0, len(days), DAYS_A_QUERY):
        some = days[start : start + DAYS_A_QUERY]
        yield take_claim_snapshot(lake, engine, some, features, version, matches)
        report("days", start + len(some), len(days))


def _json(report: dict[str, Any]) -> str:
    import json

    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
