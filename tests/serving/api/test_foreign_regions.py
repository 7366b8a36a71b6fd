"""Every route × role × foreign region: what lies outside somebody's regions does not exist, for them, at all.

Two offices are asked the same: one with both regions, and one in whose registers and store the other region never was. Whoever
sees one region must be answered alike by both, so that no list, count, search, tie or neighbour can tell them apart.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import delete
from starlette.routing import BaseRoute

from serving.api.application import ROUTERS, create_app
from serving.api.deployment import Deployment
from serving.people.grants import give
from serving.people.roles import ROLES
from serving.store.alerts import Alert, AlertItem, Decision
from serving.store.base import now
from serving.store.people import Grant, Unmasking, User
from serving.store.runs import ClaimScore, EmployerScore
from serving.store.watchlists import Visit, VisitEntry, Watchlist, WatchlistItem
from tests.serving.api import kept, office

CALLERS = [*ROLES, "machine"]
OTHER = {"north": "south", "south": "north"}
OF_REGION = {
    "north": {
        "employer_id": "e1",
        "claim_id": "k1",
        "alert_id": "a-north",
        "watchlist_id": "norths",
        "user_id": "user-north",
        "visit_id": "visit-north",
    },
    "south": {
        "employer_id": "e3",
        "claim_id": "k2",
        "alert_id": "a-south",
        "watchlist_id": "souths",
        "user_id": "user-south",
        "visit_id": "visit-south",
    },
}
# What belongs to no region, for paths that name it too.
OF_NONE = {"run_id": "of-employers", "list_id": "alerted", "register": "claim_decisions"}
DOES_NOT_EXIST = "nothing-of-this-name"
# How each region would show in an answer.
MARKS = {
    "north": re.compile(
        r"(?<![\w-])(e1|e2|k1|c1|a-north|norths|visit-north|user-north|North Mill|North Yard|north)(?![\w-])"
    ),
    "south": re.compile(r"(?<![\w-])(e3|k2|c2|a-south|souths|visit-south|user-south|South Farm|south)(?![\w-])"),
}
# A body that each changing route takes, of the subject {employer_id} or {claim_id}, asked by somebody of {own}.
VISIT = {"opened_on": "2024-07-01"}
UNMASKED = {"reason": "for the test of regions"}
CLAIM = {"claim_id": "{claim_id}", "scheme": "unemployment", "filed_at": "2024-06-30T09:00:00", "region": "{own}"}
BODIES: dict[str, Mapping[str, Any]] = {
    "POST /v1/watchlists/{watchlist_id}/items/{employer_id}/visit": VISIT,
    "POST /v1/employers/{employer_id}/visits": {**VISIT, "trigger": "routine"},
    "PUT /v1/visits/{visit_id}/outcome": {},
    "POST /v1/alerts/{alert_id}/decisions": {"act": "take"},
    "POST /v1/alerts/{alert_id}/unmaskings": {**UNMASKED, "fields": ["name"]},
    "POST /v1/alerts/{alert_id}/notes": {"text": "for the test of regions"},
    "POST /v1/employers/{employer_id}/notes": {"text": "for the test of regions"},
    "POST /v1/employers/{employer_id}/unmaskings": {**UNMASKED, "fields": ["director"]},
    "POST /v1/claims/score": {"claims": [CLAIM]},
    "POST /v1/employers/score": {"employers": [{"employer_id": "{employer_id}"}]},
}
# Of nobody's region: they say who asks, or how the service is set.
OF_THE_SERVICE = {
    "GET /livez", "GET /readyz", "GET /metrics", "GET /v1/openapi.json",
    "POST /v1/session", "GET /v1/session", "DELETE /v1/session", "PUT /v1/session/password",
    "GET /v1/session/provider", "GET /v1/session/provider/callback",
    "GET /v1/models", "GET /v1/models/{model_id}", "GET /v1/settings", "GET /v1/settings/{name}", "GET /v1/settings/{name}/changes", "PUT /v1/settings/{name}",
}  # fmt: skip
# An answer's identifier is its own, and its numbers rest on the whole province: it is compared by itself, below.
ANSWER = "/v1/scores/{answer_id}"
SEARCHES = (
    "",
    "?region={other}",
    "?search=Farm",
    "?search=Mill",
    "?subject_id=a-south",
    "?subject_id=a-north",
    "?limit=1",
)
# What a caller may say beside, to read or to change: no answer may then tell a thing of another region from none.
TO_READ: tuple[dict[str, str], ...] = ({}, {"if-none-match": "*"})
WHO_CHANGE = ("inspector", "fund_supervisor")  # the others say the first of these alone: so the walk stays short
TO_CHANGE: tuple[dict[str, str], ...] = ({"if-match": '"v1"'}, {"if-match": '"v7"'}, {})
Headers = dict[str, dict[str, dict[str, str]]]


def routes_of(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Method and path of every route, in the service's document or not, but for those OF_THE_SERVICE."""
    for route in routes:
        if not isinstance(route, APIRoute):
            yield from routes_of(route.original_router.routes)  # type: ignore[attr-defined]  # FastAPI keeps a router as it is
            continue
        for method in sorted(route.methods):
            if f"{method} {route.path}" not in OF_THE_SERVICE:
                yield method, route.path


ROUTES = [one for router in ROUTERS for one in routes_of(router.routes)]
GETS = [path for method, path in ROUTES if method == "GET"]
NAMING = [(method, path) for method, path in ROUTES if "{" in path or method != "GET"]


class Offices(NamedTuple):
    """The office with both regions, the same without the foreign one, headers of everybody in each region, and an answer's
    identifier of each."""

    both: TestClient
    alone: TestClient
    headers: Headers
    answers: dict[str, str]


def keep_both(deployment: Deployment) -> None:
    """What the office keeps, with a visit in each region."""
    kept.keep(deployment.store)
    with deployment.store.session() as session:
        session.add(kept.watchlist("norths", "north"))
        session.flush()
        session.add(kept.item("norths", 1, "e1", "north", 0.8))
        for region, of in OF_REGION.items():
            visit, opened = f"visit-{region}", {"opened_on": kept.DAY, "version": 1}
            about = {"employer_id": of["employer_id"], "region": region, "trigger": "routine"}
            session.add(Visit(visit_id=visit, created=now(), created_by="test", **about, **opened))
            session.flush()
            session.add(VisitEntry(visit_id=visit, known_on=kept.DAY, entered=now(), entered_by="test", **opened))
            clerk = User(
                user_id=of["user_id"], login=f"clerk.{region}", name="", language="en", added=now(), added_by="test"
            )
            session.add(clerk)
            session.flush()
            give(session, clerk, [("role", "auditor"), ("region", region)], "test", now())


def without(deployment: Deployment, region: str) -> None:
    """Let the store be as if `region` had never been."""
    there = {table: table.region == region for table in (Alert, AlertItem, ClaimScore, EmployerScore, Unmasking)}
    there |= {table: table.region == region for table in (Visit, Watchlist, WatchlistItem)}
    with deployment.store.session() as session:
        gone = [alert.alert_id for alert in session.query(Alert).where(Alert.region == region)]
        session.execute(delete(Decision).where(Decision.alert_id.in_(gone)))
        session.execute(delete(Grant).where(Grant.user_id == f"user-{region}"))
        session.execute(delete(User).where(User.user_id == f"user-{region}"))
        session.execute(delete(VisitEntry).where(VisitEntry.visit_id == f"visit-{region}"))
        for table in (AlertItem, Alert, Visit, WatchlistItem, Watchlist, ClaimScore, EmployerScore, Unmasking):
            session.execute(delete(table).where(there[table]))


@pytest.fixture(scope="module", params=sorted(OTHER))
def own(request: pytest.FixtureRequest) -> str:
    """The region that is somebody's own; the other is foreign."""
    return str(request.param)


@pytest.fixture(scope="module")
def offices(own: str, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    store = tmp_path_factory.mktemp("both") / "store.db"
    both = office.opened(home, store=f"sqlite:///{store}")
    keep_both(both)
    headers = {region: signed_in(both, region) for region in OTHER}
    folder = tmp_path_factory.mktemp("alone")
    office.lake(folder, only(own))
    both.store.close()
    shutil.copy(store, folder / "home" / "store.db")
    alone = office.opened(folder / "home")
    without(alone, OTHER[own])
    with office.served(both) as first, office.served(alone) as second:
        answers = {region: answered(first, headers, region) for region in OTHER}
        yield Offices(first, second, headers, answers)
    both.close()
    alone.close()


def answered(client: TestClient, headers: Headers, region: str) -> str:
    """The identifier of a score of the region's own employer."""
    sent = {"employers": [{"employer_id": OF_REGION[region]["employer_id"]}]}
    scored = client.post("/v1/employers/score", headers=headers[region]["machine"], json=sent)
    return str(scored.json()["items"][0]["answer_id"])


def only(region: str) -> dict[str, str]:
    """The registers without rows of the other region: those whose identifier is of it."""
    foreign = MARKS[OTHER[region]]
    return {
        name: "\n".join(
            line for n, line in enumerate(text.strip().splitlines()) if n == 0 or not foreign.search(line.split(",")[0])
        )
        for name, text in office.REGISTERS.items()
    }


def signed_in(deployment: Deployment, region: str) -> dict[str, dict[str, str]]:
    people = {role: office.sign_in(deployment.store, role, [region]) for role in ROLES}
    return people | {"machine": office.machine(deployment.store, None, [region])}


def named(offices: Offices, region: str) -> dict[str, str]:
    """What a path can name of a region."""
    return {**OF_REGION[region], "answer_id": offices.answers[region]}


def ask(
    client: TestClient, method: str, path: str, of: Mapping[str, str], headers: Mapping[str, str], own: str
) -> Response:
    """Ask for what `of` names, as somebody of the region `own`."""
    body = None if method == "GET" else filled(BODIES[f"{method} {path}"], {**of, "own": own})
    return client.request(method, path.format(**{**OF_NONE, **of}), headers=dict(headers), json=body)


def filled(body: Mapping[str, Any], of: Mapping[str, str]) -> Any:
    return json.loads(re.sub(r"\{(\w+)\}", lambda found: of[found[1]], json.dumps(body)))


def said(answer: Response) -> str:
    """Status, headers and body, but for the request's own identifier and when a token was last used."""
    apart = {"x-request-id", "content-length", *(["etag"] if '"seen":' in answer.text else [])}
    told = {name: value for name, value in answer.headers.items() if name not in apart}
    body = re.sub(r'"(request_id|seen|answer_id)":"[^"]*"', "", answer.text)
    return f"{answer.status_code} {sorted(told.items())} {body}"


def test_every_route_is_walked_or_of_the_service(home: Path) -> None:
    """A route that is new fails here, or for want of a body or a name in the walk, until somebody has thought of it."""
    deployment = office.opened(home)
    assert list(routes_of(create_app(deployment).routes)) == ROUTES
    deployment.close()
    assert {f"{method} {path}" for method, path in ROUTES if method != "GET"} == BODIES.keys()
    names = {name for _, path in ROUTES for name in re.findall(r"\{(\w+)\}", path)}
    assert names <= {*OF_REGION["north"], *OF_NONE, "answer_id"}


@pytest.mark.parametrize("role", CALLERS)
@pytest.mark.parametrize(("method", "path"), NAMING)
def test_what_is_foreign_is_told_as_what_is_not_there(
    offices: Offices, own: str, method: str, path: str, role: str
) -> None:
    foreign = named(offices, OTHER[own])
    nothing = dict.fromkeys(foreign, DOES_NOT_EXIST)
    names = re.compile("|".join(foreign.values()))
    written = path + json.dumps(BODIES.get(f"{method} {path}", ""))
    asked_with = TO_READ if method == "GET" else TO_CHANGE
    for beside in asked_with if role in WHO_CHANGE else asked_with[:1]:
        headers = {**offices.headers[own][role], **beside}
        answer = ask(offices.both, method, path, foreign, headers, own)
        if any(f"{{{name}}}" in written for name in foreign):
            absent = ask(offices.both, method, path, nothing, headers, own)
            assert names.sub(DOES_NOT_EXIST, said(answer)) == said(absent)
            assert answer.status_code >= 300 or path == "/v1/claims/score" or answer.json()["items"] == []
        else:
            assert not MARKS[OTHER[own]].search(answer.text)


@pytest.mark.parametrize("role", CALLERS)
@pytest.mark.parametrize("path", [path for path in GETS if path != ANSWER])
def test_an_office_without_the_foreign_region_answers_alike(offices: Offices, own: str, path: str, role: str) -> None:
    of, headers = named(offices, own), offices.headers[own][role]
    for search in SEARCHES if "{" not in path else ("",):
        asked = path + search.format(other=OTHER[own])
        answers = [ask(client, "GET", asked, of, headers, own) for client in (offices.both, offices.alone)]
        assert said(answers[0]) == said(answers[1]), asked
        assert not MARKS[OTHER[own]].search(answers[0].text), asked


@pytest.mark.parametrize("path", GETS)
def test_whose_own_it_is_sees_it(offices: Offices, own: str, path: str) -> None:
    """Or the two tests before would show nothing."""
    of = named(offices, own)
    statuses = {r: ask(offices.both, "GET", path, of, offices.headers[own][r], own).status_code for r in CALLERS}
    assert 200 in statuses.values(), statuses
    assert set(statuses.values()) <= {200, 403}, statuses


@pytest.mark.parametrize("role", ["data_scientist", "machine"])
@pytest.mark.parametrize("path", ["/v1/claims/score", "/v1/employers/score"])
def test_what_is_scored_names_nothing_foreign(offices: Offices, own: str, path: str, role: str) -> None:
    """Nor does a claim of somebody who claims elsewhere too, whose facts say so in numbers."""
    (person,) = {line.split(",")[3] for line in office.REGISTERS["claims"].strip().splitlines()[1:]}
    of, headers = named(offices, own), offices.headers[own][role]
    sent = filled(BODIES[f"POST {path}"], {**of, "claim_id": f"new of {own}", "own": own})
    for claim in sent.get("claims", []):
        claim |= {"person_id": person, "name": "Li Wei", "account": "6222020000001111"}
    scored = offices.both.post(path, headers=headers, json=sent)
    assert scored.status_code == 200, scored.text
    assert not MARKS[OTHER[own]].search(scored.text)
    again = offices.both.get(f"/v1/scores/{scored.json()['items'][0]['answer_id']}", headers=headers)
    assert again.json() == scored.json()["items"][0]
