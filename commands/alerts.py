"""`plumbline alerts`: claims to look at, in order of expected loss."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.age import say_age
from commands.deployment import engine_of, lake_of, opened_store, out, print_json, progress, settings
from commands.keeping import keep_list, say_kept
from commands.options import (
    AsOf,
    Home,
    Json,
    Keep,
    Language,
    RandomPolicy,
    Seed,
    Version,
    checked_file,
    checked_files,
    day,
)
from commands.rules import RulesFile, models_of, rule_book
from commands.same_person import Compared, compared_claims
from features.settings import Settings


def alerts(
    as_of: AsOf,
    capacity: Annotated[int, typer.Option(help="Reviews that can be made.", min=1)] = 200,
    region: Annotated[str | None, typer.Option(help="Only claims of this region.")] = None,
    random_share: Annotated[float, typer.Option(help="Share of reviews drawn by lot.", min=0, max=1)] = 0.1,
    random_policy: Annotated[
        RandomPolicy, typer.Option(help="Even probabilities, or by bins of probability: more where it is uncertain.")
    ] = RandomPolicy.FIXED,
    rules: RulesFile = None,
    to: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            help="File to write: .csv, .xlsx, or .json (the whole record); may be given several times.",
            callback=checked_files,
        ),
    ] = None,
    probabilities: Annotated[
        Path | None,
        typer.Option(
            help="Parquet file for the drawing probability of every claim, listed or not.", callback=checked_file
        ),
    ] = None,
    blind: Annotated[
        bool,
        typer.Option("--blind", help="Leave out how each was chosen from the page, .csv and .xlsx; JSON keeps it."),
    ] = False,
    language: Annotated[Language, typer.Option(help="Language of the page.")] = Language.EN,
    seed: Seed = 1,
    keep: Keep = True,
    version: Version = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Claims in order of expected loss, each with evidence, rules that hold, and a proposal; a share is drawn by lot.

    No alert ends a payment: it proposes, and people decide.

    Example: plumbline alerts --as-of 2024-06-30 --capacity 200 --language zh --out alerts.xlsx
    """
    from serving.alerts.actions import read_alert_actions
    from serving.alerts.asked import Asked
    from serving.alerts.draw import draw_alerts
    from serving.alerts.export import to_record, write_chances, writer_for
    from serving.alerts.printing import rendered
    from serving.kept_alerts import keep_alerts, list_id
    from serving.wishes import refuse_blind_without_record

    configured, files = settings(home), to or []
    book, actions = rule_book(configured, rules), read_alert_actions(configured.alert_actions)
    recorded = keep or as_json or bool(probabilities) or any(file.suffix.lower() == ".json" for file in files)
    refuse_blind_without_record(blind, recorded)
    writers = [writer_for(path, language.value, blind) for path in files]  # refuse an unknown kind before the work
    asked = Asked(day(as_of), region, capacity, random_share, seed, random_policy.value)
    with opened_store(configured, keep) as store:
        scored, evidence_of = _scored(configured, asked.as_of, book, version)
        drawn = draw_alerts(scored, book, asked, evidence_of, actions)
        kept = keep_list(store, keep_alerts, drawn)
    for write in writers:
        write(drawn)
    if probabilities:
        write_chances(drawn, probabilities)
    if as_json:
        return print_json({**to_record(drawn), "list_id": list_id(drawn), "kept": kept})
    out.print(rendered(drawn, language.value, blind))
    say_kept(kept, "list", list_id(drawn))
    for path in [*files, *([probabilities] if probabilities else [])]:
        out.print(f"Written: {path}")


def _scored(configured: Settings, as_of: dt.date, book: Any, version: int | None) -> tuple[Any, Any]:
    """All claims of the day with their scores, and what gathers evidence of those listed."""
    from serving.alerts.scored import scored_claims
    from training.age import refuse_days_to_come

    refuse_days_to_come(as_of, dt.datetime.now(dt.UTC).date())
    lake, engine = lake_of(configured), engine_of(configured)
    number = lake.version() if version is None else version
    models = models_of(configured, as_of)
    say_age(models.values(), lake, engine, number, as_of)
    with progress() as report_progress:
        compared: Compared = compared_claims(configured, lake, engine, as_of, number, report_progress)
        return scored_claims(
            lake, engine, as_of, models, book, compared.pairs, compared.clusters, number, report_progress
        )
