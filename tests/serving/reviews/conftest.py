"""A store with a list of alerts, in each kind of database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from serving.alerts.alert import Alerts
from serving.kept_alerts import keep_alerts
from serving.store.alerts import Alert
from serving.store.opened import Store
from tests.serving.alerts.office import draw, scored, snapshot

TODAY = dt.date(2024, 7, 1)


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Alerts:
    """Twenty alerts, four by lot; claims 0004 to 0013 are one ring."""
    rings = ["ring" if 4 <= number < 14 else None for number in range(200)]
    folder: Path = tmp_path_factory.mktemp("alerts")
    return draw(folder, scored(snapshot(), rings=rings))


@pytest.fixture
def alerts(store: Store, drawn: Alerts) -> Store:
    """The store with the list."""
    with store.session() as session:
        assert keep_alerts(session, drawn, "tests")
    return store


def alert_on(store: Store, claim_id: str) -> Alert:
    with store.reading() as session:
        return session.query(Alert).filter(Alert.claim_id == claim_id).order_by(Alert.alert_id.desc()).first()
