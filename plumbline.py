"""The command line: parses and calls, a verb a line. What it prints is for people; `--json` is for machines."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Column, Table
from rich.text import Text

import commands.evaluate_claims
import commands.score_claims
import commands.train_claims  # noqa: F401  (adds the command)
from commands.alerts import alerts
from commands.bento import bento_app
from commands.deployment import engine_of, err, lake_of, opened_store, out, print_json, progress, settings
from commands.evaluate import evaluate_app
from commands.keeping import keep_list, say_kept
from commands.match import match
from commands.models import models_app
from commands.online import online_app
from commands.options import (
    AsOf,
    Home,
    Json,
    Keep,
    Language,
    ModelLabel,
    Order,
    OutFile,
    RandomPolicy,
    Seed,
    Source,
    Version,
    checked_files,
    day,
)
from commands.outcomes import outcomes_app
from commands.rules import rules_app
from commands.score import score_app, scored_employers
from commands.serve import serve
from commands.store import store_app
from commands.tokens import tokens_app
from commands.train import train_app
from commands.users import users_app
from features.errors import BadInput, PlumblineError

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Wage-arrears watchlists and payout-fraud alerts, with reasons that can be checked.\n\nPlumbline orders, explains and records; it never decides.",
)
registers_app = typer.Typer(
    no_args_is_help=True, help="The canonical registers: what they hold, templates, the data contract."
)
lake_app = typer.Typer(no_args_is_help=True, help="The lake: its versions, and the rows that were put aside.")
adapt_app = typer.Typer(no_args_is_help=True, help="Turn other people's files into canonical registers.")
app.add_typer(registers_app, name="registers")
app.add_typer(lake_app, name="lake")
app.add_typer(adapt_app, name="adapt")
app.command()(alerts)
app.command()(match)
app.command()(serve)
app.add_typer(rules_app, name="rules")
app.add_typer(train_app, name="train")
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(score_app, name="score")
app.add_typer(models_app, name="models")
app.add_typer(bento_app, name="bento")
app.add_typer(outcomes_app, name="outcomes")
app.add_typer(online_app, name="online")
app.add_typer(store_app, name="store")
app.add_typer(users_app, name="users")
app.add_typer(tokens_app, name="tokens")


@registers_app.command("list")
def registers_list(as_json: Json = False) -> None:
    """The registers there are.

    Example: plumbline registers list
    """
    from features.registers import REGISTERS

    if as_json:
        return print_json(
            [
                {"name": r.name, "sentence": vars(r.sentence), "key": r.key, "columns": r.names}
                for r in REGISTERS.values()
            ]
        )
    table = Table("register", "one row is", "一行为", "required columns")
    for register in REGISTERS.values():
        table.add_row(
            register.name,
            register.sentence.en,
            register.sentence.zh,
            ", ".join(c.name for c in register.columns if c.required),
        )
    out.print(table)


@registers_app.command("template")
def registers_template(
    name: Annotated[str, typer.Argument(help="Name of the register.")],
    to: OutFile = None,
) -> None:
    """An empty file with a register's columns, to be filled in.

    Example: plumbline registers template payroll --out payroll.csv
    """
    from features.lake.lake import declared
    from features.registers.templates import template_csv

    _write_or_print(template_csv(declared(name)).decode(), to)


@registers_app.command("contract")
def registers_contract(
    name: Annotated[str | None, typer.Argument(help="Name of the register; else all.")] = None,
    to: OutFile = None,
) -> None:
    """The registers as an Open Data Contract Standard (v3) document in YAML.

    Example: plumbline registers contract --out registers.odcs.yaml
    """
    from features.lake.lake import declared
    from features.registers import REGISTERS
    from features.registers.contract import contract_yaml

    _write_or_print(contract_yaml([declared(name)] if name else list(REGISTERS.values())), to)


@registers_app.command("catalogue")
def registers_catalogue(
    to: OutFile = None,
) -> None:
    """The registers as a page to read, in English and Chinese.

    Example: plumbline registers catalogue --out docs/registers.md
    """
    from features.registers.catalogue import page

    _write_or_print(page(), to)


def _write_or_print(text: str, to: Path | None) -> None:
    if to is None:
        sys.stdout.write(text)
    else:
        to.write_text(text, encoding="utf-8")


@app.command()
def ingest(
    directory: Annotated[Path, typer.Argument(help="Folder with files named after registers.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Take registers into the lake: good rows in, bad rows aside, both counted. Ends with 1 where rows or files were put aside.

    Example: plumbline ingest delivery/2024-06
    """
    from features.lake.ingest import ingest as take_in

    configured = settings(home)
    with progress() as report_progress:
        report = take_in(directory, lake_of(configured), lambda p: report_progress("reading files", p.number, p.files))
    if as_json:
        said = {"changed": report.changed, "complete": report.complete, "warnings": list(report.warnings())}
        print_json(report.as_dict() | said)
    else:
        _print_ingest(report)
    if not report.complete:
        raise typer.Exit(1)


def _print_ingest(report: Any) -> None:
    table = Table("register", "rows in", "accepted", "set aside", "corrections")
    for r in report.registers.values():
        table.add_row(r.register, *(f"{n:,}" for n in (r.rows_in, r.accepted, r.aside, r.corrections)))
    out.print(table)
    for warning in report.warnings():
        out.print(f"• {warning}", markup=False, highlight=False)
    out.print(
        f"Lake version {report.version}."
        if report.changed
        else f"Nothing new: the lake stays at version {report.version}."
    )
    if report.aside:
        out.print("See the rows put aside with: plumbline lake aside")


@lake_app.command("log")
def lake_log(home: Home = None, as_json: Json = False) -> None:
    """The versions of the lake, oldest first.

    Example: plumbline lake log
    """
    log = lake_of(settings(home)).log()
    if as_json:
        from dataclasses import asdict

        return print_json([asdict(manifest) for manifest in log])
    table = Table("version", "created (UTC)", "from", "files", "rows in", "accepted", "set aside")
    for m in log:
        counts = list(m.counts.values())
        table.add_row(
            str(m.version),
            m.created,
            m.directory,
            str(len(m.files)),
            *(f"{sum(getattr(c, k) for c in counts):,}" for k in ("rows_in", "accepted", "aside")),
        )
    out.print(table)
    for m in log:
        for file in m.files:
            if file.problem:
                out.print(
                    f"• Version {m.version}: {file.path} was put aside whole: {file.problem}",
                    markup=False,
                    highlight=False,
                )


@lake_app.command("aside")
def lake_aside(
    register: Annotated[str | None, typer.Option(help="Only this register.")] = None,
    version: Annotated[
        int | None,
        typer.Option("--lake-version", help="Only rows put aside by the ingest that made this version; else all."),
    ] = None,
    limit: Annotated[int, typer.Option(help="Rows to print; --json prints all.")] = 50,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """The rows put aside, with file, line, the rules they break, and the row itself.

    Example: plumbline lake aside --register payroll
    """
    rows = lake_of(settings(home)).aside(version, register).to_pylist()
    if as_json:
        return print_json(rows)
    table = Table("version", "register", "file", "line", "rules", Column("row", overflow="fold"))
    for row in rows[:limit]:
        where = (str(row["version"]), row["register"], row["file"], str(row["line"]))
        table.add_row(*(Text(cell) for cell in (*where, ", ".join(row["rules"]), row["row"][:200])))
    out.print(table)
    _print_rules({(row["register"], rule) for row in rows[:limit] for rule in row["rules"]})
    out.print(f"{min(limit, len(rows))} of {len(rows)} rows")


def _print_rules(broken: set[tuple[str, str]]) -> None:
    """What each rule says and what to do about it, once each."""
    from features.lake.lake import declared
    from features.registers.rules import explained

    said = {rule: explained(declared(register), rule) for register, rule in broken}
    for rule, (sentence, do, _) in sorted(said.items()):
        out.print(f"• {rule}: {sentence.en}. What to do: {do.en}.", markup=False, highlight=False)


@app.command("settings")
def list_settings(
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the page of all settings there are.")] = False,
    as_json: Json = False,
) -> None:
    """The settings of this deployment, as the environment says them.

    Example: plumbline settings
    """
    from features.settings_page import settings_page, shown

    if markdown:
        sys.stdout.write(settings_page())
        return None
    values = shown(settings(None))
    if as_json:
        return print_json(values)
    table = Table("setting", "value")
    for name, value in values.items():
        table.add_row(name, "" if value is None else str(value))
    out.print(table)


@app.command("features")
def list_features(
    as_json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the catalogue page in both languages.")] = False,
    language: Language = Language.EN,
    subject: Annotated[str | None, typer.Option(help="Of whom: employers or claims; else of both.")] = None,
) -> None:
    """The catalogue of features: what each is, from where, and what it says as a reason.

    Example: plumbline features --subject claims --json
    """
    from features.catalogues import catalogues

    chosen = catalogues(subject)
    if as_json:
        return print_json([feature.record() for catalogue in chosen for feature in catalogue])
    if markdown:
        from features.catalogue_page import catalogue_page

        sys.stdout.write(catalogue_page(*chosen))
        return None
    table = Table("subject", "name", "family", "unit", "source", "sentence")
    for f in (feature for catalogue in chosen for feature in catalogue):
        sentence = f.sentence if language is Language.EN else f.sentence_zh
        table.add_row(f.subject, f.name, f.family, f.unit, ", ".join(f.source), sentence)
    out.print(table)


@app.command()
def watchlist(
    as_of: AsOf,
    capacity: Annotated[int, typer.Option(help="Visits that can be made.", min=1)] = 40,
    region: Annotated[str | None, typer.Option(help="Only employers of this region.")] = None,
    random_share: Annotated[float, typer.Option(help="Share of visits drawn by lot.", min=0, max=1)] = 0.1,
    random_policy: Annotated[
        RandomPolicy,
        typer.Option(help="Even probabilities, or by bins of score: more where it is uncertain or few were inspected."),
    ] = RandomPolicy.FIXED,
    order: Annotated[
        Order, typer.Option(help="By the probability, or by the workers and money expected to be owed.")
    ] = Order.RISK,
    label: ModelLabel = None,
    horizon: Annotated[str | None, typer.Option(help="Use a model of this horizon, as 6m.")] = None,
    to: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            help="File to write: .csv, .xlsx, or .json (the whole record); may be given several times.",
            callback=checked_files,
        ),
    ] = None,
    probabilities: Annotated[
        Path | None, typer.Option(help="Parquet file for the drawing probability of every employer, listed or not.")
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
    """Employers in order of risk or harm, with reasons, what is at stake, what is proposed, and a random arm.

    Example: plumbline watchlist --as-of 2024-06-30 --region North --capacity 40 --random-share 0.1 --out list.xlsx
    """
    from features.employers import EMPLOYER_FEATURES
    from features.lake.gaps import gaps
    from serving.actions import read_actions
    from serving.export import to_record, write_chances, writer_for
    from serving.kept_watchlists import keep_watchlist, watchlist_id
    from serving.levels import read_levels
    from serving.printing import rendered
    from serving.watchlist import draw_watchlist
    from serving.wishes import refuse_blind_without_record

    configured, files = settings(home), to or []
    levels, actions = read_levels(configured.levels), read_actions(configured.actions)
    refuse_blind_without_record(
        blind, keep or as_json or bool(probabilities) or any(f.suffix.lower() == ".json" for f in files)
    )
    writers = [writer_for(path, language.value, blind) for path in files]  # refuse an unknown kind before the work
    with opened_store(configured, keep) as store:
        model, snapshot, number = scored_employers(configured, day(as_of), label, horizon, version)
        drawn = draw_watchlist(
            model,
            snapshot,
            as_of=day(as_of),
            region=region,
            capacity=capacity,
            random_share=random_share,
            random_policy=random_policy.value,
            order=order.value,
            seed=seed,
            lake_version=number,
            levels=levels,
            actions=actions,
            gaps=gaps(lake_of(configured), engine_of(configured), EMPLOYER_FEATURES, day(as_of), number),
        )
        kept = keep_list(store, keep_watchlist, drawn)
    for write in writers:
        write(drawn)
    if probabilities:
        write_chances(drawn, probabilities)
    if as_json:
        return print_json({**to_record(drawn), "list_id": watchlist_id(drawn), "kept": kept})
    out.print(rendered(drawn, language.value, blind))
    say_kept(kept, "list", watchlist_id(drawn))
    for path in [*files, *([probabilities] if probabilities else [])]:
        out.print(f"Written: {path}")


@adapt_app.command("wage-claims")
def adapt_wage_claims(
    source: Annotated[Source, typer.Option(help="Whose files these are.")],
    files: Annotated[list[Path], typer.Argument(help="The published files, then the folder to write registers into.")],
    as_json: Json = False,
) -> None:
    """Published US wage claims as the registers employers and complaints; the last argument is the folder to write.

    Example: plumbline adapt wage-claims --source california cases.csv.gz parties.csv.gz registers/
    """
    from dataclasses import asdict

    from features.adapters.wage_claims import adapt

    _must_name_a_folder(files)
    report = adapt(source.value, files[:-1], files[-1])
    _say_adapted(asdict(report), files[-1], as_json)


@adapt_app.command("payments")
def adapt_card_payments(
    files: Annotated[list[Path], typer.Argument(help="Parquet files, then the folder to write registers into.")],
    delay: Annotated[
        int | None, typer.Option(min=0, help="Days from a payment to its decision; else the handbook's 7.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The Fraud Detection Handbook's card payments as the registers claims, payouts and claim_decisions.

    Example: plumbline adapt payments transactions.parquet registers/
    """
    from dataclasses import asdict

    from features.adapters.payments import DELAY_DAYS, adapt_payments

    _must_name_a_folder(files)
    report = adapt_payments(files[:-1], files[-1], DELAY_DAYS if delay is None else delay)
    _say_adapted(asdict(report), files[-1], as_json)


def _must_name_a_folder(files: list[Path]) -> None:
    if len(files) < 2:
        raise BadInput(
            "files and a folder are needed",
            found=str(files[0]),
            expected="FILE… DIR",
            do="name the files, then the folder to write",
        )


def _say_adapted(report: dict[str, Any], folder: Path, as_json: bool) -> None:
    if as_json:
        return print_json(report)
    for name, value in report.items():
        out.print(f"[bold]{name}[/bold]: {value if not isinstance(value, list | tuple) else ''}", highlight=False)
        for note in value if isinstance(value, list | tuple) else []:
            out.print(f"  • {note}", markup=False, highlight=False)
    out.print(f"Next: plumbline ingest {folder}")


@app.command()
def demo(
    home: Annotated[Path, typer.Option("--home", help="Folder to work in.")] = Path("demo"),
    employers: Annotated[int, typer.Option(help="Employers of the simulated province, at least 2000.")] = 3000,
    seed: Seed = 1,
    language: Language = Language.EN,
) -> None:
    """A simulated province through everything: registers, lake, model, report, watchlist.

    Example: plumbline demo
    """
    from experiments.demo import run_demo

    run_demo(home, employers, seed, language.value, lambda words: app(words, standalone_mode=False))


def main() -> None:
    """Run the command line; an error the reader can put right ends with its own exit code and no traceback."""
    from features.adapters.source_files import UnreadableSource

    gc.set_threshold(100_000, 20, 20)  # a snapshot is a million small objects: looking for garbage took a quarter
    try:
        app()
    except PlumblineError as error:
        err.print(f"[bold red]{type(error).__name__}[/bold red]", highlight=False)
        err.print(str(error), markup=False, highlight=False)
        raise SystemExit(error.exit_code) from None
    except UnreadableSource as error:
        err.print(str(error), markup=False, highlight=False)
        raise SystemExit(BadInput.exit_code) from None


if __name__ == "__main__":
    main()
