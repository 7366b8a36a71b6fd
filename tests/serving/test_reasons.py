from collections import Counter

import numpy as np
import pytest
import shap

from features.employers import EMPLOYER_FEATURES
from serving.limits import LEAST_SHARE, TOPICS_A_REGISTER
from serving.reasons import FOR_EMPLOYER, FOR_RISK, Explanation, _may_say, _told, explain, usual_values
from serving.telling import EMPLOYERS
from tests.serving.conftest import NAMES
from training.artefact import RiskModel

HISTORY_AND_PAY = {"complaints_12m": 4, "complaints_36m": 6, "days_since_complaint": 12, "unpaid_share_3m": 0.5}


def matrix_of(made: dict[str, np.ndarray]) -> np.ndarray:
    return np.column_stack([made[name] for name in NAMES])


def explained(model: RiskModel, made: dict[str, np.ndarray], **values: float) -> Explanation:
    """The explanation of one employer with these values and the usual ones beside."""
    usual = usual_values(matrix_of(made))
    row = np.array([[values.get(name, usual[i]) for i, name in enumerate(NAMES)]], dtype=float)
    return explain(model, row, usual)[0]


def test_contributions_and_base_add_up_to_the_margin(model: RiskModel, made: dict[str, np.ndarray]) -> None:
    x = matrix_of(made)
    assert np.allclose(model.contributions(x).sum(axis=1), model.margin(x), atol=1e-9)


def test_contributions_are_those_of_the_independent_tree_explainer(
    model: RiskModel, made: dict[str, np.ndarray]
) -> None:
    x = matrix_of(made)[:50]
    explainer = shap.TreeExplainer(model.booster)
    explainer.model.model_type = "internal"  # or it would ask LightGBM itself, and witness nothing
    assert np.allclose(model.contributions(x)[:, :-1], explainer.shap_values(x), atol=1e-6)


def test_reasons_say_the_numbers_of_the_row(model: RiskModel, made: dict[str, np.ndarray]) -> None:
    said = {
        fact.name: fact.sentence for fact in explained(model, made, **HISTORY_AND_PAY, still_owed_36m=120000).reasons
    }
    assert (
        said["still_owed_36m"].en
        == "found owed in cases of the last 36 months and not recorded as recovered, all decisions added up: 120,000 yuan (one debt may be counted several times)"
    )
    assert (
        said["still_owed_36m"].zh == "近36个月案件中认定欠付、未登记追回，各决定相加120,000元（同一欠款可能重复计入）"
    )
    assert all(fact in ("still_owed_36m", "unpaid_share_3m") or fact.startswith("complaint") for fact in said)


def test_features_that_tell_the_same_share_one_place(model: RiskModel, made: dict[str, np.ndarray]) -> None:
    reasons = explained(model, made, **HISTORY_AND_PAY).reasons
    assert sum(fact.name in ("complaints_12m", "complaints_36m") for fact in reasons) == 1
    counted = next(fact for fact in reasons if fact.name.startswith("complaints_"))
    assert counted.together is not None and counted.contribution is not None
    assert counted.together > counted.contribution > 0


def test_what_speaks_for_the_employer_is_said(model: RiskModel, made: dict[str, np.ndarray]) -> None:
    facts = explained(model, made, clean_inspections_36m=3, complaints_12m=0, complaints_36m=0).facts_for
    assert {fact.name for fact in facts} & {"clean_inspections_36m", "complaints_12m", "complaints_36m"}
    assert all(fact.together is not None and fact.together < 0 for fact in facts)


def test_no_history_is_a_sentence_of_its_own(model: RiskModel, made: dict[str, np.ndarray]) -> None:
    first = explain(model, matrix_of(made)[:1], usual_values(matrix_of(made)))[0].reasons[0]
    assert (first.name, first.value) == ("too_little_history", None)
    assert first.sentence.en.startswith("too little history") and first.sentence.zh.startswith("历史信息不足")


def test_one_register_does_not_fill_all_places() -> None:
    weights = {"complaints_12m": 0.9, "amount_claimed_12m": 0.8, "workers_complaining_12m": 0.7, "unpaid_share_3m": 0.6}
    features = [EMPLOYER_FEATURES[name] for name in weights]
    facts = _told(features, np.ones(4), np.array(list(weights.values())), np.zeros(4)).weightiest(FOR_RISK, 3)
    assert [fact.name for fact in facts] == ["complaints_12m", "amount_claimed_12m", "unpaid_share_3m"]


def test_laws_of_reasons(model: RiskModel, made: dict[str, np.ndarray]) -> None:
    x = matrix_of(made)
    for row, weights, told in zip(x, model.contributions(x), explain(model, x, usual_values(x)), strict=True):
        topics: Counter[object] = Counter()
        for name, weight in zip(NAMES, weights[:-1], strict=True):
            topics[EMPLOYERS.topic(EMPLOYER_FEATURES[name])] += weight
        total = sum(map(abs, topics.values()))
        for side, facts in ((1, told.reasons), (-1, told.facts_for)):
            weighed = [fact for fact in facts if fact.together is not None]
            order = [side * (fact.together or 0.0) for fact in weighed]
            assert order == sorted(order, reverse=True)
            for fact in weighed:
                assert (fact.together or 0.0) * side >= LEAST_SHARE * total * 0.9999
                assert (fact.contribution or 0.0) * side > 0
                value = row[NAMES.index(fact.name)]
                assert (fact.value is None and np.isnan(value)) or fact.value == value
                direction = EMPLOYER_FEATURES[fact.name].direction
                assert not (side > 0 and direction > 0 and fact.value == 0), "nothing is no reason for risk"
            sources = [frozenset(EMPLOYER_FEATURES[fact.name].source) - {"employers"} for fact in weighed]
            assert all(sources.count(source) <= TOPICS_A_REGISTER for source in sources)


@pytest.mark.parametrize(("value", "allowed"), [(0.004, False), (0.006, True)])
def test_what_reads_as_nothing_is_no_reason(value: float, allowed: bool) -> None:
    assert _may_say(EMPLOYER_FEATURES["unpaid_share_3m"], value, 0.0, FOR_RISK) is allowed


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("complaints_36m", 0.0, True),
        ("complaints_36m", 2.0, False),  # others may have three: two still do not speak for it
        ("complaint_acceleration", -4.0, True),
        ("complaints_12m_among_peers", 0.2, True),
    ],
)
def test_less_of_a_bad_thing_than_usual_is_no_good_thing(name: str, value: float, allowed: bool) -> None:
    assert _may_say(EMPLOYER_FEATURES[name], value, 3.0, FOR_EMPLOYER) is allowed


@pytest.mark.parametrize("side", [FOR_RISK, FOR_EMPLOYER])
@pytest.mark.parametrize("value", [-0.25, 0.25])
def test_what_has_no_sense_of_its_own_is_never_told(value: float, side: int) -> None:
    assert not _may_say(EMPLOYER_FEATURES["unpaid_share_break"], value, 0.0, side)


@pytest.mark.parametrize(("name", "allowed"), [("unpaid_share_3m", True), ("days_since_complaint", False)])
def test_only_a_report_that_is_due_is_missed(name: str, allowed: bool) -> None:
    assert _may_say(EMPLOYER_FEATURES[name], float("nan"), 0.0, FOR_RISK) is allowed


@pytest.mark.parametrize("side", [FOR_RISK, FOR_EMPLOYER])
@pytest.mark.parametrize(("name", "usual"), [("complaints_3m", 0.0), ("days_since_complaint", float("nan"))])
def test_a_register_that_the_office_has_not_says_nothing_of_an_employer(name: str, usual: float, side: int) -> None:
    assert not _may_say(EMPLOYER_FEATURES[name], float("nan"), usual, side)
