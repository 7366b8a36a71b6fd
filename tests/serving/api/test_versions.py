"""ETags: what is unchanged is not sent again, and what is changed says which version."""

from __future__ import annotations

from fastapi.testclient import TestClient


def test_what_is_unchanged_is_not_sent_again(client: TestClient, north: dict[str, dict[str, str]]) -> None:
    first = client.get("/v1/employers/e1", headers=north["inspector"])
    again = client.get("/v1/employers/e1", headers=north["inspector"] | {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = client.get("/v1/employers/e2", headers=north["inspector"] | {"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_a_change_names_the_version_it_changes(client: TestClient, everywhere: dict[str, dict[str, str]]) -> None:
    who, sent = everywhere["administrator"], {"value": {"days": 9}, "because": "a test"}

    def status(if_match: str | None) -> int:
        headers = who | ({"if-match": if_match} if if_match else {})
        return client.put("/v1/settings/longest_hold", headers=headers, json=sent).status_code

    assert status(None) == 428
    assert [status(named) for named in ("*", '"3"', '"v"', '"v1", "v2"', '"v99999999999999999999"')] == [422] * 5
    assert status('"v999"') == 409
