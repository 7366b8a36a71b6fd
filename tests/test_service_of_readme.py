"""The lines of the README by which an office starts the service and does its work, run as they are printed."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
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
from experiments.demo import OURS
from features.lake.ingest import ingest
from features.lake.lake import Lake
from tests.serving.api.office import claims_model
from tests.training.claims.worlds import write_claims
from tests.training.test_registry import model as employers_model
from tests.training.test_registry import registry
from tests.training.worlds import LAST, write_registers

ROOT = Path(__file__).parents[1]
SECTION = re.search(r"<!-- service: begins -->(.*)<!-- service: ends -->", (ROOT / "README.md").read_text(), re.DOTALL)
PRINTED = re.findall(r"^```(python)?\n(.*?)^```$", SECTION[1] if SECTION else "", re.DOTALL | re.MULTILINE)
BLOCKS = [text for language, text in PRINTED if not language]
PYTHON = [text for language, text in PRINTED if language]
SERVE = "plumbline serve\n"
DAY = dt.date(2024, 12, 31)  # the README's, on which the demo's registers end
PASSWORD = "seven grey herons wait"
SECONDS = 300  # for a machine that is busy with other tests; an idle one takes a tenth
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
        own = {
            "PATH": path,
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            "PLUMBLINE_HOME": str(self.folder / "demo"),
        }
        return kept | own | {"PLUMBLINE_PORT": str(self.port), "PLUMBLINE_WORKERS": "1"}

    def bash(self, text: str) -> subprocess.CompletedProcess[str]:
        """All lines in one shell, which ends at the first that fails; each password asked for is typed."""
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", self.lines(text)], input=f"{PASSWORD}\n" * 9, capture_output=True,
            text=True, cwd=self.folder, env=self.environment(), timeout=SECONDS,
        )  # fmt: skip

    def commands(self, text: str) -> None:
        """Lines without anything of a shell's, in this process: to begin another costs more than most of them."""
        for line in text.splitlines():
            _, *words = shlex.split(line, comments=True)
            done = CliRunner().invoke(plumbline.app, words, env=self.environment())
            assert done.exit_code == 0, f"{line}: {done.output} {done.exception!r}"


def of_commands(block: str) -> bool:
    return all(line.startswith("plumbline ") and not re.search(r"[<>|$]", line) for line in block.splitlines())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A home like the demo's, of fewer rows: 300 employers, 2,000 claims, two models of one feature each."""
    folder = tmp_path_factory.mktemp("office")
    home, raw = folder / "demo", folder / "demo" / "registers"
    write_registers(raw)
    for name in ("employers", "complaints"):
        _later(raw / f"{name}.csv")
    write_claims(raw)
    for file in raw.iterdir():
        file.write_text(file.read_text().replace(",North,", ",qinglan,").replace(",South,", ",wangchuan,"))
    assert ingest(raw, Lake(home / "lake")).complete
    for model in (employers_model(), claims_model()):
        registry(home).record(model, {})
    (folder / ".curlrc").write_text(CURL)
    return Office(folder, _free_port())


def _later(file: Path) -> None:
    """Days so much later that the last of all is the README's."""
    later = DAY - LAST
    file.write_text(
        re.sub(r"\b20\d\d-\d\d-\d\d\b", lambda day: str(dt.date.fromisoformat(day[0]) + later), file.read_text())
    )


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def served(office: Office) -> Iterator[Office]:
    """The office, prepared and started by the README's lines."""
    people, night = BLOCKS[: BLOCKS.index(SERVE)]
    added = office.bash(people)
    assert added.returncode == 0, added.stderr
    office.commands(night)
    with (office.folder / "log").open("w") as log:
        process = subprocess.Popen(SERVE.split(), cwd=office.folder, env=office.environment(), stdout=log, stderr=log)
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
    asked = BLOCKS[BLOCKS.index(SERVE) + 1 :]
    done = served.bash("\n".join(block for block in asked if not of_commands(block)))
    assert done.returncode == 0, done.stderr
    answers = re.findall(r"^answered (\d+) (\w+) \S+?/v1/(\S+)$", done.stderr, re.MULTILINE)
    refused = [(status, path.rpartition("/")[2]) for status, _, path in answers if not status.startswith("2")]
    assert refused == [("409", "decisions")], done.stdout
    assert {path.partition("/")[0].partition("?")[0] for _, _, path in answers} == {
        "session", "watchlists", "employers", "visits", "alerts", "claims", "scores", "runs", "models", "outcomes", "settings",
    }  # fmt: skip
    assert (served.folder / "desk" / "claim_decisions.csv").read_text().count("genuine") == 1
    assert (served.folder / "desk" / "list.csv").read_text().count("\n") > 10


def test_the_client_in_python_does_what_the_readme_says(served: Office) -> None:
    (block,) = PYTHON
    done = subprocess.run(
        [sys.executable, "-c", served.lines(block)], cwd=served.folder / "desk", env=served.environment(), capture_output=True,
        text=True, timeout=SECONDS,
    )  # fmt: skip
    assert re.match(r"0\.\d+ \w+ \[", done.stdout), done.stderr


def test_a_model_trained_again_is_taken_up_by_the_running_service(served: Office) -> None:
    (block,) = [block for block in BLOCKS[BLOCKS.index(SERVE) + 1 :] if of_commands(block)]
    served.commands(block)
    named = re.search(r"models name (\S+)", block)
    token = served.bash("plumbline tokens add figures --may models.read --everywhere").stdout.strip()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        models = httpx.get(
            f"http://127.0.0.1:{served.port}/v1/models", headers={"Authorization": f"Bearer {token}"}
        ).json()
        if named and any(one["model_id"].startswith(named[1]) for one in models["items"]):
            return
        time.sleep(0.2)
    pytest.fail(str(models))


def test_the_demo_can_be_made_again_after_all_of_it(served: Office) -> None:
    assert {path.name for path in (served.folder / "demo").iterdir()} <= set(OURS)
