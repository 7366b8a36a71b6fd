"""Bodies are JSON, not packed, and no larger than the service takes: what a page of another site can post is not taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

LIMIT = 1 << 20


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/vnd.bentoml+pickle",
        "application/octet-stream",
        "application/ld+json",
        "application/json; charset=utf-16",
        "",
    ],
)
def test_other_kinds_of_bodies_are_refused(client: TestClient, kind: str) -> None:
    response = client.post("/livez", content=b'{"a": 1}', headers={"content-type": kind} if kind else {})
    assert response.status_code == 415
    assert response.headers["content-type"] == "application/problem+json"


def test_packed_bodies_are_refused(client: TestClient) -> None:
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    assert client.post("/livez", content=b"x", headers=headers).status_code == 415


def test_large_bodies_are_refused_by_what_they_say_and_by_what_comes(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    said = client.post("/v1/employers", content=b"x", headers=headers | {"content-length": str(LIMIT + 1)})
    assert (said.status_code, said.headers["connection"]) == (413, "close")

    def parts() -> Iterator[bytes]:
        for _ in range(3):
            yield b" " * (LIMIT // 2)

    came = client.post("/v1/session", content=parts(), headers=headers)
    assert came.status_code in (404, 405, 413)


def test_every_answer_tells_browsers_to_run_and_keep_nothing(client: TestClient) -> None:
    for response in (client.get("/livez"), client.get("/nowhere"), client.post("/livez", content=b"x")):
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"


def test_requests_keep_their_identifier_only_where_it_can_be_nobodys_number(client: TestClient) -> None:
    own = "0123456789abcdef0123456789abcdef"
    assert client.get("/livez", headers={"x-request-id": own}).headers["x-request-id"] == own
    for number in ("110101199001011234", "Li Wei", "x" * 40):
        assert client.get("/livez", headers={"x-request-id": number.encode()}).headers["x-request-id"] != number
