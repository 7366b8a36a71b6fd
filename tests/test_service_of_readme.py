"""The lines of the README by which an office starts the service and does its work, run as they are printed."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

import plumbline
from tests.training.claims.worlds import write_claims
from tests.training.worlds import LAST, write_registers

ROOT = Path(__file__).parents[1]
PARTS = re.search(r"<!-- service: begins -->(.*)<!-- service: ends -->", (ROOT / "README.md").read_text(), re.DOTALL)
BLOCKS = re.findall(r"^```(python)?\n(.*?)^```$", PARTS[1] if PARTS else "", re.DOTALL | re.MULTILINE)
PREPARED, *ASKED = [text for language, text in BLOCKS if not language]
PYTHON = [text for language, text in BLOCKS if language]
DAY = "2024-12-31"  # the README's, on which the demo's registers end
PASSWORD = "seven grey herons wait"  # noqa: S105  (of nobody)
SECONDS = 120  # for a machine that is busy with other tests; an idle one takes a third
# curl writes down what it was answered: the README's lines show bodies alone
CURL = 'write-out = "%{stderr}answered %{http_code} %{method} %{url_effective}\\n"\n'


@dataclass(frozen=True)
class Office:
    """A folder as `make demo` leaves it, and what the README's lines are run with."""

    folder: Path
    port: int

    def lines(self, text: str) -> str:
        """The lines, of a service at a port that is free."""
        return text.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}")

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PLUMBLINE", "BENTOML"))}
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        own = {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(self.folder)}
        return kept | own | {"PLUMBLINE_PORT": str(self.port), "PLUMBLINE_WORKERS": "1", "PLUMBLINE_HOME": "demo"}

    def bash(self, text: str) -> subprocess.CompletedProcess[str]:
        """All lines in one shell, which ends at the first that fails; each password asked for is typed."""
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", self.lines(text)], input=f"{PASSWORD}\n" * 9, capture_output=True,
            text=True, cwd=self.folder, env=self.environment(), timeout=SECONDS,
        )  # fmt: skip


def command(*words: str) -> None:
    done = CliRunner().invoke(plumbline.app, words)
    assert done.exit_code == 0, f"{words}: {done.output} {done.exception!r}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Registers, a lake and models like the demo's, from fewer rows: three hundred employers, two thousand claims."""
    folder = tmp_path_factory.mktemp("office")
    home, raw = folder / "demo", folder / "demo" / "registers"
    write_registers(raw)
    for name in ("employers", "complaints"):
        _two_years_later(raw / f"{name}.csv")
    write_claims(raw)
    for file in raw.iterdir():
        file.write_text(file.read_text().replace(",North,", ",qinglan,").replace(",South,", ",wangchuan,"))
    (folder / ".curlrc").write_text(CURL)
    command("ingest", str(raw), "--home", str(home))
    command("train", "employers", "--as-of", DAY, "--horizon", "6m", "--label", "event", "--home", str(home))
    command("train", "claims", "--as-of", DAY, "--home", str(home))
    return Office(folder, _free_port())


def _two_years_later(file: Path) -> None:
    """So that both worlds of rows end on the README's day."""
    file.write_text(re.sub(r"\b20\d\d-\d\d-\d\d\b", lambda day: str(_later(day[0])), file.read_text()))


def _later(day: str) -> dt.date:
    return dt.date.fromisoformat(day) + (dt.date.fromisoformat(DAY) - LAST)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def served(office: Office) -> Iterator[Office]:
    """The office, prepared and started by the README's first lines."""
    *before, start = PREPARED.strip().splitlines()
    assert start == "plumbline serve"
    prepared = office.bash("\n".join(before))
    assert prepared.returncode == 0, prepared.stderr
    log = (office.folder / "log").open("w")
    process = subprocess.Popen(start.split(), cwd=office.folder, env=office.environment(), stdout=log, stderr=log)
    try:
        _wait_until_ready(office)
        yield office
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(SECONDS)
        assert "Traceback" not in (office.folder / "log").read_text()


def _wait_until_ready(office: Office) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://127.0.0.1:{office.port}/readyz").status_code == 204:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail((office.folder / "log").read_text())


def test_each_does_their_main_job_with_the_lines_of_the_readme(served: Office) -> None:
    done = served.bash("\n".join(ASKED))
    assert done.returncode == 0, done.stderr
    answers = re.findall(r"^answered (\d+) (\w+) \S+?/v1/(\S+)$", done.stderr, re.MULTILINE)
    refused = [answer for answer in answers if not answer[0].startswith("2")]
    assert [(status, path.rpartition("/")[2]) for status, _, path in refused] == [("409", "decisions")], done.stdout
