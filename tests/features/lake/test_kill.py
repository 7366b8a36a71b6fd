"""Killed at any moment, an ingest leaves the old version or the new one, whole, and the next one succeeds.

A few kills in every run of the tests; `PLUMBLINE_KILLS=50` for more.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from features.lake.ingest import ingest
from features.lake.lake import Lake

KILLS = int(os.environ.get("PLUMBLINE_KILLS", "3"))
ROWS = 40_000
PROGRAM = """
import sys, time
from pathlib import Path
from features.lake.ingest import ingest
from features.lake.lake import Lake
print("ready", flush=True)
ingest(Path(sys.argv[1]), Lake(sys.argv[2]))
print("done", flush=True)
"""


def hand_in(folder: Path, batch: int) -> None:
    """Files of three registers, some rows of which are put aside."""
    for register in ("employers", "payroll", "claims"):
        (folder / register).mkdir(parents=True, exist_ok=True)
    employers = "".join(f"{batch}-{n},name\n" for n in range(100))
    (folder / "employers" / f"{batch}.csv").write_text("employer_id,name\n" + employers + ",nameless\n")
    lines = (f"{batch}-{n % 100},{n},2024-{n % 6 + 1:02}-01,{n % 900}.50\n" for n in range(ROWS))
    payroll = "employer_id,worker_id,month,wage_due\n" + "".join(lines) + "x,y,2024-13-01,1\n"
    (folder / "payroll" / f"{batch}.csv").write_text(payroll)
    claims = {"claim_id": [f"{batch}-{n}" for n in range(100)], "scheme": ["pension"] * 100}
    filed = pa.array([datetime(2024, 1, 1)] * 100, pa.timestamp("us"))
    pq.write_table(pa.table({**claims, "filed_at": filed}), folder / "claims" / f"{batch}.parquet")


def kill_at_random(folder: Path, lake: Path, chance: random.Random, longest: float) -> bool:
    """Start an ingest and kill it after a random time; whether it had ended before."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), str(lake)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(chance.uniform(0, longest))
    process.send_signal(signal.SIGKILL)
    done = process.stdout.read() == "done\n"
    process.wait()
    process.stdout.close()
    return done


def check_whole(lake: Lake) -> None:
    """The newest version holds exactly the rows its manifest counts, batch by batch."""
    version = lake.version()
    rows = lake.manifest().rows
    for register, each in (("employers", 100), ("payroll", ROWS), ("claims", 100)):
        files = lake.files(register)
        assert sum(pq.read_metadata(file.path).num_rows for file in files) == rows.get(register, 0) == version * each
    assert lake.aside().num_rows == rows.get("aside", 0) == version * 2


def test_kill(tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    folder, lake = tmp_path / "in", Lake(tmp_path / "lake")
    hand_in(folder, 1)
    start = time.perf_counter()
    ingest(folder, Lake(tmp_path / "trial"))
    longest = 1.5 * (time.perf_counter() - start)
    batches, killed = 1, 0
    while killed < KILLS:
        before = lake.version()
        done = kill_at_random(folder, lake.path, chance, longest)
        check_whole(lake)
        assert lake.version() in ((before + 1,) if done else (before, before + 1))
        killed += not done
        if lake.version() < batches and chance.random() < 0.6:
            continue  # kill the next attempt at the same files too
        ingest(folder, lake)
        check_whole(lake)
        assert lake.version() == batches
        batches += 1
        hand_in(folder, batches)
