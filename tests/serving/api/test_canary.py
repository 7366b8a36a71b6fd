"""Names and numbers planted wherever a client, a register or a driver can put them turn up in no log, figure or error."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from serving.api.application import create_app
from serving.api.deployment import Deployment
from serving.logs import set_up_logs
from tests.serving.api import office

NAME, NUMBER, ACCOUNT, PHONE = "Ouyang Canary", "320102198804126677", "6228480402564890018", "13912345678"
CANARIES = (NAME, "Canary", "欧阳金丝雀", NUMBER, ACCOUNT, PHONE)
ALL = "".join(CANARIES)
SCORED = {"scheme": "unemployment", "filed_at": "2024-06-30T09:00:00", "region": "north"}
ROOT = Path(__file__).parents[3]


@pytest.fixture
def planted(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """The office as a process of the service logs it, with a route whose database error quotes what it was given."""
    deployment = office.opened(home, store=f"sqlite:///{tmp_path / 'store.db'}")
    for module, hook in ((threading, "excepthook"), (sys, "unraisablehook"), (warnings, "showwarning")):
        monkeypatch.setattr(module, hook, getattr(module, hook))  # so that those of the tests come back
    set_up_logs("DEBUG")
    app = create_app(deployment)

    @app.post("/driver")
    def driver() -> None:
        with deployment.store.session() as session:
            session.execute(text("INSERT INTO settings (name) VALUES (:name)"), {"name": ALL})

    @app.post("/library")
    def library() -> None:
        try:
            raise ValueError(ALL)
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception for %s", ALL)
            logging.getLogger("sqlalchemy.engine").warning(f"row {ALL}")
            logging.getLogger(f"made.{ALL}").error("a logger named after somebody")

    with TestClient(app, raise_server_exceptions=True) as client:
        yield client
    deployment.close()
    logging.captureWarnings(False)


def requests(client: TestClient, who: dict[str, str], machine: dict[str, str]) -> Iterator[tuple[int, str]]:
    """The status and text of everything that is asked with canaries in it."""
    claim = {"person_id": NUMBER, "name": NAME, "account": ACCOUNT, "phone": PHONE}
    asked = [
        client.get(f"/v1/claims/{NUMBER}", headers=who),
        client.get(f"/v1/employers/{ALL}/months", headers=who),
        client.get("/v1/employers", headers=who, params={"search": ALL}),
        client.get("/v1/watchlists", headers=who, params={"cursor": ALL, "region": ALL, "as_of": ALL}),
        client.get(f"/{ALL}", headers={"user-agent": NUMBER, "x-request-id": NUMBER, "referer": f"http://x/{NUMBER}"}),
        client.get("/v1/claims", headers={"authorization": f"Bearer {NUMBER}"}),
        client.get("/v1/claims", headers={"cookie": f"plumbline_session={NUMBER}"}),
        client.post("/v1/session", json={"login": NUMBER, "password": PHONE}),
        client.post("/v1/session", json={"login": {"x": NAME}, "password": [ACCOUNT], NUMBER: 1}),
        client.post("/v1/session", content=f'{{"login": "{NAME}'.encode(), headers={"content-type": "application/json"}),
        client.post("/v1/session", content=ALL.encode(), headers={"content-type": f"text/{NUMBER}"}),
        client.post("/v1/claims/score", json=claim, headers=machine),
        client.post("/v1/claims/score", json={"claims": [claim, {**claim, NAME: 1}]}, headers=machine),
        client.post("/v1/claims/score", json={"claims": [{**SCORED, **claim, "claim_id": ALL}]}, headers=machine),
        client.post("/v1/claims/score", json={"claims": [{**SCORED, **claim, "scheme": ALL}]}, headers=machine),
        client.post("/v1/employers/score", json={"employers": [{"employer_id": ALL}]}, headers=machine),
        client.post("/v1/employers/score", json={"employers": [{"employer_id": "e1", "changes": {NUMBER: 1}}]}, headers=machine),
        client.get(f"/v1/scores/{ALL}", headers=machine),
        client.post(f"/v1/alerts/{NUMBER}/decisions", json={"act": "take", "note": ALL}, headers=who | {"if-match": NUMBER}),
        client.post("/v1/alerts/a/decisions", json={"act": NAME, "facts": [NUMBER]}, headers=who | {"if-match": '"v1"'}),
        client.post("/v1/alerts/a-north/unmaskings", json={"fields": [NAME], "reason": ALL}, headers=who),
        client.request(NUMBER, "/v1/claims", headers=who),
        client.post("/driver"),
        client.post("/library"),
    ]  # fmt: skip
    return ((one.status_code, one.text + str(one.headers)) for one in asked)


def test_no_canary_sings(planted: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    deployment: Deployment = planted.app.state.deployment  # type: ignore[attr-defined]
    who = office.sign_in(deployment.store, "fund_supervisor", None)
    machine = office.machine(deployment.store)
    statuses = []
    for status, said in requests(planted, who, machine):
        statuses.append(status)
        if status >= 400:
            assert not [one for one in CANARIES if one in said], said
    figures = planted.get("/metrics", headers=machine)
    logged = capfd.readouterr()
    assert statuses.count(500) == 1  # the driver's
    assert statuses.count(200) == 2  # the claim that was scored, and the library's
    assert "/v1/claims/{claim_id}" in figures.text
    assert '"event": "of a library"' in logged.err
    assert '"error": "IntegrityError"' in logged.err
    for one in CANARIES:
        assert one not in figures.text
        assert one not in logged.err + logged.out, next(line for line in logged.err.splitlines() if one in line)


UNCAUGHT = f"""
import gc, threading, warnings
from serving.logs import set_up_logs
set_up_logs()
said = {ALL!r}

class Let:
    def __del__(self):
        raise ValueError(said)

def fail():
    raise KeyError(said)

warnings.warn(said)
one = threading.Thread(target=fail)
one.start()
one.join()
let = Let()
del let
gc.collect()
"""


def test_nor_does_one_in_what_python_writes_of_warnings_and_of_what_nobody_caught() -> None:
    told = subprocess.run([sys.executable, "-c", UNCAUGHT], cwd=ROOT, capture_output=True, text=True)
    lines = [json.loads(line) for line in told.stderr.splitlines()]
    assert [(one["event"], one.get("error", one.get("library"))) for one in lines] == [
        ("of a library", "py"), ("nobody caught it", "KeyError"), ("nobody caught it", "ValueError")
    ]  # fmt: skip
    assert not [one for one in CANARIES if one in told.stderr + told.stdout]
