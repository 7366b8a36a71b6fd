"""Every route × role × foreign region: what lies outside somebody's regions does not exist, for them, at all.

Two offices are asked the same: one with both regions, and one in whose registers and store the other region never was. Whoever
sees one region must be answered alike by both, so that no list, count, search, tie or neighbour can tell them apart.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import delete

from serving.api.application import ROUTERS
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
    },
    "south": {
        "employer_id": "e3",
        "claim_id": "k2",
        "alert_id": "a-south",
        "watchlist_id": "souths",
        "user_id": "user-south",
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
# A body that each changing route takes; one that is not here fails the walk.
VISIT = {"opened_on": "2024-07-01"}
BODIES: dict[str, Mapping[str, Any]] = {
    "POST /v1/watchlists/{watchlist_id}/items/{employer_id}/visit": VISIT,
    "POST /v1/employers/{employer_id}/visits": {**VISIT, "trigger": "routine"},
    "PUT /v1/visits/{visit_id}/outcome": {},
    "POST /v1/alerts/{alert_id}/decisions": {"act": "take"},
    "POST /v1/alerts/{alert_id}/unmaskings": {"fields": ["name"], "reason": "for the test of regions"},
    "POST /v1/alerts/{alert_id}/notes": {"text": "for the test of regions"},
    "POST /v1/employers/{employer_id}/notes": {"text": "for the test of regions"},
    "POST /v1/employers/{employer_id}/unmaskings": {"fields": ["director"], "reason": "for the test of regions"},
}
# Of nobody's region: they say who asks, or how the service is set.
OF_THE_SERVICE = ("/v1/session", "/v1/settings", "/v1/models", "/v1/openapi.json", "/livez", "/readyz", "/metrics")
# Answered from a prepared night, which these offices have not: test_scores.py asks them of foreign regions.
AT_ONCE = ("/v1/claims/score", "/v1/employers/score", "/v1/scores/{answer_id}")
SEARCHES = (
    "",
    "?region={other}",
    "?search=Farm",
    "?search=Mill",
    "?subject_id=a-south",
    "?subject_id=a-north",
    "?limit=1",
)
ROUTES = [
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and not route.path.startswith(OF_THE_SERVICE) and route.path not in AT_ONCE
    for method in sorted(route.methods)
]
Headers = dict[str, dict[str, dict[str, str]]]


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
def offices(own: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, TestClient, Headers]]:
    """The office with both regions, the same without the foreign one, and headers of everybody in each region."""
    both = opened(tmp_path_factory.mktemp("both"), office.REGISTERS)
    keep_both(both)
    headers = {region: signed_in(both, region) for region in OTHER}
    both.store.close()
    alone = opened(tmp_path_factory.mktemp("alone"), only(own), copied=both.settings.home / "store.db")
    without(alone, OTHER[own])
    with office.served(both) as first, office.served(alone) as second:
        yield first, second, headers
    both.store.close()
    alone.store.close()


def opened(folder: Path, registers: Mapping[str, str], copied: Path | None = None) -> Deployment:
    office.lake(folder, registers)
    if copied:
        shutil.copy(copied, folder / "home" / "store.db")
    return office.opened(folder / "home")


def only(region: str) -> dict[str, str]:
    """The registers without a line that is of the other region."""
    foreign = MARKS[OTHER[region]]
    return {
        name: "\n".join(line for n, line in enumerate(text.strip().splitlines()) if n == 0 or not foreign.search(line))
        for name, text in office.REGISTERS.items()
    }


def signed_in(deployment: Deployment, region: str) -> dict[str, dict[str, str]]:
    people = {role: office.sign_in(deployment.store, role, [region]) for role in ROLES}
    return people | {"machine": office.machine(deployment.store, None, [region])}


def ask(client: TestClient, method: str, path: str, of: Mapping[str, str], headers: dict[str, str]) -> Response:
    visit = {"visit_id": f"visit-{of['region']}" if "region" in of else DOES_NOT_EXIST}
    body = None if method == "GET" else BODIES[f"{method} {path}"]
    return client.request(
        method, path.format(**{**OF_NONE, **visit, **of}), headers=headers | {"if-match": '"v1"'}, json=body
    )


def said(answer: Response) -> str:
    """Status and body, but for the request's own identifier and when a token was last used."""
    return f"{answer.status_code} " + re.sub(r'"(request_id|seen)":"[^"]*"', "", answer.text)


def test_every_changing_route_has_a_body_here() -> None:
    assert {f"{method} {path}" for method, path in ROUTES if method != "GET"} <= BODIES.keys()


@pytest.mark.parametrize("role", CALLERS)
@pytest.mark.parametrize(("method", "path"), [route for route in ROUTES if "{" in route[1]])
def test_what_is_foreign_is_told_as_what_is_not_there(
    offices: tuple[TestClient, TestClient, Headers], own: str, method: str, path: str, role: str
) -> None:
    client, _, headers = offices
    foreign = {**OF_REGION[OTHER[own]], "region": OTHER[own]}
    nothing = dict.fromkeys(OF_REGION[own], DOES_NOT_EXIST)
    answer = ask(client, method, path, foreign, headers[own][role])
    if any(f"{{{name}}}" in path for name in (*OF_REGION[own], "visit_id")):
        absent = ask(client, method, path, nothing, headers[own][role])
        names = re.compile("|".join([*foreign.values(), f"visit-{OTHER[own]}"]))
        assert names.sub(DOES_NOT_EXIST, said(answer)) == said(absent)
        assert (answer.status_code, method) != (201, "POST")
    assert answer.status_code == 404 or not MARKS[OTHER[own]].search(answer.text)


@pytest.mark.parametrize("role", CALLERS)
@pytest.mark.parametrize("path", [path for method, path in ROUTES if method == "GET"])
def test_an_office_without_the_foreign_region_answers_alike(
    offices: tuple[TestClient, TestClient, Headers], own: str, path: str, role: str
) -> None:
    both, alone, headers = offices
    of = {**OF_REGION[own], "region": own}
    for search in SEARCHES if "{" not in path else ("",):
        asked = path + search.format(other=OTHER[own])
        answers = [ask(client, "GET", asked, of, headers[own][role]) for client in (both, alone)]
        assert said(answers[0]) == said(answers[1]), asked
        assert not MARKS[OTHER[own]].search(answers[0].text), asked


@pytest.mark.parametrize("path", [path for method, path in ROUTES if method == "GET"])
def test_whose_own_it_is_sees_it(offices: tuple[TestClient, TestClient, Headers], own: str, path: str) -> None:
    """Or the two tests before would show nothing."""
    client, _, headers = offices
    of = {**OF_REGION[own], "region": own}
    statuses = {role: ask(client, "GET", path, of, headers[own][role]).status_code for role in CALLERS}
    assert 200 in statuses.values(), statuses
    assert set(statuses.values()) <= {200, 403}, statuses
