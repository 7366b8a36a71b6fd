"""python -m experiments.claim_risk: how well wrong claims are told, on simulated provinces with a truth."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import typer
from rich.console import Console

from commands.same_person import compared_claims
from experiments.claim_risk.judged import EVERY, KINDS, OPEN, ClaimDay, the_claims
from experiments.claim_risk.look_alikes import on_the_list
from experiments.employer_risk.world import world
from features.engine import connect
from features.settings import read_settings
from training.rankings import averaged, ranked

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False, no_args_is_help=True)
console = Console(stderr=True)

Work = Annotated[Path, typer.Option(help="Folder for provinces and lakes; they are made once.")]
Out = Annotated[Path, typer.Option(help="JSON file to write.")]
Seeds = Annotated[str, typer.Option(help="Seeds of the provinces, as 1,2,3.")]
Employers = Annotated[int, typer.Option(help="Employers of each province.")]
Months = Annotated[int, typer.Option(help="Months that the registers cover.")]
AsOf = Annotated[str, typer.Option("--as-of", help="The day; only what was known on it is used.")]
Capacity = Annotated[int, typer.Option(help="Claims that can be reviewed.")]
LeaveOut = Annotated[str, typer.Option(help="Families of features to leave out, as ties,work.")]


@app.command()
def judge(
    work: Work, out: Out, seeds: Seeds = "1,2,3", employers: Employers = 10_000, months: Months = 30,
    as_of: AsOf = "2024-06-30", capacity: Capacity = 500, leave_out: LeaveOut = "",
) -> None:  # fmt: skip
    """The models, their baselines and an oracle on the truth, by scheme and kind; look-alikes on the list.

    Example: python -m experiments.claim_risk --work work --out judged.json
    """
    days = []
    for seed in map(int, seeds.split(",")):
        console.print(f"seed {seed}", highlight=False)
        days.append(_day(work, seed, employers, months, dt.date.fromisoformat(as_of), leave_out))
    found: dict[str, Any] = {}
    for whom in (EVERY, OPEN):
        for kind in KINDS:
            found[f"{kind}, {whom}"] = averaged(
                [ranked(day.judged(kind, whom), capacity, day.seed) for day in days if kind in day.training.models]
            )
    found["by_scheme"] = {f"seed {day.world.seed}": by_scheme(day, capacity) for day in days}
    found["by_kind"] = {f"seed {day.world.seed}": by_kind(day, capacity) for day in days}
    found["look_alikes"] = {f"seed {day.world.seed}": on_the_list(day, capacity) for day in days}
    found["about"] = [_about(day) for day in days]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(found, indent=1, default=float), encoding="utf-8")
    console.print(f"Written: {out}", highlight=False)


def _day(work: Path, seed: int, employers: int, months: int, as_of: dt.date, leave_out: str) -> ClaimDay:
    from features.claims import CLAIM_FEATURES

    made, engine = world(work, seed, employers, months, benefits=True), connect()
    compared = compared_claims(read_settings(home=made.folder), made.lake, engine, as_of, made.lake.version())
    without = [feature.name for feature in CLAIM_FEATURES if feature.family in leave_out.split(",")]
    return the_claims(made, engine, as_of, compared, seed, without)


def by_scheme(day: ClaimDay, capacity: int) -> dict[str, Any]:
    """Of open claims, by scheme and kind: how many are wrong, and the recall of the first `capacity` by model and old rules."""
    return {
        kind: _recall(day, _scores(day, kind), day.label(kind) > 0, day.rows["scheme"], capacity)
        for kind in day.training.models
    }


def by_kind(day: ClaimDay, capacity: int) -> dict[str, Any]:
    """The same by the province's kinds of wrong claims."""
    return {
        kind: _recall(day, _scores(day, kind), day.label(kind) > 0, day.rows["kind"], capacity)
        for kind in day.training.models
    }


def _scores(day: ClaimDay, kind: Any) -> dict[str, np.ndarray]:
    return {name: score for name, (score, _) in day.scores[kind].items() if name in ("model", "old_rules")}


def _recall(
    day: ClaimDay, scores: dict[str, np.ndarray], wrong: np.ndarray, groups: pd.Series, capacity: int
) -> dict[str, dict[str, float]]:
    open_ = day.among(OPEN)
    listed = {
        name: (pd.Series(np.where(open_, score, -np.inf)).rank(method="first", ascending=False) <= capacity).to_numpy()
        for name, score in scores.items()
    }
    found = {}
    for group in sorted(set(groups[wrong & open_])):
        own = wrong & open_ & (groups == group).to_numpy()
        found[str(group)] = {"claims": float(own.sum())} | {
            name: float((first & own).sum() / own.sum()) for name, first in listed.items()
        }
    return found


def _about(day: ClaimDay) -> dict[str, Any]:
    return {
        "seed": day.world.seed,
        "claims": len(day.rows),
        "decided": int(day.rows["finding"].notna().sum()),
        "truth": {kind: float(day.label(kind).mean()) for kind in KINDS},
        "mean probability": {kind: float(risk.mean()) for kind, risk in day.model.items()},
        "models": {kind: one.model.card.rows for kind, one in day.training.models.items()},
        "features": {kind: len(one.model.card.features) for kind, one in day.training.models.items()},
        "without": day.training.without,
    }


if __name__ == "__main__":
    app()
