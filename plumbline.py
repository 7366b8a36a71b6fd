"""The command line: parses and calls, a verb a line. What it prints is for people; `--json` is for machines."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from features.errors import BadInput, PlumblineError
from features.outputs import writable_file, writable_folder
from features.settings import Settings, read_settings

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

out, err = Console(), Console(stderr=True)


class Language(StrEnum):
    EN = "en"
    ZH = "zh"


class LabelName(StrEnum):
    EVENT = "event"
    FINDING = "finding"
    COMPLAINT = "complaint"


class RandomPolicy(StrEnum):
    FIXED = "fixed"
    BINS = "bins"


class Order(StrEnum):
    RISK = "risk"
    HARM = "harm"


class Subject(StrEnum):
    EMPLOYERS = "employers"


class Source(StrEnum):
    CALIFORNIA = "california"
    STATE = "state"


def _writable_file(path: Path | None) -> Path | None:
    return path and writable_file(path)


def _writable_files(paths: list[Path] | None) -> list[Path] | None:
    return paths and [writable_file(path) for path in paths]


def _writable_folder(path: Path | None) -> Path | None:
    return path and writable_folder(path)


OutFile = Annotated[
    Path | None, typer.Option("--out", help="File to write; else it is printed.", callback=_writable_file)
]
Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder with the lake and the models; else PLUMBLINE_HOME, else ./plumbline-data."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
AsOf = Annotated[str, typer.Option("--as-of", help="The day, as 2024-06-30; only what was known on it is used.")]
Version = Annotated[
    int | None, typer.Option("--lake-version", help="Read the lake as of this version; else the newest.")
]
Seed = Annotated[int, typer.Option(help="Seed of every draw; recorded with the result.")]
ModelLabel = Annotated[
    LabelName | None,
    typer.Option(
        "--label", help="Use a model of this label; else, of the models of the newest as-of day, the one for event."
    ),
]
Horizon = Annotated[str, typer.Option(help="Months after the day that the score speaks of, as 6m.")]
LabelOption = Annotated[
    LabelName,
    typer.Option("--label", help="What counts: a proven event, an inspection's finding, or any complaint of wages."),
]


def settings(home: Path | None) -> Settings:
    """The settings, with the home folder of this call."""
    return read_settings(home=home) if home else read_settings()


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on the error stream for each kind of work; gone when the work is done."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
    ) as bars:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, of: int) -> None:
            task = tasks.setdefault(what, bars.add_task(what, total=of))
            bars.update(task, completed=done, total=of)

        yield report


def day(text: str) -> dt.date:
    """An ISO date; BadInput where it is none."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput(
            f"{text!r} is not a day",
            found=text,
            expected="a date such as 2024-06-30",
            do="write the date as YYYY-MM-DD",
        ) from error


def months(text: str) -> int:
    """The months of `6m`; BadInput where it is something else."""
    number = text.strip().lower().removesuffix("m")
    if not number.isdigit() or not 1 <= int(number) <= 36:
        raise BadInput(f"{text!r} is not a horizon", found=text, expected="1m to 36m", do="write the months as 6m")
    return int(number)


def print_json(data: Any) -> None:
    """Plain data on the output stream, one document."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def engine_of(configured: Settings) -> Any:
    from features.engine import connect

    return connect(configured.engine, configured.memory_limit, configured.threads)


def lake_of(configured: Settings) -> Any:
    from features.lake.lake import Lake

    return Lake(configured.lake)


def registry_of(configured: Settings) -> Any:
    from training.registry import Registry

    return Registry(configured.tracking, configured.artefacts)


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


@app.command("train")
def train_model(
    subject: Subject,
    as_of: AsOf,
    horizon: Horizon = "6m",
    label: LabelOption = LabelName.EVENT,
    seed: Seed = 1,
    version: Version = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Train the model that could have been trained on a day, and record it in MLflow.

    Example: plumbline train employers --as-of 2024-06-30 --horizon 6m --label event
    """
    from dataclasses import asdict

    from training.fit import train

    configured = settings(home)
    with progress() as report_progress:
        training = train(
            lake_of(configured),
            engine_of(configured),
            day(as_of),
            label=label.value,
            months=months(horizon),
            seed=seed,
            version=version,
            on_progress=report_progress,
        )
        report_progress("record in MLflow", 0, 1)
        run = registry_of(configured).record(training.model, training.figures, training.report())
    card = asdict(training.model.card)
    if as_json:
        return print_json({"run": run, **card, "figures": training.figures})
    out.print(
        f"Model [bold]{card['model_id']}[/bold], {len(card['features'])} features, lake version {card['lake_version']}, MLflow run {run}."
    )
    days = [day for part in card["days"].values() for day in part]
    out.print(f"Rows are employers on a day, added up over {len(days)} days from {min(days)} to {max(days)}:")
    for name, count in card["rows"].items():
        out.print(f"  {name}: {count:,}", highlight=False)


@app.command("evaluate")
def evaluate_model(
    subject: Subject,
    as_of: Annotated[list[str], typer.Option("--as-of", help="A day to backtest on; may be given several times.")],
    horizon: Annotated[str, typer.Option(help="Months after the day, as 6m; several as 3m,6m,12m.")] = "6m",
    label: LabelOption = LabelName.EVENT,
    capacity: Annotated[int, typer.Option(help="Visits that can be made in the horizon.", min=1)] = 100,
    seed: Seed = 1,
    version: Version = None,
    to: Annotated[
        Path | None, typer.Option("--out", help="Folder for report.json and report.html.", callback=_writable_folder)
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Backtest over as-of days against lot, earlier complaints, unpaid wages and plainer models, with intervals.

    Beside it: arrears that begin, who was inspected, and the order by expected money. With several horizons each has
    its own folder in --out, and --json prints a list.

    Example: plumbline evaluate employers --as-of 2023-12-31 --as-of 2024-06-30 --capacity 200 --out report
    """
    from training.evaluate import evaluate
    from training.report import print_report, write_report

    configured = settings(home)
    horizons = [months(text) for text in horizon.split(",")]
    with progress() as report_progress:
        reports = [
            evaluate(
                lake_of(configured),
                engine_of(configured),
                [day(d) for text in as_of for d in text.split(",")],
                label=label.value,
                months=ahead,
                capacity=capacity,
                seed=seed,
                version=version,
                on_progress=report_progress,
            )
            for ahead in horizons
        ]
    folders = [to if to is None or len(reports) == 1 else to / f"{ahead}m" for ahead in horizons]
    for report, folder in zip(reports, folders, strict=True):
        if folder is not None:
            write_report(report, folder)
    if as_json:
        return print_json(reports if len(reports) > 1 else reports[0])
    for report, folder in zip(reports, folders, strict=True):
        print_report(report, out)
        if folder is not None:
            out.print(f"Written: {folder / 'report.html'}, {folder / 'report.json'}")


@app.command()
def score(
    subject: Subject,
    as_of: AsOf,
    to: Annotated[Path, typer.Option("--out", help="Parquet file to write.", callback=_writable_file)],
    label: ModelLabel = None,
    horizon: Annotated[str | None, typer.Option(help="Use a model of this horizon, as 6m.")] = None,
    version: Version = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Everybody's risk and level as of a day, with the newest model trained as of that day or before.

    Example: plumbline score employers --as-of 2024-06-30 --out scores.parquet
    """
    import pyarrow.parquet as pq

    from serving.levels import read_levels
    from serving.scoring import score_employers

    configured = settings(home)
    levels = read_levels(configured.levels)
    model, snapshot, _ = _scored(configured, day(as_of), label, horizon, version)
    scores = score_employers(model, snapshot, levels)
    pq.write_table(scores, to)
    said = {
        "model": model.card.model_id,
        "trained_as_of": model.card.as_of,
        "label": model.card.label,
        "horizon_months": model.card.horizon_months,
        "employers": scores.num_rows,
        "out": str(to),
    }
    if as_json:
        return print_json(said)
    out.print(
        f"{scores.num_rows:,} employers scored as of {as_of} with {model.card.model_id} (trained as of {model.card.as_of}): {to}"
    )


def _scored(
    configured: Settings, as_of: dt.date, label: LabelName | None, horizon: str | None, version: int | None
) -> tuple[Any, Any, int]:
    """The model that may speak of the day, the day's snapshot with all facts, and the lake version they come from."""
    from features.snapshots.take import take_employer_snapshot
    from training.age import refuse_days_to_come, said_of_age
    from training.dataset import first_and_last_day

    refuse_days_to_come(as_of, dt.datetime.now(dt.UTC).date())
    model = registry_of(configured).find(as_of, label.value if label else None, months(horizon) if horizon else None)
    lake = lake_of(configured)
    number = lake.version() if version is None else version
    engine = engine_of(configured)
    with progress() as report_progress:
        snapshot = take_employer_snapshot(lake, engine, [as_of], version=number, on_progress=report_progress)
    for note in said_of_age(model.card, as_of, first_and_last_day(lake, engine, number)[1]):
        err.print(f"• {note}", markup=False, highlight=False)
    return model, snapshot, number


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
            callback=_writable_files,
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
    version: Version = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Employers in order of risk or harm, with reasons, what is at stake, what is proposed, and a random arm.

    Example: plumbline watchlist --as-of 2024-06-30 --region North --capacity 40 --random-share 0.1 --out list.xlsx
    """
    from serving.actions import read_actions
    from serving.export import to_record, write_chances, writer_for
    from serving.levels import read_levels
    from serving.printing import rendered
    from serving.watchlist import draw_watchlist
    from serving.wishes import refuse_blind_without_record

    configured, files = settings(home), to or []
    levels, actions = read_levels(configured.levels), read_actions(configured.actions)
    refuse_blind_without_record(
        blind, as_json or bool(probabilities) or any(f.suffix.lower() == ".json" for f in files)
    )
    writers = [writer_for(path, language.value, blind) for path in files]  # refuse an unknown kind before the work
    model, snapshot, number = _scored(configured, day(as_of), label, horizon, version)
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
    )
    for write in writers:
        write(drawn)
    if probabilities:
        write_chances(drawn, probabilities)
    if as_json:
        return print_json(to_record(drawn))
    out.print(rendered(drawn, language.value, blind))
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
