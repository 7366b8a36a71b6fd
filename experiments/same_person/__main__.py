"""python -m experiments.same_person: pairs found in published record-linkage files, without any of their labels."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from experiments.benchmarks.measuring import measured, ran_as_step
from experiments.same_person.clerical import clerical_agreement
from experiments.same_person.published import FILES, Published, found_in

MODULE = "experiments.same_person"
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)
Data = Annotated[Path, typer.Option(help="Folder with febrl1.csv, febrl2.csv, febrl3.csv, fake_1000.csv, ...")]
Seed = Annotated[int, typer.Option(help="Seed of every draw.")]
Without = Annotated[str, typer.Option(help="Columns to leave out, as soc_sec_id,date_of_birth.")]


@app.command()
def febrl(data: Data, seed: Seed = 1, without: Without = "") -> None:
    """FEBRL 1, 2 and 3 (Christen, 2008): precision, recall and F1 of pairs, seconds, peak memory.

    Example: python -m experiments.same_person febrl --data ../shared/data/record_linkage
    """
    _measured([name for name in FILES if name.startswith("febrl")], data, seed, without)


@app.command()
def splink(data: Data, seed: Seed = 1, without: Without = "") -> None:
    """Splink's fake_1000: the same by its `cluster` column, and agreement with its clerical labels.

    Example: python -m experiments.same_person splink --data ../shared/data/record_linkage
    """
    _measured(["fake_1000"], data, seed, without)
    print(json.dumps({"clerical": clerical_agreement(data, seed)}))


def _measured(names: list[str], data: Path, seed: int, without: str) -> None:
    for name in names:
        print(json.dumps({"file": name, **measured(MODULE, "find", name, data, seed, without)}))


def _find(name: str, data: str, seed: str, without: str = "") -> dict[str, float]:
    return found_in(Published(Path(data), name), int(seed), [one for one in without.split(",") if one]).figures


if __name__ == "__main__" and not ran_as_step({"find": _find}, sys.argv[1:]):
    app()
