"""The office, served; somebody of each role in the north."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from serving.api.deployment import Deployment
from serving.people.roles import ROLES
from tests.serving.api import kept, office


@pytest.fixture(scope="session")
def deployment(home: Path) -> Iterator[Deployment]:
    opened = office.opened(home)
    kept.keep(opened.store)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def client(deployment: Deployment) -> Iterator[TestClient]:
    with office.served(deployment) as client:
        yield client


@pytest.fixture(scope="session")
def north(deployment: Deployment) -> dict[str, dict[str, str]]:
    """Headers of somebody of each role whose region is the north."""
    return {role: office.sign_in(deployment.store, role, ["north"]) for role in ROLES}


@pytest.fixture(scope="session")
def everywhere(deployment: Deployment) -> dict[str, dict[str, str]]:
    """Headers of somebody of each role who sees all regions."""
    return {role: office.sign_in(deployment.store, role, None) for role in ROLES}
