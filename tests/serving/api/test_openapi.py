"""The service's document is true: whatever it allows is answered as it says, for each role; and never by a 500."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from serving.api.application import create_app
from serving.api.deployment import Deployment
from serving.api.openapi import document_of
from serving.people.roles import ROLES
from tests.serving.api import kept, office

# What no schema says (a day to come, what may be done with a decided alert) is refused though the schema allows it.
UNSAID = [positive_data_acceptance]
SIGNS_OUT = "DELETE /v1/session"
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "3"))  # of each operation, for each role, right and wrong


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


@pytest.mark.parametrize("role", [*ROLES, "machine"])
def test_every_operation_answers_as_declared(asked: Deployment, role: str) -> None:
    store = asked.store
    headers = office.machine(store) if role == "machine" else office.sign_in(store, role, ["north"])
    app = create_app(asked)
    schema = schemathesis.openapi.from_dict(document_of(app))
    schema.app = app
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.label == SIGNS_OUT and role != "machine":  # the others would all be asked by nobody
            own = office.sign_in(store, role, ["north", "out"])
        else:
            own = headers
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            with suppress(Unsatisfiable):  # an operation without parameters or body cannot be asked wrongly
                _ask(operation, own, mode)
    assert role == "machine" or TestClient(app).get("/v1/session", headers=headers).status_code == 200


def _ask(operation: Any, headers: dict[str, str], mode: GenerationMode) -> None:
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
        case.call_and_validate(headers=headers, excluded_checks=UNSAID)

    ask()
