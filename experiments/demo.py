"""The main job on a simulated province, command by command, as an office would type them."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from experiments.province import Knobs, simulate_to
from features.errors import BadInput

AS_OF, HORIZON = "2024-12-31", "6m"
BACKTEST_AS_OF = "2024-06-30"
CAPACITY, REVIEWS = 20, 5
FEWEST_EMPLOYERS = 2000  # 1,000 gave 17 proven outcomes to calibrate on, where 20 are needed
OURS = (
    "registers",
    "truth.parquet",
    "kinds.parquet",
    "visits_truth.parquet",
    "parameters.json",
    "lake",
    "models",
    "mlflow.db",
    "report",
    "watchlist.xlsx",
    "scores.parquet",
    "claims_truth.parquet",
    "alerts.xlsx",
    "same-person",
    "same-person.key",
    "store.db",
    "store.db-wal",
    "store.db-shm",
    "online",
    "bundle",
)


def run_demo(home: Path, employers: int, seed: int, language: str, run: Callable[[list[str]], object]) -> None:
    """Simulate, ingest, train, evaluate and print a watchlist and alerts in `home`; `run` takes a command's words.

    What an earlier demo left in `home` is replaced. BadInput where `home` holds anything else, or for too
    few employers to learn from.
    """
    _enough(employers)
    console = Console()
    _make_room(home)
    console.rule("A province of its own kind: simulated, so that nobody real is in it")
    rows = simulate_to(
        replace(Knobs(), employers=employers, benefits=True), seed, home / "registers", home / "truth.parquet"
    )
    for name, number in rows.items():
        console.print(f"  {name}: {number:,} rows", highlight=False)
    at_home = ["--home", str(home)]
    ends = ["--horizon", HORIZON, "--label", "event"]
    for title, command in (
        ("Registers into the lake", ["ingest", str(home / "registers"), *at_home]),
        (
            "How good would it have been? A backtest",
            [
                "evaluate",
                "employers",
                "--as-of",
                BACKTEST_AS_OF,
                *ends,
                "--capacity",
                "100",
                "--out",
                str(home / "report"),
                *at_home,
            ],
        ),
        ("Train on all that is known", ["train", "employers", "--as-of", AS_OF, *ends, *at_home]),
        (
            "Everybody's score",
            ["score", "employers", "--as-of", AS_OF, "--out", str(home / "scores.parquet"), *at_home],
        ),
        (
            "The watchlist",
            [
                "watchlist",
                "--as-of",
                AS_OF,
                "--capacity",
                str(CAPACITY),
                "--random-share",
                "0.1",
                "--out",
                str(home / "watchlist.xlsx"),
                "--language",
                language,
                *at_home,
            ],
        ),
        ("Train on the reviews of claims", ["train", "claims", "--as-of", AS_OF, *at_home]),
        (
            "The claims to look at",
            [
                "alerts",
                "--as-of",
                AS_OF,
                "--capacity",
                str(REVIEWS),
                "--out",
                str(home / "alerts.xlsx"),
                "--language",
                language,
                *at_home,
            ],
        ),
    ):
        console.rule(title)
        console.print(f"$ plumbline {shlex.join(command)}", highlight=False, soft_wrap=True)
        run(command)
    _what_next(console, home)


def _enough(employers: int) -> None:
    if employers < FEWEST_EMPLOYERS:
        raise BadInput(
            f"{employers} employers are too few for a demo",
            found=str(employers),
            expected=f"at least {FEWEST_EMPLOYERS}: with fewer there are too few decisions to learn from",
            do=f"use --employers {FEWEST_EMPLOYERS} or more",
        )


def _make_room(home: Path) -> None:
    strangers = [path.name for path in home.glob("*") if path.name not in OURS] if home.exists() else []
    if strangers:
        raise BadInput(
            f"{home} is in use",
            found=", ".join(sorted(strangers)[:5]),
            expected="an empty folder, or one that an earlier demo made",
            do="name another folder with --home",
        )
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)


def _what_next(console: Console, home: Path) -> None:
    console.rule("What next")
    for line in (
        f"Read the report: {home / 'report' / 'report.html'}",
        f"Open the alerts: {home / 'alerts.xlsx'}; how good would they have been: plumbline evaluate claims --as-of {BACKTEST_AS_OF} --home {home}",
        f"Open the list: {home / 'watchlist.xlsx'}; or in Chinese: plumbline watchlist --as-of {AS_OF} --language zh --home {home}",
        f"See the models: .venv/bin/mlflow ui --host 127.0.0.1 --backend-store-uri sqlite:///{home / 'mlflow.db'}",
        "Start the service, sign in, visit, decide: README.md, The service",
        "Bring your own registers: plumbline registers template employers --out employers.csv, then plumbline ingest DIR",
        "What the features are: plumbline features",
    ):
        console.print(f"• {line}", highlight=False, soft_wrap=True)
