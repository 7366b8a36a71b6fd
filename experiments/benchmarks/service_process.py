"""A service started for a measurement: until it answers, what all its processes cost, and its end."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from features.errors import NotReady

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 120
CLIENT = "experiments.benchmarks.load_client"


@contextmanager
def served(
    module: str, words: Sequence[object], settings: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """`python -m module words`, for as long as it is measured; what it says goes into `log`."""
    command = [sys.executable, "-m", module, *map(str, words)]
    with log.open("ab") as said:
        process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=said, stderr=said)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port of the loopback address that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until somebody listens at the port; NotReady where the process ends before, or nobody does for too long."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
    raise NotReady("the service does not answer", expected=f"an answer within {START_SECONDS} s", do="read its log")


def processor_seconds(process: int) -> float:
    """What a process and all those that it started have cost: seconds of the processor, of user and of system."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    own = (int(stat[11]) + int(stat[12])) / TICKS
    started = " ".join(task.read_text() for task in Path(f"/proc/{process}/task").glob("*/children")).split()
    return own + sum(processor_seconds(int(each)) for each in started)


def machine_seconds() -> float:
    """What all processes of the machine have cost since it was started, and what its host took from it."""
    user, nice, system, _, _, *rest = map(
        int, Path("/proc/stat").read_text(encoding="utf-8").split("\n")[0].split()[1:9]
    )
    return (user + nice + system + sum(rest)) / TICKS


def load(
    port: int, bodies: Sequence[Mapping[str, Any]], connections: int, headers: str, folder: Path
) -> dict[str, Any]:
    """The figures of load_client.py, which runs in a process of its own."""
    file = folder / "bodies"
    file.write_text("".join(json.dumps(body) + "\n" for body in bodies), encoding="utf-8")
    command = [sys.executable, "-m", CLIENT, str(port), str(file), str(connections)]
    done = subprocess.run(command, check=True, input=headers, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))
