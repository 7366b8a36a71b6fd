"""The score of a claim as it is filed: who may be the same person, rules that hold, both models, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from features.languages import LANGUAGES
from features.online.facts import ClaimFacts, Pair, Told
from features.online.not_known import NOT_KNOWN_ONLINE
from features.rules.rule import RuleBook
from features.same_person.fields import OF_CLAIMS
from features.same_person.limits import CANDIDATE
from features.same_person.online import Checked, OnlineCheck
from features.same_person.records import OneRecord, one_record
from features.snapshots.books import CENTS
from features.snapshots.claim_build import WRITTEN
from serving.alerts.explaining import beside_rules
from serving.alerts.telling import CLAIMS
from serving.alerts.worth import KINDS, NO_KIND
from serving.claim_scores import after_review
from serving.jurisdiction import EVERYWHERE, Scope
from serving.levels import LevelTable
from serving.limits import RULE_CHANCE
from serving.online.answers import candidates_said, explanation_said, level_said, rules_said, said
from serving.online.asked import claim_of
from serving.online.journal import Entry, Journal
from serving.online.known import KnownFacts
from serving.reasons import Explanation, explain
from training.artefact import Floats, RiskModel

Models = Mapping[str, RiskModel]
Begun = tuple[dict[str, Any], Future[None]]  # an answer, and what is there when it is kept


@dataclass(frozen=True)
class Asked:
    """A claim ready to be scored: its features in the order of the catalogue, and what a snapshot says of it beside."""

    claim_id: str
    as_of: dt.date
    values: Floats
    row: Mapping[str, Any]
    checked: Checked | None = None
    told: Told | None = None


@dataclass(frozen=True)
class Wanted:
    """A claim (`claim_of`) as it is to be answered, to somebody who may see the claims of `scope`."""

    claim: Mapping[str, Any]
    reasons: bool = True
    languages: tuple[str, ...] = tuple(LANGUAGES)
    scope: Scope = EVERYWHERE


@dataclass(frozen=True)
class Judged:
    """An answer without its reasons, and what it goes by: its kind, and probabilities by kind."""

    answer: dict[str, Any]
    kind: str
    probabilities: Mapping[str, float]


@dataclass
class OnlineClaims:
    """Scores claims from one night. Safe in threads.

    `models` gives those in use by kind; `chances` what reviews by lot made of each rule's hits, by its name.
    """

    facts: ClaimFacts
    known: KnownFacts
    journal: Journal
    check: OnlineCheck | None
    day_first: bool
    models: Callable[[], Models]
    book: RuleBook
    levels: LevelTable
    chances: Mapping[str, float]

    def __post_init__(self) -> None:
        self._place = {name: at for at, name in enumerate(self.facts.names)}
        self._columns: dict[str, npt.NDArray[np.intp]] = {}

    def score(
        self,
        records: Sequence[Mapping[str, Any]],
        reasons: bool = True,
        languages: Sequence[str] = LANGUAGES,
    ) -> list[dict[str, Any]]:
        """An answer for each of `records` (columns of the register claims), in their order; all are kept when this returns.

        A claim of the night is answered from the night's facts. BadInput where one cannot be read: then none is scored.
        """
        answers = []
        for claim in [claim_of(record) for record in records]:
            ((answer, kept),) = self.begin([Wanted(claim, reasons, tuple(languages))])
            kept.result()  # the next is told of this one
            answers.append(answer)
        return answers

    def begin(self, wanted: Sequence[Wanted]) -> list[Begun]:
        """For each claim the answer, and what is there when it is kept: nobody is told it before.

        They are worked out together, which costs less than one after the other, and none is told of the others: those of
        one sender are begun one by one. Under the identifier of a claim that the scope of who asks does not hold, a claim
        is answered as a new one, and takes nobody's place in the index.
        """
        own = [self._may_be_replaced(one) for one in wanted]
        claims = [
            one.claim if free else {**one.claim, "claim_id": uuid4().hex} for one, free in zip(wanted, own, strict=True)
        ]
        asked = self._asked(claims)
        return [self._begun(*each) for each in zip(wanted, own, asked, self._answers(asked, wanted), strict=True)]

    def _begun(self, wanted: Wanted, own: bool, asked: Asked, answer: dict[str, Any]) -> Begun:
        answer = answer | {"claim_id": wanted.claim["claim_id"]}
        entry = Entry(answer["answer_id"], "claim", asked.row["region"], answer)
        return answer, self.journal.keep(replace(entry, scope=wanted.scope, **_of_index(asked)) if own else entry)

    def _may_be_replaced(self, one: Wanted) -> bool:
        return one.scope.everywhere or all(map(one.scope.holds, self.regions_of(one.claim["claim_id"])))

    def regions_of(self, claim_id: str) -> set[str | None]:
        """The region of a claim that the night knows, or that came in since; empty where there is no such claim."""
        if claim_id in self.known:
            return {self.known.beside(claim_id)["region"]}
        written = self.journal.written(claim_id)
        return set() if written is None else {written["claim.region"]}

    def answered(self, answer_id: str) -> tuple[str | None, dict[str, Any]]:
        """The region and the answer of a score given before; NotFound where there is none."""
        return self.journal.answer(answer_id)

    def _asked(self, claims: Sequence[Mapping[str, Any]]) -> list[Asked]:
        written = {at: self.facts.write(c) for at, c in enumerate(claims) if c["claim_id"] not in self.known}
        checked = dict(zip(written, self._checked([*written.values()]), strict=True))
        return [
            self._told(written[at], checked[at]) if at in written else self._of_night(claim["claim_id"])
            for at, claim in enumerate(claims)
        ]

    def _told(self, written: Mapping[str, Any], checked: Checked | None) -> Asked:
        pairs = None if checked is None else [Pair(each.record_id, each.probability) for each in checked.candidates]
        told = self.facts.tell(written, self.journal, pairs)
        values = np.array(told.features, dtype=np.float64)
        paid = 0.0 if "payouts" in self.facts.night.registers else None
        amount = written["claim.amount"]
        row = {name: written[f"claim.{name}"] for name in WRITTEN} | {
            "as_of": told.as_of,
            "amount": None if amount is None else amount / CENTS,
            "paid_so_far": paid,
            "newest_finding": None,
        }
        return Asked(written["claim_id"], told.as_of, values, row, checked, told)

    def _of_night(self, claim_id: str) -> Asked:
        row = self.known.beside(claim_id)
        for name in row:
            if name.endswith("_on") and row[name] is not None:
                row[name] = dt.date.fromisoformat(row[name])
        as_of = self.facts.night.as_of
        return Asked(claim_id, as_of, self.known.row(claim_id), row | {"as_of": as_of})

    def _checked(self, written: Sequence[Mapping[str, Any]]) -> list[Checked] | list[None]:
        """Who may be the same person as the claimant of each; None where claims are not compared."""
        if self.check is None:
            return [None] * len(written)
        return self.check.check_all([self._record(one) for one in written], CANDIDATE)

    def _record(self, written: Mapping[str, Any]) -> OneRecord:
        fields = {field: written[f"claim.{column}"] for field, column in OF_CLAIMS.items()}
        texts = {field: None if value is None else str(value) for field, value in fields.items()}
        as_of = max(self.facts.night.as_of, written["claim.filed_on"])
        return one_record(written["claim_id"], as_of, texts, self.day_first)

    def _answers(self, asked: Sequence[Asked], wanted: Sequence[Wanted]) -> list[dict[str, Any]]:
        models = self.models()
        values = np.stack([one.values for one in asked])
        risks = self._risks(models, asked, values)
        judged = [self._judged(*each) for each in zip(asked, wanted, risks, strict=True)]
        with_reasons = {at: one for at, one in enumerate(judged) if wanted[at].reasons}
        said = {
            at: explanation_said(explanation, wanted[at].languages)
            for at, explanation in self._explained(models, values, with_reasons).items()
        }
        used = {"models": {label: model.card.model_id for label, model in models.items()}}
        return [one.answer | used | said.get(at, {}) for at, one in enumerate(judged)]

    def _judged(self, asked: Asked, wanted: Wanted, risks: Mapping[str, float]) -> Judged:
        languages = wanted.languages
        features = dict(zip(self.facts.names, _known(asked.values), strict=True))
        held, rules = rules_said(self.book, dict(asked.row) | features, languages)
        chances = [self.chances.get(rule.name, RULE_CHANCE[rule.severity]) for rule in held]
        probabilities = {**risks, **({"rule": max(chances)} if chances else {})}
        kind = max((k for k in KINDS if k in probabilities), key=lambda k: probabilities[k], default=NO_KIND)
        likely = probabilities.get(kind)
        answer = {
            "answer_id": uuid4().hex,
            "subject": "claim",
            "claim_id": asked.claim_id,
            "known": asked.told is None,
            "as_of": asked.as_of.isoformat(),
            "night": self.facts.night.as_of.isoformat(),
            "lake_version": self.facts.night.about["version"],
            "rules_version": self.book.version,
            "kind": kind,
            "probability": likely,
            **level_said(self._level(likely, kind, asked.as_of), languages),
            "scores": {
                label: {"probability": p, **level_said(self._level(p, label, asked.as_of), languages)}
                for label, p in probabilities.items()
            },
            "rules": rules,
            "candidates": candidates_said(asked.checked.candidates if asked.checked else (), languages),
            "not_known": [] if asked.told is None else _not_known(features, languages),
        }
        return Judged(answer, kind, probabilities)

    def _risks(self, models: Models, asked: Sequence[Asked], values: Floats) -> list[dict[str, float]]:
        """Of each claim by label: the model's calibrated probability, given what a review found."""
        findings = [one.row["newest_finding"] for one in asked]
        found = {
            label: after_review(model.risk(values[:, self._of(model)]), findings, label).tolist()
            for label, model in models.items()
        }
        return [{label: of_label[at] for label, of_label in found.items()} for at in range(len(asked))]

    def _of(self, model: RiskModel) -> npt.NDArray[np.intp]:
        """Where the model's features are among all."""
        if model.card.model_id not in self._columns:
            places = [self._place[name] for name in model.card.features]
            self._columns[model.card.model_id] = np.array(places, dtype=np.intp)
        return self._columns[model.card.model_id]

    def _level(self, probability: float | None, label: str, day: dt.date) -> str:
        return "none" if probability is None else self.levels.level(probability, label, day)

    def _explained(self, models: Models, values: Floats, judged: Mapping[int, Judged]) -> dict[int, Explanation]:
        """By place in `values`: by the model of its kind; of a rule or none by the model that thinks more of it."""
        if not models:
            return {at: Explanation((), ()) for at in judged}
        spoken: dict[str, list[int]] = {}
        for at, one in judged.items():
            speaker = (
                one.kind if one.kind in models else max(sorted(models), key=lambda label: one.probabilities[label])
            )
            spoken.setdefault(speaker, []).append(at)
        found: dict[int, Explanation] = {}
        for speaker, places in spoken.items():
            own = self._of(models[speaker])
            told = explain(models[speaker], values[places][:, own], self.known.usual[own], CLAIMS)
            found |= dict(zip(places, told, strict=True))
        return {at: beside_rules(found[at]) if one.kind == "rule" else found[at] for at, one in judged.items()}


def _of_index(asked: Asked) -> dict[str, Any]:
    """What the journal keeps of a claim beside its answer."""
    kept = None if asked.checked is None else asked.checked.kept
    return {"told": asked.told} if kept is None else {"told": asked.told, "row": kept.row, "keys": kept.keys}


def _not_known(features: Mapping[str, float | None], languages: Sequence[str]) -> list[dict[str, Any]]:
    missing = (name for name in NOT_KNOWN_ONLINE if features[name] is None)
    return [{"feature": name, "why": said(NOT_KNOWN_ONLINE[name], languages)} for name in missing]


def _known(values: Floats) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]
