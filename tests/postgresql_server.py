"""A PostgreSQL server of the tests' own, on a free port of the loopback, gone with them."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

OTHERS = ("postgres", "nobody")  # the server refuses to run as root
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
# a test's data may be lost with the machine: no syncing. Killed processes of ours lose nothing by it.
OPTIONS = (
    "fsync=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
    "max_connections=60",
    "listen_addresses=127.0.0.1",
)


class NoServer(Exception):
    """Why there can be none here."""


@contextmanager
def server() -> Iterator[str]:
    """A running server; its address without a database's name, as `postgresql+psycopg://postgres@127.0.0.1:PORT/`."""
    binaries, user = _binaries(), _user()
    folder = Path(tempfile.mkdtemp(prefix="plumbline-postgresql-"))
    try:
        if user:
            shutil.chown(folder, user)
        data, port = folder / "data", _free_port()
        run = ["-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        made = subprocess.run(
            [binaries / "initdb", *run], user=user, capture_output=True, text=True, cwd=folder, check=False
        )
        if made.returncode:
            raise NoServer(f"initdb: {made.stderr.strip()[-300:]}")
        settings = [
            part
            for option in (*OPTIONS, f"port={port}", f"unix_socket_directories={folder}")
            for part in ("-c", option)
        ]
        process = subprocess.Popen(
            [binaries / "postgres", "-D", str(data), *settings], user=user, cwd=folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait_for(process, port)
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/"
        finally:
            process.send_signal(signal.SIGINT)  # fast: those connected are sent away; SIGTERM would wait for them
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    asked = os.environ.get("PLUMBLINE_POSTGRESQL_BIN")
    found = [Path(asked)] if asked else [path for place in PLACES for path in sorted(Path("/").glob(place[1:]))]
    found += [Path(named).parent for named in [shutil.which("postgres")] if named]
    for folder in reversed(found):
        if (folder / "initdb").exists():
            return folder
    raise NoServer("no PostgreSQL server is installed: apt-get install postgresql, or set PLUMBLINE_POSTGRESQL_BIN")


def _user() -> str | None:
    """Whom to run as: ourselves, or somebody else where we are root."""
    if os.getuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in OTHERS:
        if name in known:
            return name
    raise NoServer(f"PostgreSQL does not run as root, and there is none of the users {', '.join(OTHERS)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise NoServer(f"postgres ended with {process.returncode}")
        with suppress(psycopg.OperationalError):
            psycopg.connect(f"host=127.0.0.1 port={port} user=postgres dbname=postgres").close()
            return
        time.sleep(0.05)
    raise NoServer("postgres did not answer within 10 seconds")
