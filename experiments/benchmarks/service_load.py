"""The service under load from another process, and beside it the same scorer with nothing around it (bare_service.py) and the
trial that it is held against (trial_service.py).

    python -m experiments.benchmarks.service_load --home HOME --claims FILE.csv --persons 1000000 --work FOLDER

HOME and FILE.csv as for online_scores.py. FOLDER keeps the filled home, which is used again when it is there. All are served
by two processes: `plumbline serve` with a machine's token, uvicorn, and BentoML. Every request is another claim, to the trial
another row of numbers; none comes twice to one service. Each round starts each anew, with an empty journal. Prints JSON: a row
a round, a service and a kind of load; `others_processors` is how many of the machine's processors were busy with anything else
meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from commands.models import models_to_serve
from experiments.benchmarks.filled_home import claims_after, filled_home
from experiments.benchmarks.service_process import free_port, load, machine_seconds, processor_seconds, served, wait_for
from experiments.benchmarks.trial_numbers import rows
from features.settings import PREFIX, Settings
from serving.dossier.plain import MINOR
from serving.online.folder import current_name, journal_path

Claim = dict[str, Any]
Scored = Claim | list[float]
WORKERS = 2
BATCH = 100
WARM, WARM_RUNS = (
    50,
    8,
)  # requests before anything is measured: each process opens the night, and its threads their files
LOADS = (("one", 1, 1, 500), ("one", 1, 32, 2_000), ("batch", BATCH, 1, 5), ("batch", BATCH, 4, 10))
NO_LIMIT = "1000000000"


def prepared(home: Path, persons: int, work: Path) -> Path:
    """The filled home in `work`, with the models to serve and the lake of `home`."""
    filled = work / "home"
    if not filled.exists():
        work.mkdir(parents=True, exist_ok=True)
        filled_home(home, persons, work)
        (filled / "lake").symlink_to((home / "lake").resolve())
        models_to_serve(Settings(home=home, bundle=filled / "bundle"))
    return filled


def sent(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Claims as the service takes them: money in minor units."""
    for claim in claims:
        amount = claim["amount"]
        yield {**claim, "amount": None if amount is None else round(float(amount) * MINOR)}


@contextmanager
def service(home: Path, log: Path) -> Iterator[tuple[int, int, str]]:
    """`plumbline serve`: its process, its port, and the headers of a machine that may score claims everywhere."""
    port, settings = free_port(), _settings(home)
    make = ["tokens", "add", f"load-{port}", "--may", "claims.score", "--everywhere"]
    made = subprocess.run(
        [sys.executable, "-m", "plumbline", *make],
        env={**os.environ, **settings},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    with served("plumbline", ["serve", "--port", port, "--workers", WORKERS], settings, log) as process:
        wait_for(port, process)
        yield process.pid, port, f"authorization: Bearer {made.stdout.strip()}"


@contextmanager
def peer(home: Path, log: Path) -> Iterator[tuple[int, int, str]]:
    """bare_service.py on uvicorn, in the same terms."""
    port = free_port()
    with served("experiments.benchmarks.bare_service", [port, WORKERS], _settings(home), log) as process:
        wait_for(port, process)
        yield process.pid, port, ""


@contextmanager
def trial(home: Path, log: Path) -> Iterator[tuple[int, int, str]]:
    """trial_service.py on BentoML, in the same terms."""
    port = free_port()
    own = {
        "TRIAL_MODEL": str(home.parent / "trial.txt"), "TRIAL_WORKERS": str(WORKERS),
        "BENTOML_HOME": str(home.parent / "bentoml"), "BENTOML_DO_NOT_TRACK": "true",
    }  # fmt: skip
    with served("experiments.benchmarks.trial_service", [port], _settings(home) | own, log) as process:
        wait_for(port, process)
        yield process.pid, port, ""


def _settings(home: Path) -> dict[str, str]:
    return {
        f"{PREFIX}HOME": str(home), f"{PREFIX}BUNDLE": str(home / "bundle"), f"{PREFIX}CALLER_RATE": NO_LIMIT,
        "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive",
    }  # fmt: skip


SERVICES = {"service": service, "bare": peer, "trial": trial}


def measured(name: str, home: Path, claims: Sequence[Claim], scale: float) -> Iterator[dict[str, Any]]:
    """A row for each kind of load, from a service that has just been started and warmed up."""
    for file in journal_path(home).parent.glob(f"{journal_path(home).name}*"):
        file.unlink()
    left: Iterator[Scored] = iter(rows(len(claims), seed=1).tolist()) if name == "trial" else sent(claims)
    with SERVICES[name](home, home.parent / f"{name}.log") as (process, port, headers):
        for _ in range(WARM_RUNS):  # each with new connections: one process may take all of one run
            load(port, list(_bodies(left, 1, WARM)), 16, headers, home.parent)
        for kind, size, connections, number in LOADS:
            bodies, begin = list(_bodies(left, size, round(number * scale))), time.perf_counter()
            before, all_before = processor_seconds(process), machine_seconds()
            figures = load(port, bodies, connections, headers, home.parent)
            cost, scored = processor_seconds(process) - before, figures["requests"] * size
            others = machine_seconds() - all_before - cost - figures["client_processor_s"]
            yield {
                "of": name, "load": kind, "connections": connections, **figures,
                "claims_per_s": round(scored / figures["seconds"], 1),
                "processor_ms_a_claim": round(1000 * cost / scored, 3),
                "others_processors": round(others / (time.perf_counter() - begin), 2),
            }  # fmt: skip


def _bodies(claims: Iterator[Scored], size: int, number: int) -> Iterator[Mapping[str, Any]]:
    for _ in range(number):
        yield {"claims": [next(claims) for _ in range(size)]}


def main() -> None:
    """Parse the options, measure round after round, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1.0, help="of the numbers of requests")
    parser.add_argument("--only", choices=list(SERVICES))
    options = parser.parse_args()
    home = prepared(options.home, options.persons, options.work.resolve())
    claims = claims_after(options.claims, current_name(home))
    names = [options.only] if options.only else list(SERVICES)
    for number in range(1, options.rounds + 1):
        for name in names:
            for row in measured(name, home, claims, options.scale):
                print(json.dumps({"round": number, **row}), flush=True)


if __name__ == "__main__":
    main()
