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

from features.feature import LANGUAGES
from features.online.facts import ClaimFacts, Pair, Told
from features.online.not_known import NOT_KNOWN_ONLINE
from features.rules.rule import Rule, RuleBook
from features.same_person.fields import OF_CLAIMS
from features.same_person.limits import CANDIDATE
from features.same_person.online import Checked, OnlineCheck
from features.same_person.records import one_record
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


@dataclass(frozen=True)
class Asked:
    """A claim ready to be scored: its features in the order of the catalogue, and what a snapshot says of it beside."""

    claim_id: str
    as_of: dt.date
    values: Floats
    row: Mapping[str, Any]
    checked: Checked | None = None
    told: Told | None = None


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
            answer, kept = self.begin(claim, reasons, languages)
            kept.result()  # the next is told of this one
            answers.append(answer)
        return answers

    def begin(
        self,
        claim: Mapping[str, Any],
        reasons: bool = True,
        languages: Sequence[str] = LANGUAGES,
        scope: Scope = EVERYWHERE,
    ) -> tuple[dict[str, Any], Future[None]]:
        """The answer for a claim (`claim_of`), and what is there when it is kept: nobody is told it before.

        Under the identifier of a claim that `scope`, who asks, does not hold, it is answered as a new claim, and takes
        nobody's place in the index.
        """
        taken = not scope.everywhere and not all(map(scope.holds, self.regions_of(claim["claim_id"])))
        asked = self._asked({**claim, "claim_id": uuid4().hex} if taken else claim)
        answer = self._answer(asked, reasons, languages) | {"claim_id": claim["claim_id"]}
        entry = Entry(answer["answer_id"], "claim", asked.row["region"], answer)
        return answer, self.journal.keep(entry if taken else replace(entry, scope=scope, **_of_index(asked)))

    def regions_of(self, claim_id: str) -> set[str | None]:
        """The region of a claim that the night knows, or that came in since; empty where there is no such claim."""
        if claim_id in self.known:
            return {self.known.beside(claim_id)["region"]}
        written = self.journal.written(claim_id)
        return set() if written is None else {written["claim.region"]}

    def answered(self, answer_id: str) -> tuple[str | None, dict[str, Any]]:
        """The region and the answer of a score given before; NotFound where there is none."""
        return self.journal.answer(answer_id)

    def _asked(self, claim: Mapping[str, Any]) -> Asked:
        claim_id = claim["claim_id"]
        if claim_id in self.known:
            return self._of_night(claim_id)
        written = self.facts.write(claim)
        checked = self._checked(written)
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
        return Asked(claim_id, told.as_of, values, row, checked, told)

    def _of_night(self, claim_id: str) -> Asked:
        row = self.known.beside(claim_id)
        for name in row:
            if name.endswith("_on") and row[name] is not None:
                row[name] = dt.date.fromisoformat(row[name])
        as_of = self.facts.night.as_of
        return Asked(claim_id, as_of, self.known.row(claim_id), row | {"as_of": as_of})

    def _checked(self, written: Mapping[str, Any]) -> Checked | None:
        """Who may be the same person; None where claims are not compared."""
        if self.check is None:
            return None
        fields = {field: written[f"claim.{column}"] for field, column in OF_CLAIMS.items()}
        texts = {field: None if value is None else str(value) for field, value in fields.items()}
        as_of = max(self.facts.night.as_of, written["claim.filed_on"])
        return self.check.check(one_record(written["claim_id"], as_of, texts, self.day_first), CANDIDATE)

    def _answer(self, asked: Asked, reasons: bool, languages: Sequence[str]) -> dict[str, Any]:
        models = self.models()
        features = dict(zip(self.facts.names, _known(asked.values), strict=True))
        held, rules = rules_said(self.book, dict(asked.row) | features, languages)
        probabilities = self._probabilities(models, asked, held)
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
            "models": {label: model.card.model_id for label, model in models.items()},
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
        if reasons:
            explanation = self._explained(models, asked, kind, probabilities)
            answer |= explanation_said(explanation, languages)
        return answer

    def _probabilities(self, models: Models, asked: Asked, held: Sequence[Rule]) -> dict[str, float]:
        """By kind: the models' calibrated probabilities given what a review found, and the largest chance of the rules that hold."""
        finding = asked.row["newest_finding"]
        found = {
            label: float(after_review(m.risk(self._matrix(m, asked)), [finding], label)[0])
            for label, m in models.items()
        }
        chances = [self.chances.get(rule.name, RULE_CHANCE[rule.severity]) for rule in held]
        return found | ({"rule": max(chances)} if chances else {})

    def _matrix(self, model: RiskModel, asked: Asked) -> Floats:
        return asked.values[self._of(model)][None, :]

    def _of(self, model: RiskModel) -> npt.NDArray[np.intp]:
        """Where the model's features are among all."""
        if model.card.model_id not in self._columns:
            places = [self._place[name] for name in model.card.features]
            self._columns[model.card.model_id] = np.array(places, dtype=np.intp)
        return self._columns[model.card.model_id]

    def _level(self, probability: float | None, label: str, day: dt.date) -> str:
        return "none" if probability is None else self.levels.level(probability, label, day)

    def _explained(self, models: Models, asked: Asked, kind: str, probabilities: Mapping[str, float]) -> Explanation:
        """By the model of its kind; of a rule or none by the model that thinks more of it."""
        if not models:
            return Explanation((), ())
        speaker = kind if kind in models else max(sorted(models), key=lambda label: probabilities[label])
        model = models[speaker]
        usual = self.known.usual[self._of(model)]
        explanation = explain(model, self._matrix(model, asked), usual, CLAIMS)[0]
        return beside_rules(explanation) if kind == "rule" else explanation


def _of_index(asked: Asked) -> dict[str, Any]:
    """What the journal keeps of a claim beside its answer."""
    kept = None if asked.checked is None else asked.checked.kept
    return {"told": asked.told} if kept is None else {"told": asked.told, "row": kept.row, "keys": kept.keys}


def _not_known(features: Mapping[str, float | None], languages: Sequence[str]) -> list[dict[str, Any]]:
    missing = (name for name in NOT_KNOWN_ONLINE if features[name] is None)
    return [{"feature": name, "why": said(NOT_KNOWN_ONLINE[name], languages)} for name in missing]


def _known(values: Floats) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]
