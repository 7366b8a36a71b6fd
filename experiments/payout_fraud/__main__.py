"""python -m experiments.payout_fraud: payout fraud on the handbook's payments and on vehicle claims."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from experiments.payout_fraud.payments import CHOSEN_ON, DRAWS, FIRSTS, Payments, judge
from experiments.payout_fraud.vehicles import judge_vehicles

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)
console = Console(stderr=True)

Out = Annotated[Path, typer.Option(help="JSON file to write.")]
File = Annotated[Path, typer.Argument(help="The published file.")]
Seed = Annotated[int, typer.Option(help="Seed of trees and bootstraps.")]
Draws = Annotated[int, typer.Option(help="Bootstrap draws.", min=1)]


@app.command()
def payments(
    file: File,
    work: Annotated[Path, typer.Option(help="Folder for the lake and the snapshots; they are made once.")],
    out: Out,
    seed: Seed = 1,
    draws: Draws = DRAWS,
    chosen: Annotated[
        bool, typer.Option("--chosen", help="The weeks on which trees and features were chosen.")
    ] = False,
    history: Annotated[bool, typer.Option(help="Once more with all known history as training.")] = True,
) -> None:
    """The handbook's protocol: its own features, ours as of the evening, ours with the books of the evening before.

    Example: python -m experiments.payout_fraud payments transactions.parquet --work work --out payments.json
    """
    known = Payments.of(work, file)
    weeks = [(first, past) for past in ((False, True) if history else (False,)) for first in _firsts(chosen)]
    found = []
    for first, past in weeks:
        console.print(f"training from {'the beginning' if past else first}", highlight=False)
        found.append(judge(known, first, past, seed, draws))
        _write(out, {"weeks": found})


@app.command()
def vehicles(file: File, out: Out, seed: Seed = 1, draws: Draws = 1000) -> None:
    """Vehicle claims: trained on 1994, judged on 1995, against logistic regression.

    Example: python -m experiments.payout_fraud vehicles claims_1994_1995.csv.gz --out vehicles.json
    """
    _write(out, judge_vehicles(file, seed, draws))


def _firsts(chosen: bool) -> tuple[dt.date, ...]:
    return CHOSEN_ON if chosen else FIRSTS


def _write(out: Path, found: dict[str, Any]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(found, indent=1, default=float), encoding="utf-8")
    console.print(f"Written: {out}", highlight=False)


if __name__ == "__main__":
    app()
