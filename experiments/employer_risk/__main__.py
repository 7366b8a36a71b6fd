"""python -m experiments.employer_risk: how well employer risk is told, on simulated provinces with a truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from experiments.employer_risk.estimates import bias_and_coverage, days_before, estimates
from experiments.employer_risk.families import without_each_family
from experiments.employer_risk.judged import Day, every_truth, the_day
from experiments.employer_risk.look_alikes import on_the_list
from experiments.employer_risk.truth import TRUTHS
from experiments.employer_risk.world import world
from experiments.province import Knobs
from features.engine import connect
from training.labels import Label
from training.rankings import averaged, ranked

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)
console = Console(stderr=True)

TWENTY = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20"
Work = Annotated[Path, typer.Option(help="Folder for provinces and lakes; they are made once.")]
Out = Annotated[Path, typer.Option(help="JSON file to write.")]
Seeds = Annotated[str, typer.Option(help="Seeds of the provinces, as 1,2,3.")]
Employers = Annotated[int, typer.Option(help="Employers of each province.")]
Months = Annotated[int, typer.Option(help="Months that the registers cover.")]
Horizon = Annotated[int, typer.Option(help="Months after the day.")]
Capacity = Annotated[int, typer.Option(help="Visits that can be made in the horizon.")]
LabelName = Annotated[str, typer.Option(help="event, finding or complaint.")]


def _days(work: Path, seeds: str, employers: int, months: int, horizon: int, label: str) -> list[Day]:
    as_of = days_before(Knobs().end, horizon)
    days = []
    for seed in map(int, seeds.split(",")):
        console.print(f"seed {seed}: as of {as_of}", highlight=False)
        wanted: Label = label  # type: ignore[assignment]  # typer has checked nothing; train does
        days.append(the_day(world(work, seed, employers, months), connect(), as_of, horizon, wanted))
    return days


@app.command()
def judge(
    work: Work, out: Out, seeds: Seeds = "1,2,3", employers: Employers = 20_000, months: Months = 30,
    horizon: Horizon = 6, capacity: Capacity = 500, label: LabelName = "event",
) -> None:  # fmt: skip
    """The model, its baselines and an oracle on the truth (arrears; arrears that begin) and on the observed label.

    Example: python -m experiments.employer_risk judge --work work --out judged.json
    """
    days = _days(work, seeds, employers, months, horizon, label)
    found: dict[str, list[Any]] = {}
    for day in days:
        for truth, judged in every_truth(day):
            found.setdefault(truth, []).append(ranked(judged, capacity, day.seed))
    _write(out, {truth: averaged(several) for truth, several in found.items()}, days)


@app.command()
def families(
    work: Work, out: Out, seeds: Seeds = "1,2,3", employers: Employers = 20_000, months: Months = 30,
    horizon: Horizon = 6, capacity: Capacity = 500, label: LabelName = "event",
) -> None:  # fmt: skip
    """The model's figures without each family of features; `model_less_baseline` is what the family adds.

    Example: python -m experiments.employer_risk families --work work --out families.json
    """
    days = _days(work, seeds, employers, months, horizon, label)
    found = {truth: averaged([without_each_family(day, truth, capacity, day.seed) for day in days]) for truth in TRUTHS}
    _write(out, found, days)


@app.command()
def look_alikes(
    work: Work, out: Out, seeds: Seeds = "1,2,3", employers: Employers = 20_000, months: Months = 30,
    horizon: Horizon = 6, capacity: Capacity = 500, label: LabelName = "event",
) -> None:  # fmt: skip
    """How often employers who only look like those in arrears are listed, against others who owe nothing either.

    Example: python -m experiments.employer_risk look-alikes --work work --out look-alikes.json
    """
    days = _days(work, seeds, employers, months, horizon, label)
    _write(out, {f"seed {day.world.seed}": on_the_list(day, capacity) for day in days}, days)


@app.command()
def looked_at(
    work: Work, out: Out, seeds: Seeds = TWENTY, employers: Employers = 20_000,
    months: Months = 30, horizon: Horizon = 6, capacity: Capacity = 500, label: LabelName = "event",
) -> None:  # fmt: skip
    """Bias and coverage of naive, weighted and random-arm estimates, over the provinces of many seeds.

    Example: python -m experiments.employer_risk looked-at --work work --out looked-at.json
    """
    runs, last = [], None
    for seed in seeds.split(","):
        last = _days(work, seed, employers, months, horizon, label)
        runs.append(estimates(last[0], capacity))
    _write(out, {"over_seeds": bias_and_coverage(runs), "runs": runs}, last or [])


def _write(out: Path, found: dict[str, Any], days: list[Day]) -> None:
    about = [
        {
            "seed": day.world.seed, "model_id": day.training.model.card.model_id, "features": len(day.names),
            "employers": len(day.rows), "owing": float(day.rows["truly_owing"].mean()),
            "arrears": float(day.rows["truly_in_arrears"].mean()), "begins": float(day.rows["truly_begins"].mean()),
            "observed": float(day.rows["label"].mean()),
        }
        for day in days
    ]  # fmt: skip
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"about": about, **found}, indent=1, default=float), encoding="utf-8")
    console.print(f"Written: {out}", highlight=False)


if __name__ == "__main__":
    app()
