"""ETags: what is unchanged is not sent again, and what is changed says which version."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from serving.api.versions import NoVersion, etag, version_to_change


def test_what_is_unchanged_is_not_sent_again(client: TestClient, north: dict[str, dict[str, str]]) -> None:
    first = client.get("/v1/employers/e1", headers=north["inspector"])
    again = client.get("/v1/employers/e1", headers=north["inspector"] | {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = client.get("/v1/employers/e2", headers=north["inspector"] | {"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def request(if_match: str | None) -> Request:
    headers = [(b"if-match", if_match.encode())] if if_match else []
    return Request({"type": "http", "method": "PATCH", "path": "/", "headers": headers})


def test_a_change_names_the_version_it_changes() -> None:
    assert version_to_change(request(etag(3))) == 3
    for named in (None, "*", '"3"', '"v"', '"v1", "v2"', '"v99999999999999999999"'):
        with pytest.raises(NoVersion):
            version_to_change(request(named))
