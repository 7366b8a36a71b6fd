"""Each trap of BentoML that was measured is closed, whatever is asked of it and however it is configured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from features.errors import BadInput
from features.settings import Settings, read_settings
from serving.bento_rules import asked_of_bentoml, believe_proxies, refuse_bentoml_config

ROOT = Path(__file__).parents[2]
SAY = """
import os
from bentoml._internal.utils.analytics.usage_stats import do_not_track
before = do_not_track()  # read, and kept, before our service is imported
from serving.service import Plumbline, app, service
from bentoml._internal.configuration.containers import BentoMLContainer as container
service.inject_config()
print(container.http.host.get(), container.http.port.get(), before, do_not_track(), len(Plumbline.apis))
"""


def run(code: str, tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """What a process of its own says, as `bentoml serve` would import the service."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BENTOML", "PLUMBLINE"))}
    environment |= {"PLUMBLINE_HOME": str(tmp_path / "home"), "BENTOML_HOME": str(tmp_path / "bentoml"), **more}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_it_listens_on_loopback_reports_nothing_and_has_no_route_of_bentomls_kind(tmp_path: Path) -> None:
    told = run(SAY, tmp_path, BENTOML_DO_NOT_TRACK="1")  # which BentoML does not take for yes
    assert told.stdout.split() == ["127.0.0.1", "8000", "False", "True", "0"], told.stderr


def test_the_settings_say_where_it_listens(tmp_path: Path) -> None:
    told = run(SAY, tmp_path, PLUMBLINE_HOST="0.0.0.0", PLUMBLINE_PORT="8099")
    assert told.stdout.split()[:2] == ["0.0.0.0", "8099"], told.stderr


def test_bentomls_own_configuration_is_refused(tmp_path: Path) -> None:
    for name in ("BENTOML_CONFIG", "BENTOML_CONFIG_OPTIONS"):
        with pytest.raises(BadInput, match=name):
            refuse_bentoml_config({name: "x"})
    refuse_bentoml_config({"BENTOML_HOME": "x", "BENTOML_CONFIG": ""})


def test_no_line_and_no_figure_of_bentomls_own() -> None:
    asked = asked_of_bentoml(Settings(workers=3))
    assert (asked["metrics"], asked["logging"]) == ({"enabled": False}, {"access": {"enabled": False}})
    assert asked["workers"] == 3
    assert asked_of_bentoml(Settings())["workers"] == "cpu_count"


ASK = """
import asyncio, json, pickle
import httpx
from serving.service import service
asgi = service.to_asgi(is_main=True)

async def main():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(asgi), base_url="http://plumbline") as client:
        for path in ("/", "/docs.json", "/schema.json", "/healthz", "/static_content/index.html", "/openapi.json", "/docs"):
            response = await client.get(path)
            print(path, response.status_code, response.headers["content-type"])
        pickled = {"content-type": "application/vnd.bentoml+pickle"}
        response = await client.post("/", content=pickle.dumps({}), headers=pickled)
        print("pickle", response.status_code, response.headers["content-type"])
        response = await client.get("/livez")
        print("live", response.status_code, response.headers.get("server"))

asyncio.run(main())
"""


def test_its_pages_and_documents_are_not_there_and_pickles_are_not_taken(tmp_path: Path) -> None:
    told = run(ASK, tmp_path)
    lines = [line.split(" ", 1) for line in told.stdout.splitlines()]
    assert len(lines) == 9, told.stderr
    assert {said for path, said in lines if path.startswith("/")} == {"404 application/problem+json"}
    assert dict(lines)["pickle"] == "415 application/problem+json"
    assert dict(lines)["live"] == "204 None"
    assert "Traceback" not in told.stderr


STRANGERS = """
import asyncio, sys
import httpx, uvicorn
from serving.service import service
config = uvicorn.Config(service.to_asgi(is_main=True), log_config=None)
config.load()  # as BentoML makes its server

async def statuses(forwarded):
    asgi = httpx.ASGITransport(config.loaded_app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=asgi, base_url="http://plumbline") as client:
        for number in range(4):
            headers = {"x-forwarded-for": forwarded.format(number)}
            yield (await client.get("/v1/claims", headers=headers)).status_code

async def main():
    for forwarded in ("192.0.2.{0}", "198.51.100.{0}, 203.0.113.7"):
        print([status async for status in statuses(forwarded)])

asyncio.run(main())
"""
COUNTED, APART = "[401, 401, 429, 429]", "[401, 401, 401, 401]"


@pytest.mark.parametrize(
    ("trusted", "own_word", "proxys_word"),
    [("10.0.0.5", COUNTED, "[429, 429, 429, 429]"), ("127.0.0.1", APART, COUNTED)],
)
def test_whence_a_request_comes_is_what_a_trusted_proxy_added_and_nothing_that_others_wrote(
    tmp_path: Path, trusted: str, own_word: str, proxys_word: str
) -> None:
    """Two addresses a stranger makes up: one whole header, and one that a proxy adds the stranger's own address to."""
    told = run(
        STRANGERS, tmp_path, PLUMBLINE_TRUSTED_PROXIES=trusted, PLUMBLINE_STRANGER_RATE="2", FORWARDED_ALLOW_IPS="*"
    )
    assert told.stdout.splitlines() == [own_word, proxys_word], told.stderr


def test_a_proxy_is_an_address_or_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_TRUSTED_PROXIES", "10.0.0.5, 10.1.0.0/24")
    environment: dict[str, str] = {}
    believe_proxies(read_settings(), environment)
    assert environment == {"FORWARDED_ALLOW_IPS": "10.0.0.5/32,10.1.0.0/24"}
    for wrong in ("*", "proxy.example", "10.0.0.5/24"):
        monkeypatch.setenv("PLUMBLINE_TRUSTED_PROXIES", wrong)
        with pytest.raises(BadInput, match="PLUMBLINE_TRUSTED_PROXIES"):
            read_settings()
