"""Draw the list of alerts: score, group, order, draw a share by lot, and say of each what is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from features.rules.hits import hits
from features.rules.rule import RuleBook
from serving.alerts.actions import read_alert_actions
from serving.alerts.alert import Alert, Alerts
from serving.alerts.asked import Asked, EvidenceOf, Scored
from serving.alerts.chances import chances
from serving.alerts.evidence import Evidence
from serving.alerts.explaining import explained
from serving.alerts.groups import grouped, persons_named
from serving.alerts.items import Listed, Shown, make_alerts
from serving.alerts.order import Ranked, ranked
from serving.alerts.population import listable
from serving.alerts.worth import Worth, worth
from serving.arms import choose, mixed
from serving.limits import FRESH_DAYS
from serving.proposals import ProposalTable
from serving.texts import Sentence, text
from serving.wishes import refuse_bad_wishes
from training.artefact import Floats


def draw_alerts(
    scored: Scored,
    book: RuleBook,
    asked: Asked,
    evidence_of: EvidenceOf,
    actions: ProposalTable | None = None,
    created: dt.datetime | None = None,
) -> Alerts:
    """The `capacity` groups of claims to look at. `evidence_of` is asked once, of the claims that lead and their companions.

    BadInput for wishes that cannot be met; NotFound for a region of no claim.
    """
    refuse_bad_wishes(asked.capacity, asked.random_share)
    actions, snapshot = actions or read_alert_actions(), scored.snapshot
    worths = worth(snapshot, scored.scores, book, hits(book, snapshot), scored.by_lot)
    population = listable(snapshot, asked.region, worths.stakes.in_all, scored.news)
    groups = grouped(scored.clusters, scored.rings, persons_named(snapshot))
    ids = snapshot["claim_id"].to_pylist()
    best = ranked(
        worths, groups, population.may, population.decided, ids, snapshot["filed_on"].to_numpy(),
        by_severity=not scored.models, seed=asked.seed, as_of=asked.as_of,
    )  # fmt: skip
    arms = choose(
        best.order, best.probability, best.looked_at, [ids[row] for row in best.leads],
        capacity=asked.capacity, random_share=asked.random_share, policy=asked.random_policy, seed=asked.seed,
        as_of=asked.as_of, eligible=best.eligible,
    )  # fmt: skip
    places = mixed(arms.certain, arms.by_lot, asked.seed, asked.as_of)
    listed = _listed(scored, worths, best, places, set(arms.by_lot.tolist()), arms.probability, groups)
    shown = Shown(
        snapshot,
        worths,
        scored.clusters,
        persons_named(snapshot),
        book,
        actions,
        _evidence(listed, ids, evidence_of),
        asked.as_of,
    )
    items = make_alerts(listed, shown)
    left = {**population.dropped, "beyond_capacity": len(best.leads) - len(items)}
    return Alerts(
        asked.as_of, asked.region, asked.capacity, asked.random_share, asked.random_policy,
        "expected_loss" if scored.models else "severity", asked.seed,
        {label: model.card.model_id for label, model in sorted(scored.models.items())},
        book.version, actions.version, scored.lake_version, created or dt.datetime.now(dt.UTC),
        int(population.may.sum()), len(best.leads), left, _expected(items), _notes(scored, asked, len(best.leads)),
        tuple(items), chances(snapshot, groups, population.may, best, arms, worths.probability, scored.clusters),
    )  # fmt: skip


def _listed(
    scored: Scored,
    worths: Worth,
    best: Ranked,
    places: np.ndarray,
    by_lot: set[int],
    probability: Floats,
    groups: np.ndarray,
) -> list[Listed]:
    members = _members(groups, set(groups[best.leads[places]].tolist()))
    rows = best.leads[places]
    told = explained(scored.models, scored.snapshot, rows, [worths.kind[row] for row in rows])
    ids = scored.snapshot["claim_id"]
    return [
        Listed(
            int(row),
            [other for other in members[int(groups[row])] if other != row],
            "random" if place in by_lot else "order",
            float(probability[place]),
            float(best.loss[place]),
            explanation,
            scored.news.get(ids[int(row)].as_py()),
        )
        for place, row, explanation in zip(places.tolist(), rows, told, strict=True)
    ]


def _members(groups: np.ndarray, wanted: set[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {group: [] for group in wanted}
    for row in np.flatnonzero(np.isin(groups, list(wanted))):
        members[int(groups[row])].append(int(row))
    return members


def _evidence(listed: Sequence[Listed], ids: list[str], evidence_of: EvidenceOf) -> Evidence:
    leads = [ids[one.row] for one in listed]
    others = [ids[row] for one in listed for row in one.companions]
    return evidence_of(leads, others)


def _expected(items: Sequence[Alert]) -> dict[str, float]:
    """Claims expected to be found, and the loss to expect, of the alerts chosen and of those drawn by lot."""
    sums = {"found_chosen": 0.0, "found_random": 0.0, "loss_chosen": 0.0, "loss_random": 0.0}
    for item in items:
        arm = "random" if item.arm == "random" else "chosen"
        sums[f"found_{arm}"] += item.probability or 0
        sums[f"loss_{arm}"] += item.expected_loss or 0
    return sums


def _notes(scored: Scored, asked: Asked, groups: int) -> tuple[Sentence, ...]:
    without = [label for label in ("duplicate", "fraud") if label not in scored.models]
    notes = []
    if len(without) == 2:
        notes.append(text("rules_alone"))
    elif without:
        notes.append(text("without_model", label=text(f"model_{without[0]}")))
    if not scored.compared:
        notes.append(text("not_compared"))
    filed = [day for day in scored.snapshot["filed_on"].to_pylist() if day]
    if filed and (behind := (asked.as_of - max(filed)).days) > FRESH_DAYS:
        notes.append(text("registers_behind", last=max(filed), as_of=asked.as_of, days=behind))
    if asked.capacity > groups:
        notes.append(text("all_groups_listed", capacity=asked.capacity, groups=groups))
    return tuple(notes)
