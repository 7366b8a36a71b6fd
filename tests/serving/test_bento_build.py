"""A Bento starts with nothing but itself, and ends whole however it is ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 90  # for a machine that is busy with other tests; an idle one takes five
BUILD = """
import sys
from pathlib import Path
from serving.bento_build import build_bento
from tests.training.test_registry import model
build_bento([model()], Path(sys.argv[1]))
"""
LOADED = """
import sys
import bentoml
bentoml.load(sys.argv[1])
import serving, serving.service
print(serving.__file__)
print([one.model.card.model_id for one in serving.service.app.state.deployment.shelf.models().values()])
"""


def until(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.2)
    return False


@pytest.fixture(scope="module")
def bento(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Bento, built by a process of its own: what it sets in its environment ends with it."""
    folder = tmp_path_factory.mktemp("bento") / "built"
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, check=True, capture_output=True)
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a data centre gives: a home of its own, and nothing of this folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BENTOML", "PLUMBLINE", "PYTHON"))}
    return kept | {"PLUMBLINE_HOME": str(folder / "home"), "BENTOML_HOME": str(folder / "bentoml"), **more}


def test_code_and_models_are_the_bentos_own(bento: Path, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED, str(bento)],
        cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True,
    )  # fmt: skip
    assert told.stdout.splitlines() == [str(bento / "src/serving/__init__.py"), "['event-1']"], told.stderr
    assert not [path for path in bento.rglob("*") if path.suffix in (".pkl", ".pickle", ".joblib")]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_it_serves_and_no_process_outlives_the_first(bento: Path, tmp_path: Path) -> None:
    port = free_port()
    asked = environment(tmp_path, PLUMBLINE_PORT=str(port), PLUMBLINE_WORKERS="2")
    log = (tmp_path / "log").open("w")
    first = subprocess.Popen(
        [sys.executable, "-m", "bentoml", "serve", str(bento)], cwd=tmp_path, env=asked, stdout=log, stderr=log
    )
    try:
        assert until(lambda: _status(port, "/readyz") == 204), (tmp_path / "log").read_text()
        assert _status(port, "/docs.json") == 404
        family = psutil.Process(first.pid).children(recursive=True)
        ports = {
            c.laddr.port
            for one in [*family, psutil.Process(first.pid)]
            for c in one.net_connections("inet")
            if c.status == "LISTEN"
        }
        assert ports == {port}
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in family))
    assert "Traceback" not in (tmp_path / "log").read_text()


def _status(port: int, path: str) -> int:
    try:
        return httpx.get(f"http://127.0.0.1:{port}{path}", timeout=5).status_code
    except httpx.TransportError:
        return 0
