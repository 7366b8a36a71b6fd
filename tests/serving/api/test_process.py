"""`plumbline serve` as an office runs it: its log holds no person; killed at any moment, no score it answered is lost or half there.

One kill in every run of the tests; `PLUMBLINE_KILLS=50` for more.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from serving.online.folder import journal_path
from serving.store.opened import open_store
from tests.serving.api import office
from tests.serving.api.test_canary import ACCOUNT, ALL, CANARIES, NAME, NUMBER, PHONE

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("PLUMBLINE_KILLS", "1"))
STARTS_WITHIN = 90  # seconds, on a machine that is busy with other tests; an idle one takes five
AT_ONCE = 4
CLAIM = {"scheme": "unemployment", "filed_at": "2024-06-30T09:00:00", "region": "north", "born_on": "1988-04-12"}


@dataclass
class Office:
    """A home of its own, the token of a machine, and where its service listens and logs."""

    home: Path
    store: str
    headers: dict[str, str]
    log: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, until it answers."""
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        words = ["plumbline.py", "serve", "--home", str(self.home), "--port", str(self.port), "--workers", "1"]
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("BENTOML", "PLUMBLINE"))}
        environment |= {"PLUMBLINE_STORE": self.store, "PLUMBLINE_BUNDLE": str(self.home / "bundle")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *words], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        end = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < end, self.log.read_text()
            time.sleep(0.2)

    def kill(self) -> None:
        """End every process of it at once, as a machine that fails does."""
        assert self.process is not None
        family = psutil.Process(self.process.pid).children(recursive=True)
        for one in [self.process, *family]:
            os.kill(one.pid, signal.SIGKILL)
        self.process.wait()
        psutil.wait_procs(family, timeout=10)
        self.process = None

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 204
        except httpx.TransportError:
            return False


@pytest.fixture(scope="module")
def served(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(home, folder / "home", ignore=shutil.ignore_patterns("store.db*", "journal.sqlite*"))
    address = f"sqlite:///{folder / 'store.db'}"
    store = open_store(address)
    own = Office(folder / "home", address, office.machine(store), folder / "log")
    store.close()
    try:
        own.start()
        yield own
    finally:
        if own.process is not None:
            own.kill()


def canary(claim_id: str) -> dict[str, object]:
    return {**CLAIM, "claim_id": claim_id, "person_id": NUMBER, "name": NAME, "account": ACCOUNT, "phone": PHONE}


def raw(port: int, text: str) -> None:
    """What no client would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(text.encode("latin1", "replace"))
        connection.recv(65536)


def test_no_canary_sings_in_what_the_command_writes(served: Office) -> None:
    with httpx.Client(base_url=served.url, headers=served.headers, timeout=30) as client:
        scored = client.post("/v1/claims/score", json={"claims": [canary(NUMBER), canary(ALL)]})
        assert scored.status_code == 200, scored.text
        changes = {"employers": [{"employer_id": "e1", "changes": {ALL: 1}}]}
        refused = [
            client.post("/v1/claims/score", json={"claims": [{**canary(NUMBER), "amount": ALL}]}),
            client.post("/v1/employers/score", json={"employers": [{"employer_id": ALL}]}),
            client.post("/v1/employers/score", json=changes),
            client.get(f"/v1/scores/{ALL}"),
            client.get(f"/{NUMBER}/{NAME}", headers={"user-agent": NUMBER, "x-forwarded-for": NUMBER}),
            client.post("/v1/claims/score", content=b"{" + ALL.encode(), headers={"content-type": "application/json"}),
        ]
        figures = client.get("/metrics").text
    assert [one.status_code for one in refused] == [422, 404, 422, 404, 404, 400]
    raw(served.port, f"GET /{NUMBER} HTTP/9.9\r\nHost: {ACCOUNT}\r\n\r\n")
    raw(served.port, f"{NAME} {NUMBER}\r\n\r\n")
    raw(served.port, f"GET /{NUMBER} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nx {ACCOUNT}\r\n\r\n")
    upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n"
    raw(served.port, f"GET /{NUMBER} HTTP/1.1\r\nHost: {PHONE}\r\n{upgrade}\r\n")
    written = served.log.read_text()
    assert '"route": "/v1/claims/score", "status": 200' in written
    assert not [one for one in CANARIES if one in written + figures + "".join(one.text for one in refused)]
    assert "Traceback" not in written


def test_headers_without_end_are_not_taken_in(served: Office) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: ")
        with suppress(ConnectionError):
            for _ in range(64):
                connection.sendall(b"x" * 65536)
            pytest.fail("4 MB of a header were taken in")
    assert httpx.get(f"{served.url}/livez").status_code == 204


@dataclass
class Answered:
    """What a client was told: the claim and the identifier of its answer."""

    claims: dict[str, str]

    def ask(self, office: Office, name: str, until: threading.Event) -> None:
        number = 0
        with httpx.Client(base_url=office.url, headers=office.headers, timeout=30) as client:
            while not until.is_set():
                number += 1
                claim = {**CLAIM, "claim_id": f"{name}-{number}", "person_id": f"{name}-{number // 3}", "name": name}
                try:
                    answer = client.post("/v1/claims/score", json={"claims": [claim]})
                except httpx.TransportError:
                    return
                self.claims[str(claim["claim_id"])] = answer.json()["items"][0]["answer_id"]


def test_no_score_that_was_answered_is_lost_and_none_is_half_there(served: Office) -> None:
    chance, told = random.Random(KILLS), Answered({})
    for round_ in range(KILLS):
        if served.process is None:
            served.start()
        until = threading.Event()
        threads = [threading.Thread(target=told.ask, args=(served, f"r{round_}t{n}", until)) for n in range(AT_ONCE)]
        for one in threads:
            one.start()
        before = len(told.claims)
        while len(told.claims) == before and any(one.is_alive() for one in threads):
            time.sleep(0.01)  # the first opens the night
        time.sleep(chance.uniform(0, 1))
        served.kill()
        until.set()
        for one in threads:
            one.join()
        check(served, told)
    print(f"{KILLS} kills, {len(told.claims)} answers told, all kept")


def check(served: Office, told: Answered) -> None:
    """Each answer that was told is kept with its claim; each claim kept has its answer, the things it names, and its keys."""
    opened = office.opened(served.home, store=served.store)
    claims = opened.online.claims
    for claim_id, answer_id in told.claims.items():
        region, answer = claims.answered(answer_id)
        assert (region, answer["claim_id"], claims.regions_of(claim_id)) == ("north", claim_id, {"north"})
    opened.close()
    journal = sqlite3.connect(journal_path(served.home))
    assert journal.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    answers = journal.execute("SELECT answer FROM answers WHERE subject = 'claim'").fetchall()
    kept = [claim_id for (claim_id,) in journal.execute("SELECT claim_id FROM claims")]
    named = {claim_id for (claim_id,) in journal.execute("SELECT claim_id FROM named")}
    records = [record for (record,) in journal.execute("SELECT record_id FROM records")]
    journal.close()
    assert sorted(kept) == sorted({json.loads(answer)["claim_id"] for (answer,) in answers}) == sorted(records)
    assert named == set(kept)
