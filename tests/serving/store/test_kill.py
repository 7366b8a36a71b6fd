"""Killed at any moment, what was acknowledged is there and nothing is half there: of a scoring run, of decisions at once.

A few kills in every run of the tests; `PLUMBLINE_KILLS=50` for more.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from serving.kept_alerts import keep_alerts
from serving.store.alerts import Alert, Decision, Finding
from serving.store.opened import Store
from serving.store.runs import EmployerScore, Run
from tests.serving.alerts.office import draw, scored, snapshot

KILLS = int(os.environ.get("PLUMBLINE_KILLS", "2"))
ROWS, ALERTS, AT_ONCE = 60_000, 100, 8
SCORING = f"""
import sys, datetime as dt
import numpy as np, pyarrow as pa
from serving.runs import Scored, keep_run
from serving.store.opened import open_store
store, rows = open_store(sys.argv[1]), {ROWS}
scores = pa.table({{
    "employer_id": [f"{{n:06}}" for n in range(rows)], "region": ["North"] * rows, "risk": np.random.rand(rows),
    "level": ["none"] * rows, "closed": np.zeros(rows, dtype=bool), "why": pa.nulls(rows, pa.string()),
}})
print("ready", flush=True)
run = Scored("employers", dt.date(2024, 6, int(sys.argv[2])), 1, {{}}, {{}}, 0)
with store.session() as session:
    keep_run(session, run, scores, "tests")
print("done", flush=True)
"""
DECIDING = f"""
import os, sys, datetime as dt
from concurrent.futures import ThreadPoolExecutor
from sqlalchemy import select
from serving.jurisdiction import EVERYWHERE
from serving.reviews.decisions import act_on
from serving.reviews.done import Done, Found
from serving.store.alerts import Alert
from serving.store.opened import open_store
store = open_store(sys.argv[1])
with store.reading() as session:
    alerts = session.scalars(select(Alert).where(Alert.state == "open").order_by(Alert.claim_id)).all()
print("ready", flush=True)
def decide(alert):
    done = Done("decide", "tests", findings=(Found(alert.claim_id, "genuine"),))
    with store.session() as session:
        act_on(session, EVERYWHERE, alert.alert_id, alert.version, done, dt.date(2024, 7, 1))
    os.write(1, (alert.alert_id + "\\n").encode())  # acknowledged
with ThreadPoolExecutor({AT_ONCE}) as threads:
    list(threads.map(decide, alerts))
"""


def started(program: str, *words: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", program, *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def killed_after(process: subprocess.Popen[str], seconds: float) -> list[str]:
    """What it had said by then."""
    assert process.stdout is not None
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    said = process.stdout.read().split()
    process.wait()
    process.stdout.close()
    return said


def address(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def test_a_run_is_there_whole_or_not_at_all(store: Store) -> None:
    chance = random.Random(KILLS)
    process = started(SCORING, address(store), "1")
    ready = time.perf_counter()
    assert process.communicate()[0] == "done\n"
    longest = time.perf_counter() - ready
    for day in range(2, KILLS + 2):
        done = killed_after(started(SCORING, address(store), str(day)), chance.uniform(0, longest)) == ["done"]
        with store.reading() as session:
            runs = session.scalars(select(Run.number).order_by(Run.number)).all()
            rows = dict(session.execute(select(EmployerScore.run, func.count()).group_by(EmployerScore.run)).all())
        assert rows == dict.fromkeys(runs, ROWS)
        assert not done or len(runs) == day
        assert started(SCORING, address(store), str(day)).communicate()[0] == "done\n"


def test_no_acknowledged_decision_is_lost(store: Store, tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    drawn = draw(tmp_path, scored(snapshot()), capacity=ALERTS)
    with store.session() as session:
        keep_alerts(session, drawn, "tests")
    acknowledged: list[str] = []
    for _ in range(KILLS):
        acknowledged += killed_after(started(DECIDING, address(store)), chance.uniform(0, 0.4))
        check(store, acknowledged)
    acknowledged += started(DECIDING, address(store)).communicate()[0].split()
    check(store, acknowledged)
    with store.reading() as session:
        assert set(session.scalars(select(Alert.state))) == {"decided"}


def check(store: Store, acknowledged: list[str]) -> None:
    """Each acknowledged alert is decided; each decided one has its decision and its finding, each other has neither."""
    with store.reading() as session:
        decided = set(session.scalars(select(Alert.alert_id).where(Alert.state == "decided", Alert.version == 2)))
        left = session.scalar(select(func.count()).where(Alert.state == "open", Alert.version == 1))
        with_decision = session.scalars(select(Decision.alert_id)).all()
        found = session.execute(
            select(Decision.alert_id).join(Finding, Finding.decision_id == Decision.decision_id)
        ).all()
    assert set(acknowledged) <= decided
    assert sorted(with_decision) == sorted(decided) == sorted(alert for (alert,) in found)
    assert len(decided) + left == ALERTS
