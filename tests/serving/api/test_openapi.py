"""The service's document is true: whatever it allows is answered as it says, for each role; and never by a 500."""

from __future__ import annotations

import json
import os
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from serving.api.application import create_app
from serving.api.deployment import Deployment
from serving.api.openapi import document_of
from serving.online.employers import AskedEmployer
from serving.people.roles import ROLES
from tests.serving.api import kept, office

# What no schema says (a day to come, what may be done with a decided alert) is refused though the schema allows it.
UNSAID = [positive_data_acceptance]
SIGNS_OUT = "DELETE /v1/session"
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "3"))  # of each operation, for each role, right and wrong
TELL = (
    "SCHEMATHESIS_TOLD" in os.environ
)  # a folder for how often each operation was answered with each status, a file a role
OF_A_NIGHT = ("POST /v1/claims/score", "POST /v1/employers/score", "GET /v1/scores/{answer_id}")
THERE = {
    "employer_id": "e1", "claim_id": "k1", "alert_id": "a-north", "watchlist_id": "both", "run_id": "of-claims",
    "list_id": "alerted", "register": "claim_decisions", "model_id": "event-1", "name": "longest_hold",
}  # fmt: skip
DAYS = {"born_on": "1990-01-01", "starts_on": "2024-07-01", "ends_on": None}
SUBJECTS: dict[str, dict[str, Any]] = {
    "claims": {"filed_at": "2024-06-30T09:00:00", "region": "north", **DAYS},
    "employers": {"employer_id": "e1", "changes": {"complaints_12m": 3, "unpaid_share_3m": None}},
    "findings": {"claim_id": "k1", "duplicate_of": None},
}
# Nobody's made-up token beside the one that is sent: it would come first, and all would be asked by a stranger.
SIGNED_IN = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
Statuses = defaultdict[str, Counter[int]]


@pytest.fixture(scope="module")
def asked(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """The office with a store of its own, which is asked everything."""
    store = tmp_path_factory.mktemp("asked") / "store.db"
    opened = office.opened(home, store=f"sqlite:///{store}")
    kept.keep(opened.store)
    yield opened
    opened.store.close()


def test_the_document_is_openapi_3_1_and_every_error_in_it_is_a_problem(client: TestClient) -> None:
    document = document_of(client.app)  # type: ignore[arg-type]
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            errors = {s: r for s, r in operation["responses"].items() if s >= "400"}
            assert errors, (path, method)
            assert {kind for one in errors.values() for kind in one["content"]} == {"application/problem+json"}


def test_only_who_is_signed_in_reads_it(client: TestClient, north: dict[str, dict[str, str]]) -> None:
    assert client.get("/v1/openapi.json").status_code == 401
    assert client.get("/v1/openapi.json", headers=north["auditor"]).json()["info"]["title"] == "Plumbline"


def test_every_operation_answers_each_role_as_declared(asked: Deployment) -> None:
    """Each role is asked the same: to make up what is asked costs more than to ask."""
    signed_in = {role: office.sign_in(asked.store, role, ["north"]) for role in ROLES}
    callers = signed_in | {"machine": office.machine(asked.store)}
    app = create_app(asked)
    answered: dict[str, Statuses] = {caller: defaultdict(Counter) for caller in callers}
    there = THERE | {"answer_id": asked.online.employers.score([AskedEmployer("e1", {})])[0]["answer_id"]}
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        leaving = {role: office.sign_in(asked.store, role, ["north", f"out.{mode.value}"]) for role in ROLES}
        for result in schema_of(app, mode, there).get_all_operations():
            operation = result.ok()
            # who has signed out would be asked all else as nobody
            asking = callers | leaving if operation.label == SIGNS_OUT else callers
            with suppress(Unsatisfiable):  # an operation without parameters or body cannot be asked wrongly
                _ask(operation, asking, mode, {caller: answered[caller][operation.label] for caller in callers})
    for headers in signed_in.values():
        assert TestClient(app).get("/v1/session", headers=headers).status_code == 200
    for label in OF_A_NIGHT:
        for caller in ("data_scientist", "machine"):
            assert answered[caller][label][200], (caller, answered[caller][label])  # scored, and not only refused
    for caller, of_caller in answered.items() if TELL else ():
        told = {label: dict(sorted(statuses.items())) for label, statuses in sorted(of_caller.items())}
        (Path(os.environ["SCHEMATHESIS_TOLD"]) / f"{caller}.json").write_text(json.dumps(told, indent=1))


def schema_of(app: FastAPI, mode: GenerationMode, there: Mapping[str, str]) -> Any:
    """The service's document to ask by. What is asked rightly names, half of the time, what is there."""
    schema = schemathesis.openapi.from_dict(document_of(app), config=SIGNED_IN)
    schema.app = app
    if mode is GenerationMode.POSITIVE:

        def known_paths(_: Any, named: dict[str, Any] | None) -> dict[str, Any] | None:
            return (
                {name: there.get(name, value) for name, value in named.items()} if named and one_half(named) else named
            )

        schema.hook("map_path_parameters")(known_paths)
        schema.hook("map_headers")(known_version)
        schema.hook("map_body")(known_subjects)
    return schema


def one_half(value: object) -> bool:
    """Alike for the same value, so that a failure comes again."""
    return zlib.crc32(repr(value).encode()) % 2 == 0


def known_version(_: Any, headers: dict[str, Any] | None) -> dict[str, Any] | None:
    return {**headers, "if-match": '"v1"'} if headers and "if-match" in headers and one_half(headers) else headers


def known_subjects(_: Any, body: Any) -> Any:
    """Of a body that names claims or employers, half of them as they are there or might be filed."""
    if not isinstance(body, dict) or not one_half(body):
        return body
    changed = dict(body)
    for name, known in SUBJECTS.items():
        if isinstance(body.get(name), list):
            changed[name] = [{**one, **known} for one in body[name]]
    return changed


def _ask(
    operation: Any, callers: Mapping[str, dict[str, str]], mode: GenerationMode, answered: Mapping[str, Counter[int]]
) -> None:
    """Ask every caller, with the headers of each, the same."""

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        for caller, headers in callers.items():
            note(caller)
            answer = case.call_and_validate(headers=headers, excluded_checks=UNSAID)
            answered[caller][answer.status_code] += 1

    ask()
