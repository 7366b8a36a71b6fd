"""python -m experiments.province: a simulated province as files, with its truth beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from experiments.province import Knobs, simulate_to
from experiments.province import simulation as steps
from experiments.province.figures import base_rates
from features.errors import BadInput, PlumblineError

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
console = Console()
FEWEST_WITH_BENEFITS = 2_000
OURS = (
    "registers", "truth.parquet", "kinds.parquet", "visits_truth.parquet", "claims_truth.parquet", "parameters.json",
)  # fmt: skip


@app.command()
def province(
    out: Annotated[Path, typer.Option("--out", help="Folder for registers/, the truth beside it, parameters.json.")],
    employers: Annotated[
        int, typer.Option(min=200, help="Employers ever registered; 2,000 or more with --benefits.")
    ] = 3_000,
    months: Annotated[int, typer.Option(min=2, help="Months that the registers cover, to 2024-12-31.")] = 24,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same tables.")] = 1,
    benefits: Annotated[
        bool, typer.Option("--benefits", help="Persons, claims, payouts, claim decisions too.")
    ] = False,
) -> None:
    """Write a simulated province: the registers an authority would have, and the truth behind them.

    Example: python -m experiments.province --employers 20000 --months 30 --seed 1 --out province
    """
    _check(out)
    if benefits and employers < FEWEST_WITH_BENEFITS:
        raise BadInput(
            "so small a province has not all kinds of claims",
            found=f"--employers {employers}",
            expected=f"{FEWEST_WITH_BENEFITS:,} or more with --benefits",
            do="give more employers",
        )
    with _progress() as tell:
        knobs = replace(Knobs(), employers=employers, months=months, benefits=benefits)
        rows = simulate_to(knobs, seed, out / "registers", out / "truth.parquet", tell)
    for name, number in rows.items():
        console.print(f"{name}: {number:,} rows", highlight=False)
    for name, value in base_rates(out / "registers", out / "truth.parquet").items():
        console.print(f"{name}: {'none to count' if value is None else f'{value:.1%}'}", highlight=False)


def _check(out: Path) -> None:
    strangers = [path.name for path in out.glob("*") if path.name not in OURS] if out.exists() else []
    if strangers:
        raise BadInput(
            f"{out} is in use",
            found=", ".join(sorted(strangers)[:5]),
            expected="an empty folder, or one that an earlier province was written to",
            do="name another folder with --out",
        )


@contextmanager
def _progress() -> Iterator[steps.Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks = {}

        def tell(step: str, done: int, of: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=of)
            bar.update(tasks[step], completed=done)

        yield tell


def main() -> None:
    """Run the command; what the reader can put right ends with its message and its exit code."""
    try:
        app()
    except PlumblineError as error:
        Console(stderr=True).print(str(error), highlight=False, markup=False)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
