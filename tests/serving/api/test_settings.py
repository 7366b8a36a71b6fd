"""Settings that an office changes while the service runs."""

from __future__ import annotations

from fastapi.testclient import TestClient

Headers = dict[str, dict[str, str]]


def test_a_setting_is_changed_by_whoever_saw_it_as_it_stands_and_its_history_stays(
    client: TestClient, everywhere: Headers
) -> None:
    who, path = everywhere["administrator"], "/v1/settings/longest_hold"
    seen = client.get(path, headers=who)
    assert (seen.json()["value"], seen.headers["etag"]) == ({"days": 30}, '"v0"')
    sent = {"value": {"days": 45}, "because": "the law was changed"}
    changed = client.put(path, headers=who | {"if-match": '"v0"'}, json=sent)
    assert (changed.status_code, changed.json()["value"]) == (200, {"days": 45}), changed.text
    late = client.put(path, headers=who | {"if-match": '"v0"'}, json=sent)
    assert (late.status_code, late.json()["present"]["value"]) == (409, {"days": 45})
    assert [one["because"] for one in client.get(f"{path}/changes", headers=who).json()] == ["the law was changed"]
    assert client.put(path, headers=everywhere["auditor"] | {"if-match": '"v1"'}, json=sent).status_code == 403


def test_a_setting_out_of_its_range_or_unknown_is_refused(client: TestClient, everywhere: Headers) -> None:
    who, sent = everywhere["administrator"] | {"if-match": '"v1"'}, {"value": {"days": 9999}, "because": "why not"}
    assert client.put("/v1/settings/longest_hold", headers=who, json=sent).status_code == 422
    assert client.put("/v1/settings/nothing", headers=who, json=sent).status_code == 404
