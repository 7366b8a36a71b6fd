"""What several commands ask for alike: days, horizons, languages, where to write."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from features.errors import BadInput
from features.outputs import writable_file, writable_folder


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


class Source(StrEnum):
    CALIFORNIA = "california"
    STATE = "state"


def checked_file(path: Path | None) -> Path | None:
    return path and writable_file(path)


def checked_files(paths: list[Path] | None) -> list[Path] | None:
    return paths and [writable_file(path) for path in paths]


def checked_folder(path: Path | None) -> Path | None:
    return path and writable_folder(path)


OutFile = Annotated[
    Path | None, typer.Option("--out", help="File to write; else it is printed.", callback=checked_file)
]
Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder with the lake and the models; else PLUMBLINE_HOME, else ./plumbline-data."),
]
Keep = Annotated[
    bool, typer.Option("--keep/--no-keep", help="Keep it in the store (PLUMBLINE_STORE), for the service; once.")
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
