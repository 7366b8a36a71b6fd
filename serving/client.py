"""A client of the service in Python: for machines with a token, and for people who sign in. Wants httpx alone.

office = Client("https://plumbline.example", token="plumbline_…")
for employer in office.each("/v1/watchlists/…/items", level="red"):
    ...
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import httpx

Plain = dict[str, Any]
TIMEOUT = 60.0  # seconds


class Refused(Exception):
    """What the service answered instead, as it said it: `problem` holds detail, found, expected, do and request_id."""

    def __init__(self, status: int, problem: Plain) -> None:
        self.status, self.problem = status, problem
        parts = [problem.get(part) for part in ("detail", "expected", "do")]
        super().__init__(f"{status}: " + "; ".join(part for part in parts if part))


class Client:
    """One caller of the service at `url`. `transport` stands in for the network in tests."""

    def __init__(self, url: str, token: str | None = None, transport: httpx.BaseTransport | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._http.close()

    def sign_in(self, login: str, password: str) -> Plain:
        """Sign in as a person; who that is and what they may."""
        who: Plain = self._ask("POST", "/v1/session", json={"login": login, "password": password}).json()
        self._http.headers["X-CSRF-Token"] = who["csrf_token"]
        return who

    def sign_out(self) -> None:
        """End the session."""
        self._ask("DELETE", "/v1/session")

    def get(self, path: str, **query: Any) -> Any:
        """What lies at `path`; a Refused where the service refuses."""
        return self._ask("GET", path, params=query).json()

    def each(self, path: str, **query: Any) -> Iterator[Plain]:
        """Every row of a list, page after page."""
        cursor: str | None = None
        while True:
            page = self.get(path, **query, **({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return

    def export(self, path: str, **query: Any) -> bytes:
        """A file to keep, such as of /v1/watchlists/…/export."""
        return self._ask("GET", path, params=query).content

    def post(self, path: str, sent: Mapping[str, Any]) -> Any:
        """Make something at `path`."""
        return self._ask("POST", path, json=dict(sent)).json()

    def change(self, path: str, seen: str, sent: Mapping[str, Any], method: str = "PUT") -> Any:
        """Send a change to `path`, of the version that `seen` shows now; Refused with 409 where somebody else came first."""
        version = self._ask("GET", seen).headers["etag"]
        return self._ask(method, path, json=dict(sent), headers={"If-Match": version}).json()

    def decide(self, alert_id: str, act: str, **sent: Any) -> Plain:
        """Do something with an alert: take, hold, release, decide, reopen."""
        path = f"/v1/alerts/{alert_id}"
        done: Plain = self.change(f"{path}/decisions", path, {"act": act, **sent}, "POST")
        return done

    def score_claims(self, claims: Sequence[Mapping[str, Any]], languages: Sequence[str] = ()) -> list[Plain]:
        """An answer for each claim as filed, in their order."""
        sent = {"claims": [dict(claim) for claim in claims]}
        return list(
            self._ask("POST", "/v1/claims/score", json=sent, params={"language": list(languages)}).json()["items"]
        )

    def score_employers(self, employers: Sequence[Mapping[str, Any]], languages: Sequence[str] = ()) -> list[Plain]:
        """An answer for each employer (`employer_id`, and `changed` features for a what-if), in their order."""
        sent = {"employers": [dict(one) for one in employers]}
        asked = self._ask("POST", "/v1/employers/score", json=sent, params={"language": list(languages)})
        return list(asked.json()["items"])

    def _ask(self, method: str, path: str, **asked: Any) -> httpx.Response:
        response = self._http.request(method, path, **asked)
        if response.is_success:
            return response
        said = response.json() if "json" in response.headers.get("content-type", "") else {"detail": response.text}
        raise Refused(response.status_code, said)
