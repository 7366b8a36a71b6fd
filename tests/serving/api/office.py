"""An office with a small lake, a list, a run, somebody of each role in the north, and machines; served in this process."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from commands.online import build
from features.claims import CLAIM_FEATURES
from features.lake.ingest import ingest
from features.lake.lake import Lake
from features.settings import Settings
from serving.api.application import create_app
from serving.api.caller import COOKIE
from serving.api.cross_site import TOKEN
from serving.api.deployment import Deployment
from serving.bundle import write_bundle
from serving.jurisdiction import Scope
from serving.opening import open_deployment
from serving.people.accounts import add_user
from serving.people.grants import give, wanted
from serving.people.machine_tokens import add_token
from serving.people.opaque import csrf_of
from serving.people.roles import PERMISSIONS, ROLES
from serving.people.sessions import begin
from serving.store.base import new_id, now
from serving.store.opened import Store
from tests.training.test_registry import model
from training.artefact import RiskModel

REGISTERS = {
    "employers": """
        employer_id,name,region,registered_on
        e1,North Mill,north,2020-01-01
        e2,North Yard,north,2020-01-01
        e3,South Farm,south,2020-01-01
        """,
    "employer_ties": """
        employer_id,tie,value,since
        e1,director,110101199001011234,2020-01-01
        e2,director,110101199001011234,2020-01-01
        e3,director,110101199001011234,2020-01-01
        """,
    "payroll": """
        employer_id,worker_id,month,wage_due,wage_paid,paid_on
        e1,w1,2024-01-01,5000,5000,2024-02-10
        e1,w2,2024-01-01,4000,,
        e3,w3,2024-01-01,3000,3000,2024-02-10
        """,
    "complaints": """
        complaint_id,employer_id,filed_on,topic,workers,amount_claimed,outcome,amount_proven,decided_on
        c1,e1,2024-02-20,wages,1,4000,proven,4000,2024-04-01
        c2,e3,2024-02-20,wages,1,4000,proven,4000,2024-04-01
        """,
    "claims": """
        claim_id,scheme,filed_at,person_id,name,born_on,region,amount,account,phone,employer_id
        k1,unemployment,2024-03-01T09:00:00,110101199001011234,Li Wei,1990-01-01,north,1500,6222020000001111,13800001111,e3
        k2,unemployment,2024-03-02T09:00:00,110101199001011234,Li Wei,1990-01-01,south,1500,6222020000001111,13800001111,e1
        """,
    "claim_decisions": """
        claim_id,opened_on,decided_on,finding,duplicate_of,trigger
        k1,2024-03-05,2024-03-20,duplicate,k2,tip
        k2,2024-03-05,2024-03-20,duplicate,k1,tip
        """,
}
CLAIM_FACT = "other_active"
WRITTEN = dt.date(2024, 6, 30)


def lake(folder: Path, registers: Mapping[str, str] = REGISTERS) -> Lake:
    """The registers, ingested into `folder`."""
    raw = folder / "registers"
    raw.mkdir(parents=True)
    for name, text in registers.items():
        (raw / f"{name}.csv").write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")
    made = Lake(folder / "home" / "lake")
    assert ingest(raw, made).complete
    return made


def prepared(folder: Path) -> Path:
    """The home folder in `folder`: the lake, models to serve, and the night of the day WRITTEN for scores at once."""
    lake(folder)
    home = folder / "home"
    write_bundle([model(), claims_model()], home / "bundle")
    build(WRITTEN.isoformat(), None, None, home, True)
    return home


def claims_model() -> RiskModel:
    """A model of duplicates that knows one feature of claims."""
    one = model("duplicate")
    own = dataclasses.replace(
        one.card,
        subject="claims",
        features=[CLAIM_FACT],
        fingerprints={CLAIM_FACT: CLAIM_FEATURES[CLAIM_FACT].fingerprint},
    )
    return RiskModel(own, one.booster)


def sign_in(store: Store, role: str, regions: list[str] | None) -> dict[str, str]:
    """Headers of somebody new with this role in these regions (None: everywhere), as a browser of ours would send them."""
    login = f"{role}.{'-'.join(regions) if regions is not None else 'everywhere'}".replace("_", "")
    with store.session() as session:
        user = add_user(session, login, "Zhao Min", language="en", by="test", now=now())
        give(session, user, wanted([role], regions or [], regions is None), "test", now())
        token = begin(session, user, "password", "192.0.2.1", now())
    return {"cookie": f"{COOKIE}={token}", TOKEN: csrf_of(token)}


def machine(store: Store, permissions: list[str] | None = None, regions: list[str] | None = None) -> dict[str, str]:
    """Headers of a machine that may do these things (None: all that machines may)."""
    may = permissions or [p.name for p in PERMISSIONS.values() if not p.people_only]
    with store.session() as session:
        name = f"machine {new_id()}"
        _, whole = add_token(session, name, may, Scope.of(regions), 30, by="test", now=now())
    return {"Authorization": f"Bearer {whole}"}


def settings(home: Path, **given: Any) -> Settings:
    return Settings(home=home, stranger_rate=1_000_000, **given)


@contextmanager
def served(deployment: Deployment, **browser: Any) -> Iterator[TestClient]:
    """A client of the deployment's application; what is not answered is raised here, but should be answered."""
    with TestClient(create_app(deployment), raise_server_exceptions=True, **browser) as client:
        yield client


def opened(home: Path, **given: Any) -> Deployment:
    return open_deployment(settings(home, **given))


ROLE_NAMES = tuple(ROLES)
