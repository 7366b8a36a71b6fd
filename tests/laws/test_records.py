"""Laws that hold for the record of every feature of employers and of claims: its texts, its sources, its fingerprint."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import ibis
import pytest

from features.claims import CLAIM_FEATURES
from features.employers import EMPLOYER_FEATURES
from features.feature import Catalogue, Feature, Reason, YesOrNo
from features.folds import CLAIM_FOLDS, FOLDS
from features.identity_numbers import as_number
from features.lake.schema import lake_schema
from features.languages import LANGUAGES
from features.matches.measures import MATCHES
from features.registers import REGISTERS
from features.rings.measures import RINGS
from features.snapshots.beside import Beside
from features.snapshots.books import Books
from features.snapshots.claim_build import asked_of, claims_asked
from features.snapshots.measures import Measure
from features.ties.measures import MEASURES, Ties
from features.work.measures import WORK
from tests.laws.test_features import within

CATALOGUES = [EMPLOYER_FEATURES, CLAIM_FEATURES]
EVERY = [feature for catalogue in CATALOGUES for feature in catalogue]
every_feature = pytest.mark.parametrize("feature", EVERY, ids=lambda feature: feature.name)

BLAME = re.compile(r"guilt|fraud|crim|cheat|illegal|offen[cds]|culprit", re.IGNORECASE)
NEUTRAL = re.compile(r"risk|bad|good|suspicious|danger|score|guilt|fraud|crim")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@every_feature
def test_the_record_is_whole(feature: Feature):
    assert feature.subject in {"employer", "claim"}
    assert feature.unit
    assert feature.sentence.endswith(".") and not CHINESE.search(feature.sentence)
    assert CHINESE.search(feature.sentence_zh)
    assert feature.source and set(feature.source) <= set(REGISTERS)
    assert feature.direction in {-1, 0, 1}
    assert feature.without_history is None or within(feature.range, feature.without_history)
    assert feature.record()["fingerprint"] == feature.fingerprint


def ties_asked(feature: Feature) -> list[str]:
    """The measures of ties that a feature asks for."""
    if "ties" not in feature.needs:
        return []
    ties, bare = Ties(ibis.table({"as_of": "date"})), ibis.table({"as_of": "date"})
    feature.expression(**{need: ties if need == "ties" else Books(need, bare) for need in feature.needs})
    return list(ties.asked)


@pytest.mark.parametrize("feature", EMPLOYER_FEATURES, ids=lambda feature: feature.name)
def test_the_registers_it_reads_are_the_registers_it_names(feature: Feature):
    read = {register for need in feature.needs if need in FOLDS for register in FOLDS[need].registers}
    read |= {"employers"} & {f"{need}s" for need in feature.needs}
    read |= {register for name in ties_asked(feature) for register in MEASURES[name].sources}
    assert feature.among_others or read == set(feature.source)


@pytest.mark.parametrize("feature", CLAIM_FEATURES, ids=lambda feature: feature.name)
def test_the_registers_it_reads_of_claims_are_the_registers_it_names(feature: Feature):
    claims, persons = (ibis.table(ibis.Schema.from_pyarrow(lake_schema(REGISTERS[r]))) for r in ("claims", "persons"))
    asked = claims_asked(claims, persons, ibis.table({"as_of": "date"}))
    folds = {ask.register.partition(".")[2] for ask in asked_of([feature], asked)}
    read = {register for fold in folds for register in CLAIM_FOLDS[fold].registers}
    read |= {"claims"} if {"claim", "others", "peers"} & set(feature.needs) else set()
    read |= {"persons"} if "insured" in feature.needs else set()
    read |= {register for measure in measures_asked(feature) for register in measure.sources}
    assert read == set(feature.source)


BESIDE = {"matches": MATCHES, "work": WORK, "rings": RINGS}


def measures_asked(feature: Feature) -> list[Measure]:
    """The measures of the tables beside the books that a feature of claims asks for."""
    facades = {name: Beside(name, ibis.table({"as_of": "date"})) for name in BESIDE}
    if not set(BESIDE) & set(feature.needs):
        return []
    feature.expression(**{need: facades[need] for need in feature.needs})
    return [BESIDE[name][asked] for name, facade in facades.items() for asked in facade.asked]


@every_feature
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_is_a_fact_with_its_value_in_it(feature: Feature, language: str):
    values = (0, 1) if isinstance(feature.reason, YesOrNo) else (0.25, 1234)
    one, other = (feature.reason.say(language, value) for value in values)
    assert one != other and "{" not in one + other
    absent = feature.absent.say(language)
    assert absent and "{" not in absent and absent == feature.absent.say(language, 3)
    blamed = BLAME.findall(one + absent)
    assert not blamed or (
        "claim_decisions" in feature.source and set(blamed) == {"fraud"}
    )  # said of what a review found
    assert bool(CHINESE.search(one)) == bool(CHINESE.search(absent)) == (language == "zh")


@every_feature
def test_the_name_is_plain_and_takes_no_side(feature: Feature):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", feature.name)
    assert not NEUTRAL.search(feature.name)


def test_sentences_and_reasons_are_each_their_feature_s_own():
    for said in ("sentence", "sentence_zh", "reason"):
        texts = [getattr(feature, said) for feature in EVERY]
        assert [text for text in texts if texts.count(text) > 1] == []


# ---- the fingerprints


def declared(expression: Callable[..., Any], **changed: Any) -> Feature:
    """`expression` as the only feature of a fresh catalogue."""
    said = {"family": "f", "unit": "days", "zh": "天", "reason": Reason("{value}", "{value}"), "source": "complaints"}
    catalogue = Catalogue("employer")
    catalogue.declare(**{**said, **changed})(expression)
    return catalogue[expression.__name__]


def test_a_fingerprint_changes_with_the_definition():
    def complaints(complaints):
        """Complaints."""
        return complaints.sum("filed", 3)

    first = declared(complaints)
    assert declared(complaints).fingerprint == first.fingerprint
    assert declared(complaints, unit="months").fingerprint != first.fingerprint
    assert declared(complaints, direction=1).fingerprint != first.fingerprint
    assert declared(complaints, range=(0, 1)).fingerprint != first.fingerprint

    def complaints(complaints):
        """Complaints."""
        return complaints.sum("filed", 6)

    assert declared(complaints).fingerprint != first.fingerprint


def test_a_fingerprint_changes_with_what_the_definition_calls(monkeypatch):
    """`written` is called for names and not for regions."""
    from features.claims import person

    called = [CLAIM_FEATURES["name_differs_from_register"], CLAIM_FEATURES["region_differs_from_residence"]]
    before = [feature.fingerprint for feature in called]
    monkeypatch.setattr(person, "written", as_number)
    assert [feature.fingerprint == old for feature, old in zip(called, before, strict=True)] == [False, True]


def test_what_is_told_by_a_module_has_its_definition_in_the_fingerprint(monkeypatch):
    told, other = CLAIM_FEATURES["overlap_days"], CLAIM_FEATURES["other_claims"]
    assert told.told_by == ("features.snapshots.other_claims",) and other.told_by == ()
    before = told.fingerprint, other.fingerprint
    source = inspect.getsource
    monkeypatch.setattr(
        "inspect.getsource", lambda of: source(of) + "#" * (getattr(of, "__name__", "") == told.told_by[0])
    )
    assert (told.fingerprint == before[0], other.fingerprint == before[1]) == (False, True)


def test_fingerprints_are_different_and_stay():
    prints = [feature.fingerprint for feature in EVERY]
    assert len(set(prints)) == len(prints) == sum(map(len, CATALOGUES))
    assert prints == [feature.fingerprint for feature in EVERY]


def test_a_catalogue_refuses_what_would_be_ambiguous_or_unsaid():
    catalogue = Catalogue("employer")
    declare = catalogue.declare(
        family="f", unit="days", zh="天", reason=Reason("{value}", "{value}"), source="complaints"
    )

    def said(complaints):
        """Days."""

    def unsaid(complaints): ...

    declare(said)
    with pytest.raises(ValueError, match="declared twice"):
        declare(said)
    with pytest.raises(ValueError, match="has no sentence"):
        declare(unsaid)
