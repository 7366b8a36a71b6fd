"""What the office's store holds: a list over both regions and one of the south, runs, and an alert in each region."""

from __future__ import annotations

import datetime as dt
from typing import Any

from serving.store.alerts import Alert, AlertItem, AlertList
from serving.store.base import now
from serving.store.opened import Store
from serving.store.runs import ClaimScore, EmployerScore, Run
from serving.store.watchlists import Watchlist, WatchlistItem

DAY = dt.date(2024, 6, 30)
REASON = {"name": "unpaid_share_3m", "value": 0.5, "sentence": {"en": "half is unpaid", "zh": "一半未付"}}


def keep(store: Store) -> None:
    """Write it all."""
    with store.session() as session:
        session.add_all([*_lists(), *_runs(), _alert_list()])
        session.flush()
        session.add_all([*_items(), *_scores(), *_alerts()])
        session.flush()
        session.add_all(_alert_items())


def _lists() -> list[Watchlist]:
    return [watchlist("both", None, places=3), watchlist("souths", "south")]


def watchlist(watchlist_id: str, region: str | None, places: int = 1) -> Watchlist:
    return Watchlist(
        watchlist_id=watchlist_id, region=region, places=places, as_of=DAY, capacity=3, random_share=0.1,
        random_policy="fixed", order="risk", seed=1, model_id="event-1", label="event", horizon_months=6,
        lake_version=1, record={"foot": "x"}, created=now(), created_by="test",
    )  # fmt: skip


def _items() -> list[WatchlistItem]:
    return [
        item("both", 1, "e3", "south", 0.9),
        item("both", 2, "e1", "north", 0.8),
        item("both", 3, "e2", "north", 0.7, arm="random"),
        item("souths", 1, "e3", "south", 0.9),
    ]


def item(listed: str, rank: int, employer_id: str, region: str, risk: float, arm: str = "risk") -> WatchlistItem:
    return WatchlistItem(
        watchlist_id=listed, employer_id=employer_id, rank=rank, name=employer_id, region=region, industry=None,
        risk=risk, level="high", arm=arm, drawing_probability=1.0, expected_workers=2.0, expected_money=400000,
        action="visit", record={"employer_id": employer_id, "reasons": [REASON]},
    )  # fmt: skip


def _runs() -> list[Run]:
    about: dict[str, Any] = {
        "as_of": DAY, "lake_version": 1, "models": {"event": "event-1"}, "tables": {}, "reasons_share": 0.01,
        "created": now(), "created_by": "test",
    }  # fmt: skip
    return [
        Run(number=1, run_id="of-employers", subject="employers", label="event", horizon_months=6, scored=3, **about),
        Run(number=2, run_id="of-claims", subject="claims", label=None, horizon_months=None, scored=2, **about),
    ]


def _scores() -> list[Any]:
    regions = {"e1": "north", "e2": "north", "e3": "south"}
    employers = [
        EmployerScore(run=1, employer_id=who, region=where, risk=0.5, level="high", closed=False, why=None)
        for who, where in regions.items()
    ]
    return [*employers, claim_score("k1", "north"), claim_score("k2", "south")]


def claim_score(claim_id: str, region: str) -> ClaimScore:
    return ClaimScore(
        run=2, claim_id=claim_id, region=region, scheme="unemployment", filed_on=dt.date(2024, 3, 1),
        duplicate=0.7, fraud=None, cluster_id="k1", finding=None, why=None,
    )  # fmt: skip


def _alert_list() -> AlertList:
    return AlertList(
        list_id="alerted", as_of=DAY, region=None, capacity=2, random_share=0.1, order="expected_loss", seed=1,
        models={"duplicate": "d-1"}, rules_version="1", lake_version=1, places=2, record={}, created=now(),
        created_by="test", random_policy="fixed",
    )  # fmt: skip


def _alerts() -> list[Alert]:
    return [alert("a-north", "k1", "north"), alert("a-south", "k2", "south")]


def alert(
    alert_id: str,
    claim_id: str,
    region: str,
    listed: str = "alerted",
    state: str = "open",
    opened_on: dt.date | None = None,
) -> Alert:
    return Alert(
        alert_id=alert_id, claim_id=claim_id, region=region, cluster_id="k1", scheme="unemployment",
        filed_on=dt.date(2024, 3, 1), kind="duplicate", probability=0.7, severity=None, money_at_stake=150000,
        to_save=None, expected_loss=100000, action="compare", arm="order", drawing_probability=1.0,
        newest_list=listed, state=state, opened_on=opened_on, version=1, created=now(), ended=None,
    )  # fmt: skip


def _alert_items() -> list[AlertItem]:
    return [
        AlertItem(
            list_id="alerted", claim_id=claim, alert_id=alert, rank=rank, region=region, arm="order",
            drawing_probability=1.0, record=_told(claim, other, elsewhere),
        )
        for rank, (claim, alert, region, other, elsewhere) in enumerate(
            (("k1", "a-north", "north", "k2", "south"), ("k2", "a-south", "south", "k1", "north")), 1
        )
    ]  # fmt: skip


def _told(claim: str, other: str, elsewhere: str) -> dict[str, Any]:
    compared = {"field": "name", "this": "Li Wei", "other": "Li Wei"}
    employers = {"north": "e1", "south": "e3"}
    works = [
        {"month": "2024-01-01", "employer_id": employer, "region": region, "register": "payroll", "wage": 3000.0}
        for region, employer in employers.items()
    ]
    shares = [["account", "622202******1111"], ["employer by agent", "e* a**1"]]
    return {
        "claim_id": claim, "person": "110101199001011234", "name": "Li Wei",
        "reasons": [{**REASON, "name": "same_account"}], "facts_for": [], "rules": [], "work": works,
        "other": {"claim_id": other, "probability": 0.9, "fields": [compared]},
        "companions": [{"claim_id": other, "region": elsewhere, "person": "110101199001011234", "shares": shares}],
        "companions_in_all": 1,
        "news": {"en": f"claim {other} became known", "zh": f"获知申领{other}"},
        "news_of": {"claim_id": other, "unnamed": {"en": "another claim became known", "zh": "获知另一申领"}},
    }  # fmt: skip
